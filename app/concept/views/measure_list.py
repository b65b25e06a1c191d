"""All measures of the concept in force, narrowed by what they bear and how far they are."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.concept import queries, vocabularies
from app.concept.catalogue import Catalogue, CatalogueMeasure, CatalogueSection
from app.concept.models import PRIORITY_LABELS, LifeSituation
from app.concept.views import progress
from app.concept.views.items import LABELS
from app.concept.views.words import PROGRESS_COUNTS
from app.monitoring.models import Progress, ProgressNote
from app.web.access import public

bp = Blueprint("measure_list", __name__, url_prefix="/massnahmen")

SEARCH = "suche"


class Line(NamedTuple):
    """A measure where it stands."""

    section: CatalogueSection
    measure: CatalogueMeasure
    note: ProgressNote | None


class Filter(NamedTuple):
    """What an address asks for, and which of the offered values a measure has."""

    label: object
    of: Callable[[Line], Iterable[str]]


FILTERS = {
    "thema": Filter(_("Thema"), lambda line: [line.section.slug]),
    "lebenslage": Filter(_("Lebenslage"), lambda line: line.measure.life_situations),
    "zielgruppe": Filter(_("Zielgruppe"), lambda line: [each.slug for each in line.measure.target_groups]),
    "stelle": Filter(_("Verantwortlich"), lambda line: [line.measure.responsible]),
    "vorrang": Filter(_("Vorrang"), lambda line: [line.measure.priority]),
    "stand": Filter(_("Sachstand"), lambda line: [line.note.progress if line.note else Progress.NOT_PLANNED]),
}


@bp.get("")
@public
def index() -> ResponseReturnValue:
    catalogue = _catalogue()
    rows = progress.rows(catalogue.measures)
    lines = [
        Line(section, measure, rows[measure.code].note)
        for section in catalogue.sections
        for measure in section.measures
    ]
    asked = {name: request.args.get(name, "") for name in (SEARCH, *FILTERS)}
    found = [line for line in lines if _is_asked_for(line, asked)]
    offered = {name: {value for line in lines for value in each.of(line)} for name, each in FILTERS.items()}
    names = _names(catalogue)
    return render_template(
        "concept/measure_list.html",
        catalogue=catalogue,
        measures=[line.measure for line in found],
        rows=rows,
        asked=asked,
        search=SEARCH,
        choices={
            name: [(value, title) for value, title in names[name].items() if value in offered[name]] for name in FILTERS
        },
        filters=FILTERS,
        labels=LABELS,
    )


def _is_asked_for(line: Line, asked: Mapping[str, str]) -> bool:
    """It holds each of the words, and each value that is asked for."""
    measure = line.measure
    said = f"{measure.number} {measure.code} {measure.wording} {measure.responsible_name}".casefold()
    return all(word in said for word in asked[SEARCH].casefold().split()) and all(
        asked[name] in each.of(line) for name, each in FILTERS.items() if asked[name]
    )


def _names(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """What the values of each filter are called."""
    return {
        "thema": {each.slug: each.title for each in catalogue.sections},
        "lebenslage": {each.slug: each.title for each in vocabularies.terms(LifeSituation)},
        "zielgruppe": {each.slug: each.title for measure in catalogue.measures for each in measure.target_groups},
        "stelle": {each.responsible: each.responsible_name for each in catalogue.measures},
        "vorrang": {value.value: label for value, label in PRIORITY_LABELS.items()},
        "stand": {value.value: label for value, label in PROGRESS_COUNTS.items()},
    }


def _catalogue() -> Catalogue:
    """In force, else the working edition; 404 where there is neither."""
    edition = queries.edition_in_force()
    if edition is not None:
        return queries.catalogue_of(edition)
    return queries.working_catalogue() if queries.find_working_edition() else abort(404)
