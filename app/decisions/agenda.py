"""What lies before a working group: the wording, whose words it comes from, and what is like it in the concept."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.capture.queries import points_of
from app.concept.models import Goal, SectionWorkingGroup
from app.db import db
from app.proposals.models import Condensation, Proposal, ProposalState, Recommendation, Referral
from app.proposals.queries import shown
from app.proposals.services.supports import count_supports
from app.proposals.similar import goals_like
from app.structures.models import BODIES, Organization, OrganizationKind
from app.texts.models import LinkKind, Text, ThreadLink

# Who may be asked for a recommendation: the bodies, and the office itself
ASKED = BODIES | {OrganizationKind.OFFICE, OrganizationKind.UNIT}


class Voice(NamedTuple):
    """A passage as it was said, and how many people support the contribution it stands in."""

    proposal: Proposal
    quote: str
    language: str
    supports: int

    @property
    def translation(self) -> str:
        """Of the whole contribution, where it is not in German."""
        return self.proposal.translation.current.content if self.proposal.translation else ""


class Item(NamedTuple):
    referral: Referral
    wording: str
    voices: Sequence[Voice]
    goals: Sequence[Goal]

    points: int = 0  # given at the tables where it was said

    @property
    def supports(self) -> int:
        return sum({voice.proposal.id: voice.supports for voice in self.voices}.values())


class Group(NamedTuple):
    organization: Organization
    open: int


def groups() -> list[Group]:
    """Everyone something was ever referred to, with how much lies before them."""
    open_ones = func.count(Referral.id).filter(Referral.returned_on.is_(None))
    rows = db.session.execute(
        select(Organization, open_ones).join(Referral).group_by(Organization.id).order_by(Organization.name)
    )
    return [Group(organization, count) for organization, count in rows]


def may_be_asked() -> Sequence[Organization]:
    """Working groups first."""
    found = db.session.scalars(
        select(Organization).where(Organization.kind.in_(ASKED)).order_by(Organization.name)
    ).all()
    return sorted(found, key=lambda each: each.kind is not OrganizationKind.WORKING_GROUP)


def group_of_section(section_id: int | None) -> Organization | None:
    """The working group of a field, to begin with."""
    statement = select(Organization).join(SectionWorkingGroup, SectionWorkingGroup.organization_id == Organization.id)
    return db.session.scalars(statement.where(SectionWorkingGroup.section_id == section_id).limit(1)).one_or_none()


def agenda(organization: Organization) -> list[Item]:
    """What is open before a group, what is due first first; a constant number of queries."""
    is_open = (Referral.organization_id == organization.id, Referral.returned_on.is_(None))
    return _items(_referrals(*is_open, ~Referral.proposal.has(Proposal.state != ProposalState.RELEASED)))


def recommended_by(organization: Organization) -> Sequence[Referral]:
    """What it recommended lately, the latest first."""
    found = _referrals(Referral.organization_id == organization.id, Referral.recommendations.any())
    return sorted(found, key=lambda each: each.returned_on or each.referred_on, reverse=True)[:20]


def get_referral(referral_id: int) -> Referral | None:
    return next(iter(_referrals(Referral.id == referral_id)), None)


def _referrals(*conditions: ColumnElement[bool]) -> Sequence[Referral]:
    recommended = selectinload(Referral.recommendations)
    referrals = db.session.scalars(
        select(Referral)
        .where(*conditions)
        .options(
            joinedload(Referral.organization),
            joinedload(Referral.condensation).selectinload(Condensation.text).selectinload(Text.versions),
            joinedload(Referral.condensation).joinedload(Condensation.section),
            recommended.joinedload(Recommendation.reason).selectinload(Text.versions),
            recommended.joinedload(Recommendation.wording).selectinload(Text.versions),
        )
        .order_by(Referral.due_on.is_(None), Referral.due_on, Referral.id)
    ).all()
    ids = {each.proposal_id for each in referrals}
    said = db.session.scalars(select(Proposal).where(Proposal.id.in_(ids)).options(*shown())).all()
    assert {each.proposal for each in referrals} <= {*said, None}, "found without another query"
    return referrals


def wording_of(referral: Referral) -> str:
    """In German, as far as there is a translation."""
    if referral.condensation is not None:
        return referral.condensation.text.current.content
    assert referral.proposal is not None, "a referral has one subject (ck_referral_one_subject)"
    return (referral.proposal.translation or referral.proposal.text).current.content


def _items(referrals: Sequence[Referral]) -> list[Item]:
    wordings = [wording_of(referral) for referral in referrals]
    versions = {each.condensation.text.current.id for each in referrals if each.condensation}
    sources = _sources(versions)
    said = _proposals({link.source.text_id for link in sources} | {r.proposal.text_id for r in referrals if r.proposal})
    supports = count_supports([proposal.id for proposal in said.values()])
    points = points_of([proposal.id for proposal in said.values()])
    items = []
    for referral, wording, goals in zip(referrals, wordings, goals_like(wordings), strict=True):
        voices = _voices(referral, sources, said, supports)
        given = sum(points[proposal_id] for proposal_id in {voice.proposal.id for voice in voices})
        items.append(Item(referral, wording, voices, goals, given))
    return items


def _voices(
    referral: Referral, sources: Sequence[ThreadLink], said: dict[int, Proposal], supports: dict[int, int]
) -> list[Voice]:
    if referral.condensation is None:
        assert referral.proposal is not None, "a referral has one subject (ck_referral_one_subject)"
        version = referral.proposal.text.versions[0]
        proposal = referral.proposal
        return [Voice(proposal, version.content, version.language, supports[proposal.id])]
    version_id = referral.condensation.text.current.id
    voices = []
    for link in sources:
        found = said.get(link.source.text_id)
        if link.target_id == version_id and found is not None and found.is_released:
            quote = link.source.quote(link.source_start, link.source_end)
            voices.append(Voice(found, quote, link.source.language, supports[found.id]))
    return voices


def _sources(version_ids: Collection[int]) -> Sequence[ThreadLink]:
    return db.session.scalars(
        select(ThreadLink)
        .where(ThreadLink.target_id.in_(version_ids), ThreadLink.kind == LinkKind.CONDENSED)
        .options(joinedload(ThreadLink.source))
        .order_by(ThreadLink.target_start, ThreadLink.id)
    ).all()


def _proposals(text_ids: Collection[int]) -> dict[int, Proposal]:
    found = db.session.scalars(select(Proposal).where(Proposal.text_id.in_(text_ids)).options(*shown()))
    return {proposal.text_id: proposal for proposal in found}
