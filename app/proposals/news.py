"""What happened on the thread lately, and who follows it and was not told yet: derived from the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.concept import catalogue as catalogues
from app.concept.models import Edition, Effect
from app.db import db
from app.monitoring import queries as monitoring
from app.proposals.models import (
    APPEAL_UNCHANGED,
    Condensation,
    Decision,
    Ending,
    Follow,
    FollowNotice,
    NewsKind,
    Passage,
    Proposal,
    ProposalState,
    Release,
)
from app.proposals.standing import STANDING
from app.texts import queries as texts
from app.texts.models import TextVersion

UNDO_WITHIN = timedelta(minutes=10)  # so long a step of moderation can be taken back; then people are told


@dataclass(frozen=True)
class News:
    """A step, the row that says so, and the texts it is about."""

    kind: NewsKind
    step_id: int
    at: datetime
    text_ids: frozenset[int]


def since(start: datetime, at: datetime) -> list[News]:
    """Every step from `start` on that is to be told at `at`: a wording once it stood for a while.

    What moderation did, once it can no longer be taken back.
    """
    return sorted(
        [
            *_moderated(start, at - UNDO_WITHIN),
            *_condensed(start, at),
            *_reworded(start, at),
            *_ended(start),
            *_decided(start),
            *_editions(start),
            *_progress(start),
        ],
        key=lambda news: (news.at, news.step_id),
    )


def untold(news: Sequence[News]) -> list[tuple[Follow, News]]:
    """Which active follow has still to hear of which step: one of its text, or of a text that came out of it.

    Nobody hears of what happened before they followed.
    """
    origins = texts.texts_behind({text_id for each in news for text_id in each.text_ids})
    follows = _following({text_id for behind in origins.values() for text_id in behind})
    told = _told(follow.id for follows_of_text in follows.values() for follow in follows_of_text)
    found: dict[tuple[int, NewsKind, int], tuple[Follow, News]] = {}
    for each in news:
        for text_id in set().union(*(origins[text_id] for text_id in each.text_ids)):
            for follow in follows.get(text_id, ()):
                key = (follow.id, each.kind, each.step_id)
                if key not in told and follow.created_at <= each.at:
                    found.setdefault(key, (follow, each))
    return sorted(found.values(), key=lambda pair: (pair[0].id, pair[1].at, pair[1].step_id))


def _moderated(start: datetime, until: datetime) -> Iterator[News]:
    undoing = aliased(Release)
    rows = db.session.execute(
        select(Release.id, Release.made_at, Proposal.text_id)
        .join(Proposal)
        .where(
            Release.made_at >= start,
            Release.made_at <= until,
            Release.state.in_([ProposalState.RELEASED, ProposalState.WITHHELD]),
            Release.role != APPEAL_UNCHANGED,
            Release.undoes_id.is_(None),
            ~exists().where(undoing.undoes_id == Release.id),
        )
    )
    return (News(NewsKind.MODERATED, step_id, at, frozenset({text_id})) for step_id, at, text_id in rows)


def _condensed(start: datetime, at: datetime) -> Iterator[News]:
    rows = db.session.execute(
        select(Condensation.id, Condensation.made_at, Condensation.text_id, Ending.made_at)
        .outerjoin(Ending)
        .where(Condensation.made_at >= start, Condensation.made_at <= at - STANDING)
    )
    for step_id, made_at, text_id, ended_at in rows:
        if ended_at is None or ended_at >= made_at + STANDING:
            yield News(NewsKind.CONDENSED, step_id, made_at, frozenset({text_id}))


def _reworded(start: datetime, at: datetime) -> Iterator[News]:
    """The next wording of a condensation; not if another took its place before anybody was told."""
    newer = aliased(TextVersion)
    rows = db.session.execute(
        select(
            TextVersion.id,
            TextVersion.created_at,
            TextVersion.text_id,
            Condensation.made_at,
            newer.created_at,
            Ending.made_at,
        )
        .join(Condensation, Condensation.text_id == TextVersion.text_id)
        .outerjoin(newer, (newer.text_id == TextVersion.text_id) & (newer.number == TextVersion.number + 1))
        .outerjoin(Ending, Ending.condensation_id == Condensation.id)
        .where(TextVersion.number > 1, TextVersion.created_at >= start, TextVersion.created_at <= at - STANDING)
    )
    for step_id, worded_at, text_id, made_at, next_at, ended_at in rows:
        until = min((each for each in (next_at, ended_at) if each), default=None)
        stood = until is None or until >= worded_at + STANDING
        if stood and worded_at >= made_at + STANDING:  # else people hear of it as the first wording
            yield News(NewsKind.REWORDED, step_id, worded_at, frozenset({text_id}))


def _ended(start: datetime) -> Iterator[News]:
    """What was dissolved or split before anybody was told of it is no news."""
    rows = db.session.execute(
        select(Ending.id, Ending.made_at, Condensation.text_id, Condensation.made_at)
        .join(Condensation)
        .where(Ending.made_at >= start)
    )
    for step_id, ended_at, text_id, made_at in rows:
        if ended_at >= made_at + STANDING:
            yield News(NewsKind.ENDED, step_id, ended_at, frozenset({text_id}))


def _decided(start: datetime) -> Iterator[News]:
    decisions = db.session.scalars(
        select(Decision)
        .where(Decision.released_at >= start)
        .options(joinedload(Decision.condensation), joinedload(Decision.passage).joinedload(Passage.version))
    )
    for decision in decisions:
        assert decision.released_at is not None, "selected by it"
        yield News(NewsKind.DECIDED, decision.id, decision.released_at, frozenset({decision.text_id}))


def _editions(start: datetime) -> Iterator[News]:
    """Wordings cut into an edition, and what the bodies made of it, as long as a wording is not adopted for good."""
    editions = db.session.scalars(
        select(Edition).options(selectinload(Edition.adoptions)).order_by(Edition.cut_at, Edition.id)
    ).all()
    settled: set[str] = set()  # digests of wordings that a body adopted finally, in an edition before
    for edition in editions:
        named = catalogues.digests(edition.document)
        recent = [adoption for adoption in edition.adoptions if adoption.recorded_at >= start]
        if edition.cut_at >= start or recent:
            text_ids = _texts_of(named - settled)
            if edition.cut_at >= start:
                yield News(NewsKind.CUT, edition.id, edition.cut_at, text_ids)
            for adoption in recent:
                yield News(NewsKind.ADOPTED, adoption.id, adoption.recorded_at, text_ids)
        if any(adoption.effect is Effect.FINAL for adoption in edition.adoptions):
            settled |= named


def _texts_of(digests: set[str]) -> frozenset[int]:
    return frozenset(db.session.scalars(select(TextVersion.text_id).where(TextVersion.digest.in_(digests))))


def _progress(start: datetime) -> Iterator[News]:
    for note in monitoring.notes_since(start):
        goals = note.measure.placement.goals if note.measure.placement else []
        text_ids = {note.measure.text_id, *(served.goal.text_id for served in goals)}
        yield News(NewsKind.PROGRESS, note.id, note.recorded_at, frozenset(text_ids))


def _following(text_ids: set[int]) -> dict[int, list[Follow]]:
    """Active follows by text: of the text itself, or of the table where it was said."""
    said = select(Proposal.text_id, Proposal.table_id).where(
        Proposal.text_id.in_(text_ids), Proposal.table_id.is_not(None)
    )
    tables = dict(db.session.execute(said).all())
    active = db.session.scalars(
        select(Follow)
        .where(
            Follow.confirmed_at.is_not(None),
            Follow.ended_at.is_(None),
            or_(Follow.text_id.in_(text_ids), Follow.table_id.in_(set(tables.values()))),
        )
        .options(selectinload(Follow.account))
        .order_by(Follow.id)
    ).all()
    return {
        text_id: [
            follow
            for follow in active
            if follow.text_id == text_id or (follow.table_id is not None and follow.table_id == tables.get(text_id))
        ]
        for text_id in text_ids
    }


def _told(follow_ids: Iterable[int]) -> set[tuple[int, NewsKind, int]]:
    rows = db.session.execute(
        select(FollowNotice.follow_id, FollowNotice.kind, FollowNotice.step_id).where(
            FollowNotice.follow_id.in_(set(follow_ids))
        )
    )
    return {(follow_id, kind, step_id) for follow_id, kind, step_id in rows}
