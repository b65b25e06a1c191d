"""What a mail says about each step: plain facts and an address; the wording is the template's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app import links
from app.concept.models import Adoption, Edition, Goal, Measure
from app.db import db
from app.monitoring.models import ProgressNote
from app.proposals.models import (
    Condensation,
    Decision,
    Follow,
    FollowNotice,
    NewsKind,
    Passage,
    Proposal,
    Release,
)
from app.texts import queries as texts


@dataclass(frozen=True)
class Item:
    """One step. `state`: the state, outcome, effect or progress it brought about."""

    kind: NewsKind
    address: str
    state: object = None
    reference: str = ""  # of a contribution, goal or measure
    wording: str = ""
    answer: str = ""
    body: str = ""
    edition: str = ""


@dataclass(frozen=True)
class Subject:
    """What somebody follows: a contribution, goal or measure by its reference, or a table of an event."""

    reference: str
    table: str = ""
    event: str = ""


def subject_of(follow: Follow) -> Subject:
    if follow.table is not None:
        return Subject("", f"{follow.table.number}: {follow.table.title}", follow.table.event.title)
    proposal = db.session.scalars(select(Proposal).where(Proposal.text_id == follow.text_id)).one_or_none()
    if proposal is not None:
        return Subject(proposal.reference)
    goal = db.session.scalars(select(Goal).where(Goal.text_id == follow.text_id)).one_or_none()
    measure = db.session.scalars(select(Measure).where(Measure.text_id == follow.text_id)).one_or_none()
    holder = goal or measure
    return Subject(holder.code if holder else "")


def followed_address(follow: Follow) -> str:
    """The page that shows all of what somebody follows: its thread, or what was said at the table."""
    if follow.table_id is not None:
        return links.absolute_url("proposals.index", tisch=follow.table_id)
    reference = subject_of(follow).reference
    if reference.startswith("V-"):
        return links.absolute_url("threads.proposal", reference=reference)
    return links.absolute_url("threads.goal" if reference.startswith("Z-") else "threads.measure", code=reference)


def items_of(notices: Sequence[FollowNotice]) -> list[Item]:
    """One item for each step, however many follows it reaches."""
    steps = {(notice.kind, notice.step_id): notice.follow for notice in reversed(notices)}
    items = (ITEMS[kind](step_id, follow) for (kind, step_id), follow in reversed(steps.items()))
    return [item for item in items if item is not None]


def _moderated(release_id: int, _follow: Follow) -> Item | None:
    release = db.session.get(Release, release_id)
    if release is None:
        return None
    reference = release.proposal.reference
    return Item(
        NewsKind.MODERATED,
        links.absolute_url("proposals.show", reference=reference),
        state=release.state,
        reference=reference,
        answer=release.reason,
    )


def _condensed(condensation_id: int, _follow: Follow) -> Item | None:
    condensation = db.session.get(Condensation, condensation_id)
    if condensation is None:
        return None
    return Item(NewsKind.CONDENSED, _thread_of(condensation.text_id), wording=condensation.text.current.content)


def _decided(decision_id: int, _follow: Follow) -> Item | None:
    decision = db.session.scalars(
        select(Decision)
        .where(Decision.id == decision_id)
        .options(selectinload(Decision.condensation), joinedload(Decision.passage).joinedload(Passage.version))
    ).one_or_none()
    if decision is None:
        return None
    holder = decision.goal or decision.measure
    return Item(
        NewsKind.DECIDED,
        _thread_of(decision.text_id),
        state=decision.outcome,
        reference=holder.code if holder else "",
        answer=decision.answer.current.content,
        body=decision.organization.name if decision.organization else "",
    )


def _cut(edition_id: int, follow: Follow) -> Item | None:
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        return None
    return Item(NewsKind.CUT, followed_address(follow), edition=edition.title)


def _adopted(adoption_id: int, follow: Follow) -> Item | None:
    adoption = db.session.get(Adoption, adoption_id)
    if adoption is None:
        return None
    return Item(
        NewsKind.ADOPTED,
        followed_address(follow),
        state=adoption.effect,
        body=adoption.organization.name,
        edition=adoption.edition.title,
    )


def _progress(note_id: int, _follow: Follow) -> Item | None:
    note = db.session.get(ProgressNote, note_id)
    if note is None:
        return None
    return Item(
        NewsKind.PROGRESS,
        links.absolute_url("threads.measure", code=note.measure.code),
        state=note.progress,
        reference=note.measure.code,
        wording=note.measure.text.current.content,
        answer=note.text.current.content if note.text else "",
    )


ITEMS: dict[NewsKind, Callable[[int, Follow], Item | None]] = {
    NewsKind.MODERATED: _moderated,
    NewsKind.CONDENSED: _condensed,
    NewsKind.DECIDED: _decided,
    NewsKind.CUT: _cut,
    NewsKind.ADOPTED: _adopted,
    NewsKind.PROGRESS: _progress,
}


def _thread_of(text_id: int) -> str:
    """The thread on which this wording stands: that of the first contribution that led to it."""
    behind = texts.texts_behind([text_id])[text_id]
    proposal = db.session.scalars(
        select(Proposal).where(Proposal.text_id.in_(behind)).order_by(Proposal.id).limit(1)
    ).one()
    return links.absolute_url("threads.proposal", reference=proposal.reference)
