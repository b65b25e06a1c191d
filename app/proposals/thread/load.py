"""Load the rows of a thread: a constant number of queries, however many voices joined."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.concept import catalogue as catalogues
from app.concept.lineage import descents_among
from app.concept.models import (
    Adoption,
    CatalogueChange,
    Edition,
    Goal,
    Measure,
    WorkingMeasure,
    WorkingMeasureGoal,
)
from app.council.models import Consultation, Resolution
from app.db import db
from app.drafting import queries as drafting
from app.monitoring import queries as monitoring
from app.proposals import queries
from app.proposals.models import (
    Condensation,
    Decision,
    Forwarding,
    Objection,
    ObjectionReply,
    Passage,
    Proposal,
    Recommendation,
    Referral,
)
from app.proposals.thread.build import EditionRow, Rows, build
from app.proposals.thread.steps import Thread
from app.texts import queries as texts
from app.texts.models import LinkKind, Redaction, Text, TextVersion, ThreadLink

Holder = TypeVar("Holder", Goal, Measure)


def of_proposal(proposal: Proposal) -> Thread:
    """What became of a contribution, with the voices it was joined with. What is not released yet stays out."""
    ahead = texts.texts_ahead([proposal.text_id])[proposal.text_id]
    condensed = db.session.scalars(select(Condensation.text_id).where(Condensation.text_id.in_(ahead))).all()
    joined = set().union(*texts.texts_behind(condensed).values())
    rows = _rows({*ahead, *joined}, is_public=True)
    return build(rows, only_since_acceptance=True)


def of_goal(goal: Goal) -> Thread:
    """Where a goal comes from, where it stands and what became of it: all wordings, resolutions and measures."""
    return build(_rows(_both_ways(goal.text_id), is_public=False))


def of_measure(measure: Measure) -> Thread:
    return build(_rows(_both_ways(measure.text_id), is_public=False))


def _both_ways(text_id: int) -> set[int]:
    return texts.texts_behind([text_id])[text_id] | texts.texts_ahead([text_id])[text_id]


def _rows(text_ids: Collection[int], *, is_public: bool) -> Rows:
    links = texts.links_among(text_ids)
    condensations = _condensations(text_ids)
    proposals = _proposals(text_ids)
    decisions = [decision for each in condensations for decision in each.decisions] + _direct(proposals)
    released = {decision.text_id for decision in decisions if decision.is_released}
    if is_public:
        waiting = _targets(decisions, is_released=False) - _targets(decisions, is_released=True)
        links = [
            link
            for link in links
            if link.kind is not LinkKind.ACCEPTED
            or (link.source.text_id in released and link.target.text_id not in waiting)
        ]
        links = _reached(links, {*(each.text_id for each in proposals), *(each.text_id for each in condensations)})
    led_to = {link.target.text_id for link in links if link.kind is not LinkKind.CONDENSED}
    shown = led_to if is_public else text_ids
    goals, measures = _holders(Goal, shown), _holders(Measure, shown)
    editions = _editions() if goals or measures else []
    serving = _serving(goals, editions)
    all_measures = list({measure.id: measure for measure in [*measures, *serving]}.values())
    return Rows(
        links=links,
        proposals=proposals,
        condensations=condensations,
        referrals=_referrals(condensations, proposals),
        decisions=[decision for decision in decisions if decision.is_released],
        goals=goals,
        measures=measures,
        serving=[measure for measure in serving if measure not in measures],
        editions=editions,
        changes=_changes(goals, measures),
        descents=descents_among([*(goal.code for goal in goals), *(each.code for each in measures)])
        if goals or measures
        else [],
        suggestions=[]
        if is_public
        else drafting.taken_into({*(goal.text_id for goal in goals), *(each.text_id for each in measures)}),
        notes=monitoring.notes_of([measure.id for measure in all_measures]) if all_measures else [],
    )


def _reached(links: Sequence[ThreadLink], text_ids: set[int]) -> list[ThreadLink]:
    """The links on a way that begins at these texts: what came of a goal waits with it."""
    reached, found = set(text_ids), []
    for link in links:  # oldest first, so whatever leads on comes later
        if link.source.text_id in reached:
            reached.add(link.target.text_id)
            found.append(link)
    return found


def _targets(decisions: Sequence[Decision], *, is_released: bool) -> set[int]:
    """The texts of what these decisions became."""
    became = [each.goal or each.measure for each in decisions if each.is_released is is_released]
    return {each.text_id for each in became if each is not None}


def _proposals(text_ids: Collection[int]) -> Sequence[Proposal]:
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.text_id.in_(text_ids))
        .options(
            *queries.shown(),
            selectinload(Proposal.releases),
            selectinload(Proposal.text)
            .selectinload(Text.versions)
            .selectinload(TextVersion.redactions)
            .joinedload(Redaction.kept),
        )
        .order_by(Proposal.received_on, Proposal.id)
    ).all()


def _condensations(text_ids: Collection[int]) -> Sequence[Condensation]:
    return db.session.scalars(
        select(Condensation)
        .where(Condensation.text_id.in_(text_ids))
        .options(
            joinedload(Condensation.section),
            selectinload(Condensation.text).selectinload(Text.versions),
            joinedload(Condensation.ending),
            selectinload(Condensation.objections).options(
                joinedload(Objection.version),
                joinedload(Objection.proposal),
                selectinload(Objection.words).selectinload(Text.versions),
                selectinload(Objection.answer).selectinload(Text.versions),
            ),
            selectinload(Condensation.decisions).options(
                *_of_decisions(),
            ),
        )
        .order_by(Condensation.id)
    ).all()


def _of_decisions() -> tuple[Any, ...]:
    return (
        selectinload(Decision.answer).selectinload(Text.versions),
        joinedload(Decision.organization),
        joinedload(Decision.meeting),
        joinedload(Decision.goal),
        joinedload(Decision.measure),
        joinedload(Decision.forwarding).joinedload(Forwarding.municipality),
        joinedload(Decision.objection_reply).joinedload(ObjectionReply.reason).selectinload(Text.versions),
    )


def _referrals(condensations: Sequence[Condensation], proposals: Sequence[Proposal]) -> Sequence[Referral]:
    """Of what the public may read."""
    return db.session.scalars(
        select(Referral)
        .where(
            Referral.condensation_id.in_([each.id for each in condensations])
            | Referral.proposal_id.in_([each.id for each in proposals if each.is_released])
        )
        .options(
            joinedload(Referral.organization),
            selectinload(Referral.recommendations).options(
                joinedload(Recommendation.reason).selectinload(Text.versions),
                joinedload(Recommendation.wording).selectinload(Text.versions),
            ),
        )
        .order_by(Referral.id)
    ).all()


def _direct(proposals: Sequence[Proposal]) -> list[Decision]:
    """Decisions directly on a passage."""
    text_ids = [proposal.text_id for proposal in proposals]
    return list(
        db.session.scalars(
            select(Decision)
            .join(Decision.passage)
            .join(Passage.version)
            .where(TextVersion.text_id.in_(text_ids))
            .options(
                joinedload(Decision.passage).joinedload(Passage.version),
                *_of_decisions(),
            )
            .order_by(Decision.id)
        )
    )


def _holders(model: type[Holder], text_ids: Collection[int]) -> Sequence[Holder]:
    return db.session.scalars(
        select(model)
        .where(model.text_id.in_(text_ids))
        .options(selectinload(model.text).selectinload(Text.versions), joinedload(model.placement))
        .order_by(model.id)
    ).all()


def _editions() -> list[EditionRow]:
    """Every edition with what the bodies made of it; their documents name digests, no wordings are loaded."""
    resolved = joinedload(Adoption.resolution)
    editions = db.session.scalars(
        select(Edition)
        .options(
            joinedload(Edition.concept),
            selectinload(Edition.adoptions).options(
                joinedload(Adoption.organization),
                resolved.joinedload(Resolution.meeting),
                resolved.joinedload(Resolution.consultation).joinedload(Consultation.paper),
            ),
        )
        .order_by(Edition.cut_at, Edition.id)
    )
    return [EditionRow(edition, catalogues.parse(edition.document)) for edition in editions]


def _serving(goals: Sequence[Goal], editions: Sequence[EditionRow]) -> Sequence[Measure]:
    """The measures that serve these goals, in an edition or in the working one."""
    goal_codes = {goal.code for goal in goals}
    codes = {
        measure.code
        for row in editions
        for measure in row.catalogue.measures
        if not goal_codes.isdisjoint(measure.goals)
    }
    working = (
        select(WorkingMeasure.measure_id)
        .join(WorkingMeasureGoal)
        .where(WorkingMeasureGoal.goal_id.in_([goal.id for goal in goals]))
    )
    return db.session.scalars(
        select(Measure)
        .where(Measure.code.in_(codes) | Measure.id.in_(working))
        .options(
            selectinload(Measure.text).selectinload(Text.versions),
            joinedload(Measure.responsible),
            joinedload(Measure.placement),
        )
        .order_by(Measure.id)
    ).all()


def _changes(goals: Sequence[Goal], measures: Sequence[Measure]) -> Sequence[CatalogueChange]:
    by_goal = CatalogueChange.goal_id.in_([goal.id for goal in goals])
    by_measure = CatalogueChange.measure_id.in_([measure.id for measure in measures])
    loaded = (joinedload(CatalogueChange.goal), joinedload(CatalogueChange.measure))
    found = select(CatalogueChange).where(by_goal | by_measure).options(*loaded).order_by(CatalogueChange.id)
    return db.session.scalars(found).all()
