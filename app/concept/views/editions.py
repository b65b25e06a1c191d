"""The concept in force, any edition, one of its sections, and what changed between two."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import catalogue as catalogues
from app.concept import municipal, queries, rules
from app.concept.catalogue import WORKING, Catalogue, CatalogueSection
from app.concept.comparison import METHODS, Comparison, compare
from app.concept.errors import NoWorkingEdition
from app.concept.models import (
    EFFECT_LABELS,
    GOAL_KIND_LABELS,
    SECTION_KIND_LABELS,
    STANDING_LABELS,
    Edition,
    SectionKind,
)
from app.concept.services.changed import CORRECTABLE
from app.concept.views import progress, words
from app.concept.views.voices import voices_behind
from app.db import now
from app.distribution.queries import presentations
from app.drafting.pending import pending_of
from app.events.queries import events_of_section
from app.monitoring.models import PROGRESS_LABELS
from app.web.access import current_account, public

bp = Blueprint("editions", __name__, url_prefix="/konzept")

LABELS = {
    "effects": EFFECT_LABELS,
    "goal_kinds": GOAL_KIND_LABELS,
    "section_kinds": SECTION_KIND_LABELS,
    "changes": words.KIND_LABELS,
    "change_tones": words.KIND_TONES,
    "amended": words.AMENDED_LABELS,
    "completed": words.COMPLETED_LABELS,
    "progress": PROGRESS_LABELS,
    "progress_tones": words.PROGRESS_TONES,
}


class Choice(NamedTuple):
    """An edition among those one can switch to."""

    slug: str
    title: str
    date: str
    standing: str
    is_current: bool


@bp.get("")
@public
def show_current() -> ResponseReturnValue:
    edition = queries.edition_in_force()
    if edition is None:
        return render_template(
            "concept/empty.html",
            has_working=queries.find_working_edition() is not None,
            can_work=rules.can_open_concept_desk(current_account()),
        )
    return _overview(queries.catalogue_of(edition), edition)


@bp.get("/<string:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    return _overview(*find(slug))


@bp.get("/<string:slug>/<string:section_slug>")
@public
def show_section(slug: str, section_slug: str) -> ResponseReturnValue:
    catalogue, edition = find(slug)
    section = catalogue.section(section_slug) or abort(404)
    served = {measure.code: measure for goal in section.sub_goals for measure in catalogue.measures_of(goal.code)}
    measures = served | {measure.code: measure for measure in section.measures}
    rows = progress.rows(list(measures.values()))
    place = catalogue.sections.index(section)
    return render_template(
        "concept/section.html",
        catalogue=catalogue,
        edition=edition,
        section=section,
        rows=rows,
        pending=pending_of(catalogue),
        show_changes=request.args.get("aenderungen") != "aus",
        measures_of={goal.code: catalogue.measures_of(goal.code) for goal in section.sub_goals},
        without_goal=[measure for measure in section.measures if measure.code not in served],
        parts=progress.parts_of(section.measures, {code: row.note for code, row in rows.items()}),
        working_groups=queries.working_groups_of(section.slug),
        uptakes=municipal.uptakes_by_digest({idea.digest for idea in section.ideas}),
        pictures=municipal.pictures({each.picture for each in section.good_practice if each.picture}),
        events=events_of_section(section.slug, now()),
        before=catalogue.sections[place - 1] if place else None,
        after=catalogue.sections[place + 1] if place + 1 < len(catalogue.sections) else None,
        labels=LABELS,
    )


@bp.get("/vergleich")
@public
def compare_two() -> ResponseReturnValue:
    choices = _choices(None)
    if len(choices) < 2:
        abort(404)
    first, last = _asked_for(choices)
    old, new = _in_order(first, last)
    found = _compared(old, new)
    return render_template(
        "concept/comparison.html",
        choices=choices,
        old=old[0],
        new=new[0],
        found=found,
        voices=voices_behind(found),
        methods=METHODS,
        own_method=new[0].comparison,
        labels=LABELS,
    )


def find(slug: str) -> tuple[Catalogue, Edition | None]:
    """A frozen edition with its catalogue, or the working edition; 404 for anything else."""
    if slug == WORKING:
        try:
            return queries.working_catalogue(), None
        except NoWorkingEdition:
            abort(404)
    edition = queries.find_edition(slug) or abort(404)
    return queries.catalogue_of(edition), edition


def _overview(catalogue: Catalogue, edition: Edition | None) -> ResponseReturnValue:
    notes = progress.notes_by_code([measure.code for measure in catalogue.measures])
    standing = queries.standings([edition])[edition.id] if edition else None
    return render_template(
        "concept/edition.html",
        catalogue=catalogue,
        edition=edition,
        standing=STANDING_LABELS[standing] if standing else None,
        choices=_choices(catalogue.slug),
        groups=_in_groups(catalogue.sections),
        parts={section.slug: progress.parts_of(section.measures, notes) for section in catalogue.sections},
        all_parts=progress.parts_of(catalogue.measures, notes),
        pending_count=_count_pending(catalogue, edition),
        pending=pending_of(catalogue),
        presentations=presentations(edition) if edition else (),
        can_work=rules.can_open_concept_desk(current_account()),
        can_correct=standing in CORRECTABLE and rules.can_record_resolutions(current_account()),
        labels=LABELS,
    )


def _in_groups(sections: Sequence[CatalogueSection]) -> list[tuple[SectionKind | None, list[CatalogueSection]]]:
    """One after the other as they stand: fields and themes apart, together where they alternate."""
    groups = [(kind, list(each)) for kind, each in groupby(sections, key=lambda section: section.kind)]
    return groups if len(groups) <= len(SectionKind) else [(None, list(sections))]


def _count_pending(catalogue: Catalogue, edition: Edition | None) -> int:
    """How many goals and measures of the working edition differ from the edition in force."""
    if edition is None or queries.edition_in_force() is not edition:
        return 0
    return compare(catalogue, queries.working_catalogue()).count


def _choices(current: str | None) -> list[Choice]:
    """All editions, the latest first, and the working edition before them."""
    editions = queries.all_editions()
    standings = queries.standings(editions)
    found = [
        Choice(
            slug=edition.slug,
            title=_("Fassung %(number)s: %(title)s", number=edition.number, title=edition.title),
            date=str(catalogues.date_of(edition.document)),
            standing=str(STANDING_LABELS[standings[edition.id]]),
            is_current=edition.slug == current,
        )
        for edition in reversed(editions)
    ]
    if queries.find_working_edition():
        title = _("Arbeitsfassung: Was in Arbeit ist")
        found.insert(0, Choice(WORKING, title, _("heute"), _("in Arbeit"), current == WORKING))
    return found


def _asked_for(choices: Sequence[Choice]) -> tuple[str, str]:
    """From the address, else the last two editions; 404 for an edition that does not exist."""
    frozen = [choice.slug for choice in choices if choice.slug != WORKING]
    last = [*frozen[:2], WORKING][:2]
    first, second = request.args.get("von", last[-1]), request.args.get("bis", last[0])
    known = {choice.slug for choice in choices}
    if not {first, second} <= known:
        abort(404)
    return first, second


def _in_order(first: str, second: str) -> tuple[tuple[Catalogue, Edition | None], tuple[Catalogue, Edition | None]]:
    """The older one first, whichever way round it was asked."""
    found = [find(first), find(second)]
    if found[0][1] is None or (found[1][1] is not None and found[1][1].cut_at < found[0][1].cut_at):
        found.reverse()
    return found[0], found[1]


def _compared(old: tuple[Catalogue, Edition | None], new: tuple[Catalogue, Edition | None]) -> Comparison:
    """By the method of the younger one, or by the one the address asks for; 404 for one that there is not."""
    (before, since), (after, until) = old, new
    reasons = queries.reasons_between(since.cut_at, until.cut_at if until else None) if since else {}
    method = request.args.get("methode", after.comparison, int)
    if method not in METHODS:
        abort(404)
    return compare(before, after, reasons, method=method)
