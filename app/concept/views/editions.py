"""The concept in force, any edition, one of its sections, and what changed between two."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import catalogue as catalogues
from app.concept import municipal, origins, queries, rules
from app.concept.catalogue import WORKING, Catalogue, CatalogueSection, draft_number
from app.concept.comparison import METHODS, Comparison, compare
from app.concept.errors import NoWorkingEdition
from app.concept.models import (
    EFFECT_LABELS,
    GOAL_KIND_LABELS,
    SECTION_KIND_LABELS,
    STANDING_LABELS,
    Edition,
    SectionKind,
    Standing,
)
from app.concept.services.changed import CORRECTABLE
from app.concept.translated import languages_of
from app.concept.views import progress, words
from app.concept.views.amended import amended_facts
from app.concept.views.voices import suggestions_behind, voices_behind
from app.db import now
from app.distribution.queries import presentations
from app.drafting import queries as drafting
from app.drafting.models import Suggestion
from app.drafting.pending import pending_of
from app.drafting.views.suggestions import labels
from app.events.queries import events_of_section
from app.local_time import day_of
from app.monitoring.models import PROGRESS_LABELS
from app.process_date import ProcessDate
from app.web.access import current_account, public

bp = Blueprint("editions", __name__, url_prefix="/konzept")
BESIDE = "nebeneinander"  # two columns instead of one marked text

LABELS = {
    "effects": EFFECT_LABELS,
    "goal_kinds": GOAL_KIND_LABELS,
    "section_kinds": SECTION_KIND_LABELS,
    "changes": words.KIND_LABELS,
    "change_tones": words.KIND_TONES,
    "amended": amended_facts,
    "completed": words.COMPLETED_LABELS,
    "progress": PROGRESS_LABELS,
    "progress_tones": words.PROGRESS_TONES,
}


class Found(NamedTuple):
    """What a slug names, and since when it stands as it does; the working edition changes still."""

    catalogue: Catalogue
    edition: Edition | None
    since: datetime | None


class Shown(NamedTuple):
    """How a comparison is shown, with what stands behind: references by code, suggestions by version."""

    is_beside: bool
    references: Mapping[str, Sequence[str]]
    suggestions: Mapping[int, Sequence[Suggestion]]
    labels: Mapping[str, object]
    reason: str  # of the whole edition: told once


class Choice(NamedTuple):
    """An edition among those one can switch to, or a draft to compare."""

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
            hearings=drafting.open_hearings(day_of(now())),
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
        translations=languages_of(catalogue),
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
    choices = _comparable()
    if len(choices) < 2:
        abort(404)
    old, new = _in_order(*_asked_for(choices))
    found = _compared(old, new)
    return render_template(
        "concept/comparison.html",
        choices=choices,
        old=old.catalogue,
        new=new.catalogue,
        found=found,
        laid_out=[each.catalogue.draft for each in (old, new) if each.catalogue.draft],
        shown=Shown(
            is_beside=request.args.get("ansicht") == BESIDE,
            references=voices_behind(found),
            suggestions=suggestions_behind(found),
            labels={**LABELS, **labels()},
            reason=new.catalogue.reason,
        ),
        methods=METHODS,
        own_method=new.catalogue.comparison,
    )


def find(slug: str) -> tuple[Catalogue, Edition | None]:
    """A frozen edition with its catalogue, a draft that was laid out, or the working edition; else 404."""
    return _find(slug)[:2]


def _find(slug: str) -> Found:
    if slug == WORKING:
        try:
            return Found(queries.working_catalogue(), None, None)
        except NoWorkingEdition:
            abort(404)
    if draft := drafting.find_draft(slug):
        return Found(drafting.catalogue_of(draft), None, draft.created_at)
    edition = queries.find_edition(slug) or abort(404)
    return Found(queries.catalogue_of(edition), edition, edition.cut_at)


def _overview(catalogue: Catalogue, edition: Edition | None) -> ResponseReturnValue:
    notes = progress.notes_by_code([measure.code for measure in catalogue.measures])
    standing = queries.standings([edition])[edition.id] if edition else None
    known = origins.origins()
    return render_template(
        "concept/edition.html",
        catalogue=catalogue,
        edition=edition,
        came_from=known.get(edition.id) if edition else None,
        led_to=origins.cut_from(edition, known) if edition else (),
        decided=origins.decided(edition, known) if edition else origins.Decided([], []),
        standing=STANDING_LABELS[standing] if standing else None,
        choices=_choices(catalogue.slug),
        groups=_in_groups(catalogue.sections),
        parts={section.slug: progress.parts_of(section.measures, notes) for section in catalogue.sections},
        all_parts=progress.parts_of(catalogue.measures, notes),
        pending_count=_count_pending(catalogue) if standing is Standing.ADOPTED else 0,
        hearings=drafting.open_hearings(day_of(now())) if standing in (None, Standing.ADOPTED) else (),
        pending=pending_of(catalogue),
        translations=languages_of(catalogue),
        presentations=presentations(edition) if edition else (),
        can_work=rules.can_open_concept_desk(current_account()),
        can_correct=standing in CORRECTABLE and rules.can_record_resolutions(current_account()),
        labels=LABELS,
    )


def _in_groups(sections: Sequence[CatalogueSection]) -> list[tuple[SectionKind | None, list[CatalogueSection]]]:
    """One after the other as they stand: fields and themes apart, together where they alternate."""
    groups = [(kind, list(each)) for kind, each in groupby(sections, key=lambda section: section.kind)]
    return groups if len(groups) <= len(SectionKind) else [(None, list(sections))]


def _count_pending(catalogue: Catalogue) -> int:
    """How many goals and measures of the working edition differ from this one."""
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


def _comparable() -> list[Choice]:
    """The working edition, drafts that were laid out, and editions, each the latest first."""
    editions = _choices(None)
    drafts = [
        Choice(
            slug=each.slug,
            title=_("Entwurf %(number)s: %(title)s", number=each.number, title=each.title),
            date=str(ProcessDate(each.opens_on.isoformat())),
            standing=_("Entwurf"),
            is_current=False,
        )
        for each in drafting.all_hearings()
    ]
    working = [each for each in editions if each.slug == WORKING]
    return [*working, *drafts, *(each for each in editions if each.slug != WORKING)]


def _asked_for(choices: Sequence[Choice]) -> tuple[str, str]:
    """From the address, else the last two editions; 404 for an edition that does not exist."""
    frozen = [choice.slug for choice in choices if choice.slug != WORKING and not draft_number(choice.slug)]
    last = [*frozen[:2], WORKING][:2]
    first, second = request.args.get("von", last[-1]), request.args.get("bis", last[0])
    known = {choice.slug for choice in choices}
    if not {first, second} <= known:
        abort(404)
    return first, second


def _in_order(first: str, second: str) -> tuple[Found, Found]:
    """The older one first, whichever way round it was asked; the working edition is always the younger."""
    one, other = _find(first), _find(second)
    is_reversed = one.since is None or (other.since is not None and other.since < one.since)
    return (other, one) if is_reversed else (one, other)


def _compared(old: Found, new: Found) -> Comparison:
    """By the method of the younger one, or by the one the address asks for; 404 for one that there is not."""
    reasons = queries.reasons_between(old.since, new.since) if old.since else {}
    method = request.args.get("methode", new.catalogue.comparison, int)
    if method not in METHODS:
        abort(404)
    return compare(old.catalogue, new.catalogue, reasons, method=method)
