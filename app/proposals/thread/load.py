"""Load the rows of a thread: a constant number of queries, however many voices joined."""

from collections.abc import Collection, Sequence
from dataclasses import replace
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
    GoodPractice,
    Measure,
    MunicipalIdea,
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
    Result,
)
from app.proposals.results import with_result
from app.proposals.thread.build import EditionRow, Rows, build
from app.proposals.thread.steps import Thread
from app.texts import queries as texts
from app.texts.models import LinkKind, Redaction, Text, TextVersion, ThreadLink

Holder = TypeVar("Holder", Goal, Measure, MunicipalIdea, GoodPractice)


def of_proposal(proposal: Proposal) -> Thread:
    """What became of a contribution, with the voices it was joined with. What is not released yet stays out."""
    ahead = texts.texts_ahead([proposal.text_id])[proposal.text_id]
    condensed = db.session.scalars(select(Condensation.text_id).where(Condensation.text_id.in_(ahead))).all()
    joined = set().union(*texts.texts_behind(condensed).values())
    rows = _rows({*ahead, *joined}, is_public=True)
    return build(rows, only_since_acceptance=True)


def of_result(result: Result) -> Thread:
    """Where it comes from, where it stands and what became of it: all wordings, resolutions and measures."""
    behind, ahead = texts.texts_behind([result.text_id]), texts.texts_ahead([result.text_id])
    return build(_rows(behind[result.text_id] | ahead[result.text_id], is_public=False))


def _rows(text_ids: Collection[int], *, is_public: bool) -> Rows:
    proposals, condensations = _proposals(text_ids), _condensations(text_ids)
    decisions = [decision for each in condensations for decision in each.decisions] + _direct(proposals)
    links = texts.links_among(text_ids)
    if is_public:
        began = {*(each.text_id for each in proposals), *(each.text_id for each in condensations)}
        links = _reached(_told(links, decisions), began)
        text_ids = {link.target.text_id for link in links if link.kind is not LinkKind.CONDENSED}
    said = Rows(
        links=links,
        proposals=proposals,
        condensations=condensations,
        referrals=_referrals(condensations, proposals),
        decisions=[decision for decision in decisions if decision.is_released],
    )
    return _with_concept(said, text_ids, is_public=is_public)


def _told(links: Sequence[ThreadLink], decisions: Sequence[Decision]) -> list[ThreadLink]:
    """Without what was accepted by an answer that nobody released yet."""
    released = {decision.text_id for decision in decisions if decision.is_released}
    waiting = _targets(decisions, is_released=False) - _targets(decisions, is_released=True)
    return [
        link
        for link in links
        if link.kind is not LinkKind.ACCEPTED
        or (link.source.text_id in released and link.target.text_id not in waiting)
    ]


def _with_concept(said: Rows, text_ids: Collection[int], *, is_public: bool) -> Rows:
    """The same with what these texts are the wordings of, and all that came of it."""
    goals, measures = _holders(Goal, text_ids), _holders(Measure, text_ids)
    ideas, practice = _holders(MunicipalIdea, text_ids), _holders(GoodPractice, text_ids)
    if not any((goals, measures, ideas, practice)):
        return said
    editions = _editions()
    serving = _serving(goals, editions)
    reached = {measure.id: measure for measure in [*measures, *serving]}
    return replace(
        said,
        goals=goals,
        measures=measures,
        ideas=ideas,
        practice=practice,
        serving=[measure for measure in serving if measure not in measures],
        editions=editions,
        changes=_changes(goals, measures),
        descents=descents_among([*(goal.code for goal in goals), *(measure.code for measure in measures)]),
        suggestions=[] if is_public else drafting.taken_into(text_ids),
        notes=monitoring.notes_of(list(reached)) if reached else [],
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
    became = [each.result for each in decisions if each.is_released is is_released]
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
        *with_result(),
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
    place: Any = model.placement if issubclass(model, Goal | Measure) else model.section
    return db.session.scalars(
        select(model)
        .where(model.text_id.in_(text_ids))
        .options(selectinload(model.text).selectinload(Text.versions), joinedload(place))
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
