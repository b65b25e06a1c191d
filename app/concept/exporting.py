"""An edition, or the working edition, as the file that another installation takes in."""

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app import storage
from app.concept.catalogue import Catalogue, canonical, texts_of
from app.concept.columns import held_of
from app.concept.exchange import write
from app.concept.held import (
    HeldAgreement,
    HeldChoice,
    HeldConcept,
    HeldDescent,
    HeldFile,
    HeldLeadership,
    HeldMunicipality,
    HeldOrganization,
    HeldRedaction,
    HeldText,
    Surrounding,
)
from app.concept.models import Concept, Descent, Edition, LifeSituation, TargetGroup
from app.concept.queries import partners_who_agree
from app.db import db
from app.structures.models import Leadership, Municipality, Organization
from app.texts.models import Redaction, Text, TextVersion

T = TypeVar("T", LifeSituation, TargetGroup)


def export(catalogue: Catalogue, edition: Edition | None) -> bytes:
    """The file; an edition goes out with the very document that was frozen."""
    agreements = _agreements(catalogue)
    situations = {slug for measure in catalogue.measures for slug in measure.life_situations}
    groups = {group.slug for measure in catalogue.measures for group in measure.target_groups}
    surrounding = Surrounding(
        cut_at=edition.cut_at.isoformat() if edition else "",
        concepts=tuple(_concepts(catalogue.concept)),
        organizations=tuple(_organizations(_Named.of(catalogue, agreements))),
        municipalities=tuple(_municipalities(catalogue)),
        life_situations=tuple(_choices(LifeSituation, situations)),
        target_groups=tuple(_choices(TargetGroup, groups)),
        agreements=agreements,
        descents=tuple(_descents(catalogue)),
        pictures=tuple(HeldFile(key=each.key, content=_content(each.key)) for each in catalogue.surroundings.pictures),
        texts=tuple(_texts({each.digest for each in texts_of(catalogue)})),
    )
    return write(edition.document if edition else canonical(catalogue), surrounding)


def _concepts(slug: str) -> Sequence[HeldConcept]:
    """The concept and those it follows, the first one first."""
    known = {each.id: each for each in db.session.scalars(select(Concept))}
    found: list[Concept] = []
    current = next((each for each in known.values() if each.slug == slug), None)
    while current is not None:
        found.insert(0, current)
        current = known.get(current.predecessor_id or 0)
    return [
        held_of(HeldConcept, each, predecessor=known[each.predecessor_id].slug if each.predecessor_id else "")
        for each in found
    ]


def _descents(catalogue: Catalogue) -> Iterator[HeldDescent]:
    """How the goals and measures of a document came from what they follow; steps that are younger stay out."""
    items = [item for section in catalogue.sections for item in section.items]
    known = {item.code for item in items} | {code for item in items for code in item.follows}
    for each in db.session.scalars(select(Descent).order_by(Descent.code, Descent.follows)):
        if {each.code, each.follows} <= known:
            yield held_of(HeldDescent, each)


def _agreements(catalogue: Catalogue) -> tuple[HeldAgreement, ...]:
    agree = partners_who_agree([each.code for each in catalogue.measures])
    found = [
        HeldAgreement(measure=each.code, partners=tuple(slug for slug in each.partners if (each.code, slug) in agree))
        for each in catalogue.measures
    ]
    return tuple(each for each in found if each.partners)


@dataclass(frozen=True)
class _Named:
    """Organisations that are named: by slug, or in early documents by name alone."""

    slugs: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue, agreements: Iterable[HeldAgreement]) -> "_Named":
        around = catalogue.surroundings
        slugs = {
            *(each.responsible for each in catalogue.measures),
            *(slug for each in agreements for slug in each.partners),
            *(each.slug for each in around.structures),
            *(each.organization_slug for each in around.steps),
            *(each.responsible_slug for each in around.tasks),
        }
        names = {
            *(each.organization for each in around.steps if not each.organization_slug),
            *(each.responsible for each in around.tasks if not each.responsible_slug),
        }
        return cls(frozenset(slugs - {""}), frozenset(names - {""}))


def _organizations(named: _Named) -> Iterator[HeldOrganization]:
    """Those named and whoever leads them, by slug."""
    everyone = db.session.scalars(
        select(Organization).options(selectinload(Organization.leaderships).joinedload(Leadership.lead))
    ).all()
    wanted = {each.slug: each for each in everyone if each.slug in named.slugs or each.name in named.names}
    waiting = list(wanted.values())
    while waiting:
        for leadership in waiting.pop().leaderships:
            if leadership.lead.slug not in wanted:
                wanted[leadership.lead.slug] = leadership.lead
                waiting.append(leadership.lead)
    for _slug, each in sorted(wanted.items()):
        led_by = tuple(held_of(HeldLeadership, led, lead=led.lead.slug) for led in each.leaderships)
        yield held_of(HeldOrganization, each, led_by=led_by)


def _municipalities(catalogue: Catalogue) -> Iterator[HeldMunicipality]:
    indicators = catalogue.surroundings.indicators
    keys = {each.municipality_ags for each in indicators}
    keys |= {each.municipality for section in catalogue.sections for each in section.good_practice}
    names = {each.municipality for each in indicators if not each.municipality_ags}
    is_named = or_(Municipality.ags.in_(keys), Municipality.name.in_(names))
    for each in db.session.scalars(select(Municipality).where(is_named).order_by(Municipality.ags)):
        yield held_of(HeldMunicipality, each)


def _choices(model: type[T], named: Collection[str]) -> Iterator[HeldChoice]:
    """The terms that measures name, and what these were merged into."""
    every = {each.id: each for each in db.session.scalars(select(model).order_by(model.id))}
    wanted: set[int] = set()
    for each in every.values():
        current = each if each.slug in named else None
        while current is not None and current.id not in wanted:
            wanted.add(current.id)
            current = every.get(current.merged_into_id or 0)
    for each in every.values():
        if each.id in wanted:
            merged_into = every[each.merged_into_id].slug if each.merged_into_id else ""
            yield held_of(HeldChoice, each, merged_into=merged_into)


def _content(key: str) -> str:
    try:
        return b64encode(storage.read(key)).decode()
    except storage.FileMissing:
        return ""


def _texts(digests: Collection[str]) -> Iterator[HeldText]:
    """By digest."""
    versions = db.session.scalars(
        select(TextVersion)
        .where(TextVersion.digest.in_(digests))
        .options(joinedload(TextVersion.text), selectinload(TextVersion.redactions).joinedload(Redaction.kept))
        .order_by(TextVersion.digest)
    ).all()
    origins = _origins({each.text_id for each in versions})
    for each in versions:
        yield held_of(
            HeldText,
            each,
            origin=each.text.origin or origins[each.text_id],
            redactions=tuple(held_of(HeldRedaction, done) for done in each.standing_redactions),
        )


def _origins(text_ids: Collection[int]) -> dict[int, str]:
    """The digest of the first version of each text that has it here."""
    first = select(Text.id, TextVersion.digest).join(TextVersion).where(Text.id.in_(text_ids), TextVersion.number == 1)
    return {row.id: row.digest for row in db.session.execute(first)}
