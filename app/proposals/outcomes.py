"""What became of contributions: never stored, always derived from the released decisions on their passages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Row, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.db import db
from app.proposals.models import (
    OUTCOME_LABELS,
    Condensation,
    Decision,
    DecisionOutcome,
    Ending,
    Passage,
    Proposal,
    Referral,
)
from app.proposals.results import with_result
from app.texts.models import LinkKind, Text, TextVersion, ThreadLink

OPEN = "offen"
CONDENSED = "zusammengefuehrt"
REFERRED = "arbeitskreis"
OPEN_LABELS = {
    OPEN: _("noch offen"),
    REFERRED: _("im Arbeitskreis"),
    CONDENSED: _("zusammengeführt, Antwort folgt"),
}
# In the address of the public list
OUTCOME_SLUGS = {
    "angenommen": DecisionOutcome.ACCEPTED,
    "teilweise": DecisionOutcome.PARTLY,
    "umgesetzt": DecisionOutcome.ALREADY_DONE,
    "weitergeleitet": DecisionOutcome.FORWARDED,
    "zurueckgestellt": DecisionOutcome.DEFERRED,
    "abgelehnt": DecisionOutcome.REJECTED,
}


@dataclass(frozen=True)
class ProposalOutcome:
    """The decisions that hold for one contribution, and whether it flowed into a condensation at all."""

    is_condensed: bool
    decisions: Sequence[Decision]
    is_referred: bool = False  # it, or what it flowed into, lies before a working group

    @property
    def slugs(self) -> list[str]:
        """In the order of OUTCOME_SLUGS; a contribution whose passages went different ways has several."""
        found = {decision.outcome for decision in self.decisions}
        slugs = [REFERRED] if self.is_referred else []
        slugs += [slug for slug, outcome in OUTCOME_SLUGS.items() if outcome in found]
        return slugs or [CONDENSED if self.is_condensed else OPEN]

    @property
    def labels(self) -> list[object]:
        return [label_of(slug) for slug in self.slugs]


def label_of(slug: str) -> object:
    return OPEN_LABELS[slug] if slug in OPEN_LABELS else OUTCOME_LABELS[OUTCOME_SLUGS[slug]]


def outcomes_of(proposals: Collection[Proposal]) -> dict[int, ProposalOutcome]:
    """By id of the contribution; four queries however many there are."""
    by_text = {proposal.text_id: proposal.id for proposal in proposals}
    flowed = db.session.execute(_flowed().where(SOURCE.text_id.in_(by_text))).all()
    picked = db.session.execute(_picked().where(TextVersion.text_id.in_(by_text))).all()
    holding = _holding(
        Decision.condensation_id.in_({condensation_id for _, condensation_id in flowed})
        | Decision.passage_id.in_({passage_id for _, passage_id in picked})
    )
    decisions: dict[int, dict[int, Decision]] = {proposal.id: {} for proposal in proposals}
    for decision in holding:
        pairs = flowed if decision.condensation_id else picked
        subject_id = decision.condensation_id or decision.passage_id
        for text_id, subject in pairs:
            if subject == subject_id:
                decisions[by_text[text_id]][decision.id] = decision
    condensed = {by_text[text_id] for text_id, _ in flowed}
    referred = _referred([proposal.id for proposal in proposals], flowed, by_text)
    return {
        proposal.id: ProposalOutcome(
            proposal.id in condensed, list(decisions[proposal.id].values()), proposal.id in referred
        )
        for proposal in proposals
    }


def wordings_of(proposal: Proposal) -> Sequence[ThreadLink]:
    """Which of its words stand in which condensations now: from the quote to the wording."""
    return db.session.scalars(
        _flowed()
        .with_only_columns(ThreadLink)
        .distinct()
        .where(SOURCE.text_id == proposal.text_id)
        .options(joinedload(ThreadLink.source), joinedload(ThreadLink.target))
        .order_by(ThreadLink.target_id, ThreadLink.source_start)
    ).all()


def open_referrals_of(proposal: Proposal) -> Sequence[Referral]:
    """Before whom it lies now, by itself or in a condensation."""
    condensations = _flowed().with_only_columns(Condensation.id).where(SOURCE.text_id == proposal.text_id)
    return db.session.scalars(
        select(Referral)
        .where(
            Referral.returned_on.is_(None),
            (Referral.proposal_id == proposal.id) | Referral.condensation_id.in_(condensations),
        )
        .options(joinedload(Referral.organization))
        .order_by(Referral.referred_on, Referral.id)
    ).all()


SOURCE, TARGET, NEWER = aliased(TextVersion), aliased(TextVersion), aliased(TextVersion)
LATER = aliased(Decision)


def _flowed() -> Select[int, int]:
    """Text of a contribution and id of a condensation that stands and whose present wording it flowed into."""
    return (
        select(SOURCE.text_id, Condensation.id)
        .join(ThreadLink, ThreadLink.source_id == SOURCE.id)
        .join(TARGET, ThreadLink.target_id == TARGET.id)
        .join(Condensation, Condensation.text_id == TARGET.text_id)
        .where(
            ThreadLink.kind == LinkKind.CONDENSED,
            ~exists().where(Ending.condensation_id == Condensation.id),
            ~exists().where(NEWER.text_id == TARGET.text_id, NEWER.number > TARGET.number),
        )
        .distinct()
    )


def _picked() -> Select[int, int]:
    """Text of a contribution and id of one of its passages that was decided on directly."""
    return select(TextVersion.text_id, Passage.id).join(Passage, Passage.version_id == TextVersion.id)


def _holds() -> ColumnElement[bool]:
    """The last one released on its subject."""
    same = func.coalesce(LATER.condensation_id, 0) == func.coalesce(Decision.condensation_id, 0)
    same &= func.coalesce(LATER.passage_id, 0) == func.coalesce(Decision.passage_id, 0)
    is_later = exists().where(same, LATER.released_at.is_not(None), LATER.id > Decision.id)
    return Decision.released_at.is_not(None) & ~is_later


def _referred(proposal_ids: Collection[int], flowed: Collection[Row[int, int]], by_text: dict[int, int]) -> set[int]:
    """Which of these contributions lie before a group, by themselves or in a condensation."""
    condensation_ids = {condensation_id for _, condensation_id in flowed}
    rows = db.session.scalars(
        select(Referral).where(
            Referral.returned_on.is_(None),
            Referral.proposal_id.in_(proposal_ids) | Referral.condensation_id.in_(condensation_ids),
        )
    ).all()
    referred = {each.condensation_id for each in rows}
    direct = {each.proposal_id for each in rows if each.proposal_id}
    return direct | {by_text[text_id] for text_id, condensation_id in flowed if condensation_id in referred}


def _holding(condition: ColumnElement[bool]) -> Sequence[Decision]:
    return db.session.scalars(
        select(Decision)
        .where(_holds(), condition)
        .options(
            selectinload(Decision.answer).selectinload(Text.versions),
            *with_result(),
            joinedload(Decision.organization),
        )
        .order_by(Decision.id)
    ).all()


def _has(outcome: DecisionOutcome | None) -> ColumnElement[bool]:
    """Whether a contribution has this outcome, or any."""
    wanted = _holds() if outcome is None else _holds() & (Decision.outcome == outcome)
    by_condensation = (
        _flowed()
        .with_only_columns(SOURCE.text_id)
        .join(Decision, Decision.condensation_id == Condensation.id)
        .where(wanted)
    )
    by_passage = (
        _picked().with_only_columns(TextVersion.text_id).join(Decision, Decision.passage_id == Passage.id).where(wanted)
    )
    return Proposal.text_id.in_(by_condensation) | Proposal.text_id.in_(by_passage)


IS_CONDENSED = Proposal.text_id.in_(_flowed().with_only_columns(SOURCE.text_id))
IS_ANSWERED = _has(None)
IS_REFERRED = Proposal.text_id.in_(
    _flowed()
    .with_only_columns(SOURCE.text_id)
    .join(Referral, Referral.condensation_id == Condensation.id)
    .where(Referral.returned_on.is_(None))
) | exists().where(Referral.proposal_id == Proposal.id, Referral.returned_on.is_(None))
OUTCOME_CONDITIONS: dict[str, ColumnElement[bool]] = {
    **{slug: _has(outcome) for slug, outcome in OUTCOME_SLUGS.items()},
    REFERRED: IS_REFERRED,
    CONDENSED: IS_CONDENSED & ~_has(None) & ~IS_REFERRED,
    OPEN: ~IS_CONDENSED & ~_has(None) & ~IS_REFERRED,
}
