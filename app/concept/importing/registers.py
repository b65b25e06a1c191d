"""What a concept names and this installation may know already: that stays as it is, the rest is added."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.concept.columns import kept_of
from app.concept.exchange import ConceptFile
from app.concept.held import HeldChoice, HeldOrganization, Surrounding
from app.concept.models import Concept, LifeSituation, TargetGroup
from app.db import Model, db
from app.structures.models import Leadership, Municipality, Organization

M = TypeVar("M", bound=Model)
H = TypeVar("H")
T = TypeVar("T", LifeSituation, TargetGroup)


@dataclass
class Registers:
    concept: Concept
    organizations: Mapping[str, Organization]
    municipalities: Mapping[str, Municipality]
    life_situations: Mapping[str, LifeSituation]
    target_groups: Mapping[str, TargetGroup]
    by_name: Mapping[str, Organization] = field(default_factory=dict)  # for documents that name no slug
    towns_by_name: Mapping[str, Municipality] = field(default_factory=dict)

    def organization(self, slug: str, name: str) -> Organization | None:
        return self.organizations.get(slug) or self.by_name.get(name)

    def municipality(self, ags: str, name: str) -> Municipality | None:
        return self.municipalities.get(ags) or self.towns_by_name.get(name)


def add_registers(file: ConceptFile) -> Registers:
    around = file.surrounding
    organizations = _organizations(around.organizations)
    municipalities = _municipalities(around)
    return Registers(
        _concept(around),
        organizations,
        municipalities,
        _choices(LifeSituation, around.life_situations),
        _choices(TargetGroup, around.target_groups),
        {each.name: each for each in reversed(list(organizations.values()))},
        {each.name: each for each in municipalities.values()},
    )


def _concept(around: Surrounding) -> Concept:
    """The concept of the document; those it follows are made, too, without their editions."""
    known: dict[str, Concept] = {}
    for each in around.concepts:
        concept = db.session.scalars(select(Concept).where(Concept.slug == each.slug)).one_or_none()
        known[each.slug] = concept or Concept(**kept_of(each), predecessor=known.get(each.predecessor))
        db.session.add(known[each.slug])
    return known[around.concepts[-1].slug]


def _organizations(held: Iterable[HeldOrganization]) -> Mapping[str, Organization]:
    new: dict[str, HeldOrganization] = {}

    def make(each: HeldOrganization) -> Organization:
        new[each.slug] = each
        return Organization(**kept_of(each))

    found = _lacking(Organization.slug, held, make)
    for slug, each in new.items():
        found[slug].leaderships = [Leadership(lead=found[led.lead], **kept_of(led)) for led in each.led_by]
    return found


def _choices(model: type[T], held: Iterable[HeldChoice]) -> Mapping[str, T]:
    new: dict[str, HeldChoice] = {}

    def make(each: HeldChoice) -> T:
        new[each.slug] = each
        return model(**kept_of(each))

    found = _lacking(model.slug, held, make)
    db.session.flush()  # in the order of the file, whatever was merged into what
    for slug, each in new.items():
        found[slug].merged_into = found.get(each.merged_into)
    return found


def _municipalities(around: Surrounding) -> Mapping[str, Municipality]:
    return _lacking(Municipality.ags, around.municipalities, lambda each: Municipality(**kept_of(each)))


def _lacking(column: InstrumentedAttribute[str], held: Iterable[H], make: Callable[[H], M]) -> dict[str, M]:
    """The rows that are named, in the order of the file; those that are not here are added."""
    named = {getattr(each, column.key): each for each in held}
    there = {
        getattr(row, column.key): row for row in db.session.scalars(select(column.class_).where(column.in_(named)))
    }
    found = {key: there.get(key) or make(each) for key, each in named.items()}
    db.session.add_all(found.values())
    return found
