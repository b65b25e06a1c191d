"""What earlier editions held and the concept in force does not: with the reason, and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.concept import lineage, queries
from app.concept.catalogue import CatalogueGoal, CatalogueMeasure
from app.concept.models import CatalogueChange, ChangeKind, Edition, Goal, Measure
from app.db import db

LEAVING = (ChangeKind.DROPPED, ChangeKind.SPLIT, ChangeKind.MERGED)


class Retired(NamedTuple):
    """As the last edition that had it says it; no change where a new concept did not take it over."""

    entry: CatalogueGoal | CatalogueMeasure
    edition: Edition
    change: CatalogueChange | None
    became: Sequence[str]


def retired_before(edition: Edition) -> list[Retired]:
    """What stood in an edition cut before this one and stands in it no more, the latest to leave first."""
    editions = [each for each in queries.all_editions() if each.cut_at <= edition.cut_at]
    catalogues = queries.catalogues_of(editions)
    last: dict[str, tuple[CatalogueGoal | CatalogueMeasure, Edition]] = {}
    for each in editions:
        for section in catalogues[each.id].sections:
            last |= {entry.code: (entry, each) for entry in section.items}
    gone = {code: found for code, found in last.items() if found[1].id != edition.id}
    changes, became = _changes(gone), _successors(gone)
    found = [Retired(entry, held, changes.get(code), became[code]) for code, (entry, held) in gone.items()]
    return sorted(found, key=lambda each: (-editions.index(each.edition), lineage.serial(each.entry.code)))


def _changes(codes: Collection[str]) -> Mapping[str, CatalogueChange]:
    """By which each left, by code; of several the last. What a split made has one of that kind, with its wording."""
    statement = (
        select(CatalogueChange)
        .outerjoin(CatalogueChange.goal)
        .outerjoin(CatalogueChange.measure)
        .where(CatalogueChange.kind.in_(LEAVING), CatalogueChange.version_id.is_(None))
        .where(or_(Goal.code.in_(codes), Measure.code.in_(codes)))
        .options(joinedload(CatalogueChange.goal), joinedload(CatalogueChange.measure))
        .order_by(CatalogueChange.made_at, CatalogueChange.id)
    )
    rows = db.session.scalars(statement).all()
    return {item.code: each for each in rows if (item := each.goal or each.measure)}


def _successors(codes: Collection[str]) -> Mapping[str, list[str]]:
    found = defaultdict(list)
    for each in lineage.descents_among(codes):
        found[each.follows].append(each.code)
    return found
