"""All measures of the concept in force, narrowed by what they bear and how far they are."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.concept import queries, vocabularies
from app.concept.catalogue import Catalogue
from app.concept.models import PRIORITY_LABELS, LifeSituation
from app.concept.views import progress
from app.concept.views.items import LABELS
from app.concept.views.progress import MeasureRow
from app.concept.views.words import PROGRESS_COUNTS
from app.monitoring.models import Progress
from app.web.access import public

bp = Blueprint("measure_list", __name__, url_prefix="/massnahmen")


class Filter(NamedTuple):
    """What an address asks for, and which of the offered values a measure has."""

    label: object
    of: Callable[[MeasureRow], Iterable[str]]


FILTERS = {
    "lebenslage": Filter(_("Lebenslage"), lambda row: row.measure.life_situations),
    "zielgruppe": Filter(_("Zielgruppe"), lambda row: [each.slug for each in row.measure.target_groups]),
    "stelle": Filter(_("Verantwortlich"), lambda row: [row.measure.responsible]),
    "vorrang": Filter(_("Vorrang"), lambda row: [row.measure.priority]),
    "stand": Filter(_("Sachstand"), lambda row: [row.note.progress if row.note else Progress.NOT_PLANNED]),
}


@bp.get("")
@public
def index() -> ResponseReturnValue:
    catalogue = _catalogue()
    rows = progress.rows(catalogue.measures)
    asked = {name: request.args.get(name, "") for name in FILTERS}
    wanted = {name: value for name, value in asked.items() if value}
    found = [row for row in rows.values() if all(value in FILTERS[name].of(row) for name, value in wanted.items())]
    offered = {name: {value for row in rows.values() for value in each.of(row)} for name, each in FILTERS.items()}
    names = _names(catalogue)
    return render_template(
        "concept/measure_list.html",
        catalogue=catalogue,
        measures=[row.measure for row in found],
        rows=rows,
        asked=asked,
        choices={
            name: [(value, title) for value, title in names[name].items() if value in offered[name]] for name in FILTERS
        },
        filters=FILTERS,
        labels=LABELS,
    )


def _names(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """What the values of each filter are called."""
    return {
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
