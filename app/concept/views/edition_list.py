"""All editions of all concepts: what followed what, where each stands, who decided on it, and where to read it."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.concept import catalogue as catalogues
from app.concept import origins, queries
from app.concept.models import (
    CONCEPT_KIND_LABELS,
    EFFECT_LABELS,
    STANDING_LABELS,
    Edition,
    EditionChange,
    SectionKind,
    Standing,
)
from app.concept.origins import Decided, Origins
from app.process_date import ProcessDate
from app.web.access import public

bp = Blueprint("edition_list", __name__, url_prefix="/konzept/fassungen")

TONES = {Standing.ADOPTED: "success", Standing.PROVISIONAL: "info", Standing.REJECTED: "danger"}


class Entry(NamedTuple):
    """An edition, with the one it is to be compared to."""

    edition: Edition
    dated: ProcessDate
    standing: Standing
    covered: Sequence[tuple[SectionKind, list[str]]]
    came_from: EditionChange | None
    decided: Decided
    before: Edition | None


@bp.get("")
@public
def index() -> ResponseReturnValue:
    editions, known = queries.all_editions(), origins.origins()
    standings = queries.standings(editions)
    entries = [
        Entry(
            edition,
            catalogues.date_of(edition.document),
            standings[edition.id],
            _covered(edition),
            known.get(edition.id),
            origins.decided(edition, known),
            before(edition, editions[:place], known),
        )
        for place, edition in enumerate(editions)
    ]
    working = queries.find_working_edition()
    return render_template(
        "concept/editions.html",
        concepts=[
            (concept, [each for each in reversed(entries) if each.edition.concept_id == concept.id])
            for concept in queries.concepts()
        ],
        working_in=working.concept_id if working else None,
        kinds=CONCEPT_KIND_LABELS,
        standings=STANDING_LABELS,
        tones=TONES,
        effects=EFFECT_LABELS,
    )


def before(edition: Edition, earlier: Sequence[Edition], known: Origins) -> Edition | None:
    """The one it was cut from, else the last one of its concept, else of the concept it follows."""
    if origin := known.get(edition.id):
        return origin.base
    for concept_id in (edition.concept_id, edition.concept.predecessor_id):
        if found := [each for each in earlier if each.concept_id == concept_id]:
            return found[-1]
    return None


def _covered(edition: Edition) -> list[tuple[SectionKind, list[str]]]:
    sections = catalogues.parse(edition.document).sections
    titles = [(kind, [each.title for each in sections if each.kind is kind]) for kind in SectionKind]
    return [(kind, found) for kind, found in titles if found]
