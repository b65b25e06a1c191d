"""One goal or one measure: how it is worded, was worded and why it changed, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import catalogue as catalogues
from app.concept import lineage, queries
from app.concept.catalogue import WORKING, Catalogue
from app.concept.comparison import Run, words
from app.concept.in_words import target_in_words
from app.concept.models import (
    BUDGET_STATE_LABELS,
    DURATION_LABELS,
    GOAL_KIND_LABELS,
    PRIORITY_LABELS,
    CatalogueChange,
    Goal,
    Measure,
)
from app.concept.translated import languages_of
from app.concept.views import history, progress
from app.concept.views.amended import amended_facts
from app.concept.views.voices import Behind, behind_each_version
from app.concept.views.words import (
    COMPLETED_LABELS,
    KIND_LABELS,
    KIND_TONES,
    LEFT_TITLES,
    PROGRESS_TONES,
    WHAT_HAPPENED,
)
from app.drafting.pending import Pending, pending_of
from app.drafting.queries import count_open_by_text
from app.drafting.views.words import sender_of
from app.events.queries import events_of_measure
from app.monitoring.models import PROGRESS_LABELS
from app.monitoring.queries import notes_of
from app.texts.models import TextVersion
from app.web.access import public

goals = Blueprint("goals", __name__, url_prefix="/ziele")
measures = Blueprint("measures", __name__, url_prefix="/massnahmen")

LABELS = {
    "goal_kinds": GOAL_KIND_LABELS,
    "durations": DURATION_LABELS,
    "priorities": PRIORITY_LABELS,
    "completed": COMPLETED_LABELS,
    "progress": PROGRESS_LABELS,
    "progress_tones": PROGRESS_TONES,
    "budget_states": BUDGET_STATE_LABELS,
    "changes": KIND_LABELS,
    "change_tones": KIND_TONES,
    "amended": amended_facts,
    "happened": WHAT_HAPPENED,
    "sender_of": sender_of,
}


class Family(NamedTuple):
    """What it follows from and what followed from it, by code; `left`: the change by which it left, and its name."""

    left: CatalogueChange | None
    title: str
    became: Sequence[str]
    follows: Sequence[str]


class Stand(NamedTuple):
    """How it is worded in one edition."""

    slug: str
    title: str
    date: str
    number: str
    version: TextVersion


class Told(NamedTuple):
    """One change of the wording on the way: when, what, why, and what stood behind it."""

    change: CatalogueChange
    behind: Behind | None


@dataclass(frozen=True)
class Step:
    """A wording on its way through the editions, with what changed against the one before."""

    stand: Stand
    words: Sequence[Run]
    changes: Sequence[Told]
    is_new: bool


@goals.get("/<string:code>")
@public
def show_goal(code: str) -> ResponseReturnValue:
    goal = queries.get_goal(code) or abort(404)
    catalogue = _current(goal)
    entry = catalogue.goal(code)
    served_by = catalogue.measures_of(code) if entry else []
    return render_template(
        "concept/goal.html",
        goal=goal,
        pending=_pending(goal, catalogue),
        translations=languages_of(catalogue),
        suggested=_suggested(goal),
        entry=entry,
        catalogue=catalogue,
        section=catalogue.section_of(code),
        measures=served_by,
        rows=progress.rows(served_by),
        steps=_steps(goal),
        family=_family(goal),
        labels=LABELS,
    )


@measures.get("/<string:code>")
@public
def show_measure(code: str) -> ResponseReturnValue:
    measure = queries.get_measure(code) or abort(404)
    catalogue = _current(measure)
    entry = catalogue.measure(code)
    return render_template(
        "concept/measure.html",
        measure=measure,
        pending=_pending(measure, catalogue),
        translations=languages_of(catalogue),
        suggested=_suggested(measure),
        entry=entry,
        catalogue=catalogue,
        section=catalogue.section_of(code),
        goals=[goal for goal in catalogue.goals if entry and goal.code in entry.goals],
        notes=notes_of([measure.id]),
        target=target_in_words(entry.target) if entry else "",
        amended=history.amendments(queries.changes_of(measure)),
        events=events_of_measure(measure),
        steps=_steps(measure),
        family=_family(measure),
        labels=LABELS,
    )


def _suggested(item: Goal | Measure) -> int | None:
    """How many suggestions to it are open; None where it stands in the working edition no more."""
    return count_open_by_text([item.text_id]).get(item.text_id, 0) if item.placement else None


def _current(item: Goal | Measure) -> Catalogue:
    """Where it stands today: in the edition in force, else in the working edition, else in the last that had it."""
    in_force = queries.edition_in_force()
    applies = queries.catalogue_of(in_force) if in_force else None
    if applies is not None and applies.section_of(item.code):
        return applies
    if item.placement is not None or not (wordings := queries.wordings_in_editions(item)):
        return queries.working_catalogue()
    return queries.catalogue_of(wordings[-1].edition)


def _pending(item: Goal | Measure, catalogue: Catalogue) -> Pending | None:
    """What is to become of the wording that applies."""
    if catalogue.is_working or item.placement is None:
        return None
    return pending_of(queries.working_catalogue())


def _steps(item: Goal | Measure) -> list[Step]:
    """The wordings through time, each with what changed against the one before; oldest first."""
    behind = behind_each_version(item.text)
    told = [Told(each, behind.get(each.version_id or 0)) for each in queries.changes_of(item)]
    return [_step(before, stand, told) for before, stand in pairwise([None, *_stands(item)]) if stand]


def _stands(item: Goal | Measure) -> list[Stand]:
    """In all editions, and in the working edition where it is worded differently there."""
    stands = [
        Stand(
            slug=edition.slug,
            title=_("Fassung %(number)s: %(title)s", number=edition.number, title=edition.title),
            date=str(catalogues.date_of(edition.document)),
            number=number,
            version=version,
        )
        for edition, version, number in queries.wordings_in_editions(item)
    ]
    current = item.text.current
    if item.placement is not None and (not stands or stands[-1].version.id != current.id):
        working = queries.working_catalogue()
        entry = working.goal(item.code) or working.measure(item.code)
        assert entry is not None
        stands.append(Stand(WORKING, _("Arbeitsfassung"), _("heute"), entry.number, current))
    return stands


def _step(before: Stand | None, stand: Stand, told: Sequence[Told]) -> Step:
    version = stand.version
    since = before.version.number if before else 0
    return Step(
        stand=stand,
        words=words(before.version.content if before else version.content, version.content),
        changes=[each for each in told if each.change.version and since < each.change.version.number <= version.number],
        is_new=since != version.number,
    )


def _family(item: Goal | Measure) -> Family:
    """It stands in the working edition, or left it by the last change of these kinds."""
    changes = queries.changes_of(item) if item.placement is None else ()
    left = [change for change in changes if change.version_id is None and change.kind in LEFT_TITLES]
    return Family(
        left=left[-1] if left else None,
        title=str(LEFT_TITLES[left[-1].kind]) if left else "",
        became=[each.code for each in lineage.successors_of(item.code)],
        follows=[each.follows for each in lineage.predecessors_of(item.code)],
    )
