"""Reading what waits for moderation."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import selectinload

from app.db import db
from app.events.models import Event
from app.moderation.models import BlockKind, TextBlock
from app.proposals import queries
from app.proposals.models import Proposal, ProposalState
from app.texts.models import Text

QUEUE_PAGE = 50


def waiting(filters: queries.Filters = queries.EVERYTHING, number: int = 1) -> queries.Page:
    """A page of the queue of moderation, the oldest first."""
    return queries.page_of(_waiting(filters), (Proposal.received_at, Proposal.id), number, QUEUE_PAGE)


def waiting_up_to(filters: queries.Filters, last_id: int) -> Sequence[Proposal]:
    """All of the queue that was there when somebody saw it, without what came in since."""
    return db.session.scalars(_waiting(filters).where(Proposal.id <= last_id).order_by(Proposal.id)).all()


def last_waiting(filters: queries.Filters) -> int:
    """The newest of the queue, by id; 0 when nothing waits."""
    newest = _waiting(filters).with_only_columns(func.max(Proposal.id))
    return db.session.scalar(newest) or 0


def beside_in_queue(proposal: Proposal, filters: queries.Filters) -> tuple[Proposal | None, Proposal | None]:
    """The one before and the one after it in the queue, or where it would stand."""
    place = tuple_(Proposal.received_at, Proposal.id)
    here = (proposal.received_at, proposal.id)
    before = _waiting(filters).where(place < here).order_by(Proposal.received_at.desc(), Proposal.id.desc())
    after = _waiting(filters).where(place > here).order_by(Proposal.received_at, Proposal.id)
    return db.session.scalar(before.limit(1)), db.session.scalar(after.limit(1))


def events_in_queue() -> Sequence[Event]:
    """The events from which something waits."""
    of_events = select(Proposal.event_id).where(Proposal.state == ProposalState.RECEIVED)
    return db.session.scalars(select(Event).where(Event.id.in_(of_events)).order_by(Event.starts_at.desc())).all()


def count_waiting() -> int:
    return db.session.scalars(
        select(func.count()).select_from(Proposal).where(Proposal.state == ProposalState.RECEIVED)
    ).one()


def _waiting(filters: queries.Filters) -> Select[Proposal]:
    return select(Proposal).where(Proposal.state == ProposalState.RECEIVED, *queries.conditions(filters))


def text_blocks(kind: BlockKind) -> Sequence[TextBlock]:
    """The blocks of a kind that are offered, by title."""
    statement = _text_blocks().where(TextBlock.kind == kind, TextBlock.is_active)
    return db.session.scalars(statement.order_by(TextBlock.title, TextBlock.id)).all()


def all_text_blocks() -> Sequence[TextBlock]:
    return db.session.scalars(_text_blocks().order_by(TextBlock.kind, TextBlock.title, TextBlock.id)).all()


def find_text_block(slug: str) -> TextBlock | None:
    return db.session.scalars(_text_blocks().where(TextBlock.slug == slug)).one_or_none()


def _text_blocks() -> Select[TextBlock]:
    return select(TextBlock).options(selectinload(TextBlock.text).selectinload(Text.versions))
