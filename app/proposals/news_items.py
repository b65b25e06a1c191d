"""What a mail says about each step: plain facts and an address; the wording is the template's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app import links
from app.concept.models import Adoption, Edition, Goal, Measure
from app.db import db
from app.monitoring.models import ProgressNote
from app.proposals import results
from app.proposals.models import (
    Condensation,
    Contributor,
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
from app.proposals.services import intake
from app.proposals.standing import objections_close_at
from app.texts import queries as texts
from app.texts.models import TextVersion


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
    became: str = ""  # in the concept
    objection: str = ""  # where whoever is quoted objects
    until: datetime | None = None


@dataclass(frozen=True)
class Subject:
    """What somebody follows: a contribution, goal or measure by its reference, or its name; or a table of an event."""

    reference: str
    table: str = ""
    event: str = ""


def subject_of(follow: Follow) -> Subject:
    if follow.table is not None:
        return Subject("", f"{follow.table.number}: {follow.table.title}", follow.table.event.title)
    proposal = db.session.scalars(select(Proposal).where(Proposal.text_id == follow.text_id)).one_or_none()
    if proposal is not None:
        return Subject(proposal.reference)
    result = results.find(follow.text_id)
    if isinstance(result, Goal | Measure):
        return Subject(result.code)
    return Subject(results.shown(result).name if result else "")


def followed_address(follow: Follow) -> str:
    """The page that shows all of what somebody follows: its thread, or what was said at the table."""
    if follow.table_id is not None:
        return links.absolute_url("proposals.index", tisch=follow.table_id)
    result = results.find(follow.text_id)
    if result is None:
        return links.absolute_url("threads.proposal", reference=subject_of(follow).reference)
    page = results.shown(result)
    return links.absolute_url(page.page, **page.known_by)


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


def _condensed(condensation_id: int, follow: Follow) -> Item | None:
    condensation = db.session.get(Condensation, condensation_id)
    if condensation is None:
        return None
    return _worded(NewsKind.CONDENSED, condensation, condensation.text.current, follow)


def _reworded(version_id: int, follow: Follow) -> Item | None:
    version = db.session.get(TextVersion, version_id)
    if version is None:
        return None
    condensation = db.session.scalars(select(Condensation).where(Condensation.text_id == version.text_id)).one()
    return _worded(NewsKind.REWORDED, condensation, version, follow)


def _worded(kind: NewsKind, condensation: Condensation, version: TextVersion, follow: Follow) -> Item:
    """To whoever is quoted also where to object and until when, as long as it stands so."""
    is_current = condensation.is_standing and version == condensation.text.current
    own = _own_proposal(condensation.text_id, follow) if is_current else None
    return Item(
        kind,
        _thread_of(condensation.text_id),
        wording=version.content,
        objection=links.absolute_url("objections.create", token=intake.own_link(own)) if own else "",
        until=objections_close_at(condensation, version) if own else None,
    )


def _own_proposal(text_id: int, follow: Follow) -> Proposal | None:
    """The contribution of whoever follows that flowed into it, if there is one."""
    behind = texts.texts_behind([text_id])[text_id]
    by_address = Proposal.contributor.has(
        (func.lower(Contributor.email) == follow.email) & Contributor.email_confirmed_at.is_not(None)
    )
    is_own = by_address if follow.account_id is None else Proposal.author_id == follow.account_id
    own = select(Proposal).where(Proposal.text_id.in_(behind), is_own).order_by(Proposal.id).limit(1)
    return db.session.scalars(own).one_or_none()


def _ended(ending_id: int, _follow: Follow) -> Item | None:
    ending = db.session.get(Ending, ending_id)
    if ending is None:
        return None
    condensation = ending.condensation
    return Item(
        NewsKind.ENDED,
        _thread_of(condensation.text_id),
        state=ending.kind,
        wording=condensation.text.current.content,
        answer=ending.reason,
    )


def _decided(decision_id: int, _follow: Follow) -> Item | None:
    decision = db.session.scalars(
        select(Decision)
        .where(Decision.id == decision_id)
        .options(selectinload(Decision.condensation), joinedload(Decision.passage).joinedload(Passage.version))
    ).one_or_none()
    if decision is None:
        return None
    return Item(
        NewsKind.DECIDED,
        _thread_of(decision.text_id),
        state=decision.outcome,
        became=results.shown(decision.result).name if decision.result else "",
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
    NewsKind.REWORDED: _reworded,
    NewsKind.ENDED: _ended,
    NewsKind.DECIDED: _decided,
    NewsKind.CUT: _cut,
    NewsKind.ADOPTED: _adopted,
    NewsKind.PROGRESS: _progress,
}


def _thread_of(text_id: int) -> str:
    """The thread on which this wording stands: that of the first contribution that led to it."""
    behind = texts.texts_behind([text_id])[text_id]
    proposal = db.session.scalars(
        select(Proposal)
        .where(Proposal.text_id.in_(behind))
        .order_by(Proposal.state != ProposalState.RELEASED, Proposal.id)
        .limit(1)
    ).one()
    return links.absolute_url("threads.proposal", reference=proposal.reference)
