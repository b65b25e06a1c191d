"""Reading what waits for moderation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.accounts import queries as accounts
from app.accounts.models import Account, Role
from app.capture.queries import closed_tables
from app.db import db, now
from app.events.models import Event
from app.local_time import day_of, end_of
from app.moderation import periods, signals
from app.moderation.models import Appeal, BlockKind, Report, TextBlock, WatchWord
from app.proposals import queries
from app.proposals.models import APPEAL, APPEAL_UNCHANGED, Proposal, ProposalState, Release
from app.proposals.news import UNDO_WITHIN
from app.texts.models import KeptPassage, Redaction, Text, TextVersion

QUEUE_PAGE = 50


@dataclass(frozen=True)
class QueueFilters(queries.Filters):
    """What the queue is narrowed to, and in which order it stands."""

    assigned_to: int = 0  # an account
    is_unassigned: bool = False
    is_overdue: bool = False
    by_signals: bool = False
    of_closed_tables: bool = False


@dataclass(frozen=True)
class Reported:
    """A contribution, and what readers say is wrong with it."""

    proposal: Proposal
    reports: Sequence[Report]


EVERYTHING = QueueFilters()


def waiting(filters: QueueFilters = EVERYTHING, number: int = 1) -> queries.Page:
    """A page of the queue of moderation: who waits longest comes first, so what is overdue leads."""
    statement = _waiting(filters).options(joinedload(Proposal.assigned_to))
    if filters.by_signals:
        return _page_of(signals.ranked(_waiting(filters)), number)
    return queries.page_of(statement, (Proposal.received_at, Proposal.id), number, QUEUE_PAGE)


def waiting_up_to(filters: QueueFilters, last_id: int) -> Sequence[Proposal]:
    """All of the queue that was there when somebody saw it, without what came in since."""
    return db.session.scalars(_waiting(filters).where(Proposal.id <= last_id).order_by(Proposal.id)).all()


def last_waiting(filters: QueueFilters) -> int:
    """The newest of the queue, by id; 0 when nothing waits."""
    newest = _waiting(filters).with_only_columns(func.max(Proposal.id))
    return db.session.scalar(newest) or 0


def beside_in_queue(proposal: Proposal, filters: QueueFilters) -> tuple[Proposal | None, Proposal | None]:
    """The one before and the one after it in the queue, or where it would stand."""
    if filters.by_signals:
        return _beside(proposal, signals.ranked(_waiting(filters)))
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


def untranslated(known: Collection[str], most: int) -> list[tuple[int, str, str]]:
    """Id, words and language of contributions in one of these languages without a translation, the oldest first."""
    statement = (
        select(Proposal.id, TextVersion.content, TextVersion.language)
        .join(TextVersion, (TextVersion.text_id == Proposal.text_id) & (TextVersion.number == 1))
        .where(
            Proposal.translation_id.is_(None),
            Proposal.state.in_([ProposalState.RECEIVED, ProposalState.RELEASED]),
            TextVersion.language.in_(known),
        )
    )
    rows = db.session.execute(statement.order_by(Proposal.received_at, Proposal.id).limit(most))
    return [(proposal_id, content, language) for proposal_id, content, language in rows]


def colleagues() -> Sequence[Account]:
    """Who may be asked to review, by name."""
    roles = {Role.MODERATOR, Role.ORGANISER}
    return [account for account in accounts.all_accounts() if account.is_active and account.roles & roles]


def _waiting(filters: QueueFilters) -> Select[Proposal]:
    statement = select(Proposal).where(Proposal.state == ProposalState.RECEIVED, *queries.conditions(filters))
    if filters.assigned_to:
        statement = statement.where(Proposal.assigned_to_id == filters.assigned_to)
    if filters.is_unassigned:
        statement = statement.where(Proposal.assigned_to_id.is_(None))
    if filters.of_closed_tables:
        statement = statement.where(Proposal.table_id.in_(closed_tables()))
    if filters.is_overdue:
        end = end_of(periods.last_day_overdue(day_of(now())))
        statement = statement.where(Proposal.received_at < end)
    return statement


def _page_of(ids: Sequence[int], number: int) -> queries.Page:
    last = max(1, -(-len(ids) // QUEUE_PAGE))
    number = min(max(number, 1), last)
    chosen = ids[(number - 1) * QUEUE_PAGE : number * QUEUE_PAGE]
    statement = select(Proposal).where(Proposal.id.in_(chosen)).options(*queries.shown())
    by_id = {each.id: each for each in db.session.scalars(statement.options(joinedload(Proposal.assigned_to)))}
    return queries.Page([by_id[each] for each in chosen], number, last, len(ids))


def _beside(proposal: Proposal, ids: Sequence[int]) -> tuple[Proposal | None, Proposal | None]:
    place = ids.index(proposal.id) if proposal.id in ids else 0
    before = db.session.get(Proposal, ids[place - 1]) if place else None
    following = [each for each in ids[place:] if each != proposal.id]
    return before, db.session.get(Proposal, following[0]) if following else None


def standing_releases(proposal: Proposal) -> list[Release]:
    """The steps of moderation without those that were taken back, oldest first."""
    standing: list[Release] = []
    for release in proposal.releases:
        if release.undoes_id is None:
            standing.append(release)
        else:
            standing.pop()
    return standing


def is_undoable(step: Release, at: datetime) -> bool:
    may = step.state in {ProposalState.RELEASED, ProposalState.WITHHELD}
    may &= step.role not in {APPEAL, APPEAL_UNCHANGED}
    return may and step.undoes_id is None and step.made_at + UNDO_WITHIN > at


def undoable(account: Account, at: datetime) -> Sequence[Release]:
    """The last step this account made, on one contribution or several at once, while it can be taken back."""
    undoing = aliased(Release)
    later = aliased(Release)
    mine = (
        select(Release)
        .where(
            Release.made_by_id == account.id,
            Release.made_at > at - UNDO_WITHIN,
            Release.state.in_([ProposalState.RELEASED, ProposalState.WITHHELD]),
            Release.role.not_in([APPEAL, APPEAL_UNCHANGED]),
            Release.undoes_id.is_(None),
            ~exists().where(undoing.undoes_id == Release.id),
            ~exists().where(later.proposal_id == Release.proposal_id, later.id > Release.id),
        )
        .options(joinedload(Release.proposal))
        .order_by(Release.id)
    )
    steps = db.session.scalars(mine).all()
    return [step for step in steps if step.made_at == steps[-1].made_at]


def open_appeal(proposal: Proposal) -> Appeal | None:
    return db.session.scalars(
        select(Appeal).where(Appeal.proposal_id == proposal.id, Appeal.answered_at.is_(None))
    ).one_or_none()


def appeals_of(proposal: Proposal) -> Sequence[Appeal]:
    """All there were, oldest first."""
    return db.session.scalars(select(Appeal).where(Appeal.proposal_id == proposal.id).order_by(Appeal.id)).all()


def open_appeals() -> Sequence[Appeal]:
    """All that wait for an answer, the oldest first, with the contributions they are about."""
    statement = select(Appeal).where(Appeal.answered_at.is_(None)).options(*_with_proposal(Appeal.proposal))
    return db.session.scalars(statement.order_by(Appeal.made_at, Appeal.id)).all()


def get_appeal(appeal_id: int) -> Appeal | None:
    """One that waits for an answer."""
    statement = select(Appeal).where(Appeal.id == appeal_id, Appeal.answered_at.is_(None))
    return db.session.scalars(statement.options(*_with_proposal(Appeal.proposal))).one_or_none()


def reported() -> Sequence[Reported]:
    """Contributions with open reports: most reports first; none is hidden by that."""
    statement = select(Report).where(Report.answered_at.is_(None)).options(*_with_proposal(Report.proposal))
    by_proposal: dict[int, list[Report]] = {}
    for made in db.session.scalars(statement.order_by(Report.created_at, Report.id)):
        by_proposal.setdefault(made.proposal_id, []).append(made)
    ranked = sorted(by_proposal.values(), key=lambda made: (-len(made), made[0].created_at))
    return [Reported(made[0].proposal, made) for made in ranked]


def open_reports(proposal: Proposal) -> Sequence[Report]:
    statement = select(Report).where(Report.proposal_id == proposal.id, Report.answered_at.is_(None))
    return db.session.scalars(statement.order_by(Report.id)).all()


def watch_words() -> Sequence[WatchWord]:
    return db.session.scalars(select(WatchWord).order_by(WatchWord.word)).all()


def get_watch_word(word_id: int) -> WatchWord | None:
    return db.session.get(WatchWord, word_id)


def count_elsewhere() -> tuple[int, int]:
    """How many appeals, and how many reported contributions, wait for an answer; one query."""
    open_appeals = select(func.count()).where(Appeal.answered_at.is_(None)).scalar_subquery()
    reported = select(func.count(Report.proposal_id.distinct())).where(Report.answered_at.is_(None)).scalar_subquery()
    found = db.session.execute(select(open_appeals, reported)).one()
    return found[0], found[1]


def _with_proposal(relationship: InstrumentedAttribute[Proposal]) -> tuple[ORMOption, ...]:
    """A contribution as the desk shows it, with what is blackened in it."""
    versions = joinedload(relationship).selectinload(Proposal.text).selectinload(Text.versions)
    return (
        versions.selectinload(TextVersion.redactions).joinedload(Redaction.kept),
        joinedload(relationship).joinedload(Proposal.table),
        joinedload(relationship).joinedload(Proposal.event),
        joinedload(relationship).joinedload(Proposal.organization),
        joinedload(relationship).selectinload(Proposal.contributor),
        joinedload(relationship).selectinload(Proposal.translation).selectinload(Text.versions),
    )


def last_answer_at(proposal: Proposal) -> datetime | None:
    return db.session.scalar(select(func.max(Appeal.answered_at)).where(Appeal.proposal_id == proposal.id))


def deciders(proposal: Proposal) -> set[int]:
    """The accounts that did what an appeal is about: they withheld it, or blackened what is still kept."""
    withheld = [step.made_by_id for step in standing_releases(proposal) if step.state is ProposalState.WITHHELD]
    text_ids = [proposal.text_id, *([proposal.translation_id] if proposal.translation_id else [])]
    blackened = db.session.scalars(
        select(KeptPassage.made_by_id)
        .join(Redaction)
        .join(TextVersion)
        .where(TextVersion.text_id.in_(text_ids), KeptPassage.words != "")
    )
    return {account_id for account_id in (*withheld[-1:], *blackened) if account_id is not None}


def count_appeals_for(account: Account) -> int:
    """The open appeals that this person may answer: not about what they decided themselves."""
    open_ones = select(Appeal).where(Appeal.answered_at.is_(None)).options(*_with_proposal(Appeal.proposal))
    return sum(account.id not in deciders(appeal.proposal) for appeal in db.session.scalars(open_ones))


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
