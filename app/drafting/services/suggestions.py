"""Suggestions come in and are looked at before anybody reads them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import limits, links, proof
from app.accounts.models import Account
from app.audit import log
from app.concept.services.working import LANGUAGE
from app.concept.subjects import Subject
from app.db import db, lock, now, transactional
from app.drafting.errors import AlreadyAnswered, HearingOver, NotAsked, SameWords, WordsMissing
from app.drafting.models import Hearing, Suggester, Suggestion, SuggestionKind
from app.drafting.services.news import confirm_receipt, tell
from app.errors import LinkInvalid, ReasonMissing
from app.local_time import day_of
from app.mail import outbox
from app.proof import Sending
from app.structures.models import Organization
from app.texts import services as texts
from app.texts.errors import QuoteNotFound
from app.texts.moderated import ModerationState
from app.texts.services import Span

OWN_LINK = "suggestion"
CONFIRM_LINK = "suggestion-address"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who suggests: somebody, with or without an account; a body somebody acts for; or the office itself."""

    account: Account | None = None
    organization: Organization | None = None
    is_office: bool = False
    email: str = ""
    language: str = LANGUAGE


@transactional
def suggest(
    subject: Subject,
    passage: Span,
    *,
    kind: SuggestionKind,
    wording: str = "",
    reason: str,
    hearing: Hearing | None,
    sender: Sender,
    sending: Sending | None = None,
    is_example: bool = False,
    at: datetime | None = None,
) -> Suggestion:
    """Take in what somebody suggests to a passage of a text; nobody reads it before it was published.

    What the office recommends is public at once, also when no draft is laid out. Raises HearingOver, NotAsked,
    QuoteNotFound, WordsMissing, SameWords, TextEmpty without a reason, LimitReached.
    """
    at = at or now()
    _check_asked(hearing, sender, at)
    words = _words(subject, passage, kind, wording)
    made = Suggestion(
        hearing=hearing,
        version=passage.version,
        start=passage.start,
        stop=passage.end,
        kind=kind,
        wording=texts.write(words, language=LANGUAGE).text if words else None,
        reason=texts.write(reason, language=LANGUAGE).text,
        organization=sender.organization,
        is_office=sender.is_office,
        author_id=sender.account.id if sender.account else None,
        state=ModerationState.RELEASED if sender.is_office else ModerationState.RECEIVED,
        moderated_at=at if sender.is_office else None,
        is_proven=_is_proven(sending),
        received_at=at,
        is_example=is_example,
    )
    _keep(made, sender)
    return made


@transactional
def publish(suggestions: Collection[Suggestion], *, by: Account | None, at: datetime | None = None) -> None:
    """Somebody looked: everyone reads them. Raises InvalidTransition, and then publishes none of them."""
    _moderate(suggestions, ModerationState.RELEASED, reason="", by=by, at=at)


@transactional
def withhold(
    suggestions: Collection[Suggestion], *, reason: str, by: Account | None, at: datetime | None = None
) -> None:
    """Keep them from the public, for a reason that the public reads. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    tell(_moderate(suggestions, ModerationState.WITHHELD, reason=reason.strip(), by=by, at=at))


@transactional
def withdraw(suggestion: Suggestion) -> None:
    """Its author wants it no longer: nobody reads it, and the address goes. It stays, with what it was about.

    Raises AlreadyAnswered for one that was answered or withheld; a second time changes nothing.
    """
    suggestion = lock(suggestion)
    db.session.expire(suggestion, ["dispositions"])
    if suggestion.state is ModerationState.WITHDRAWN:
        return
    if not suggestion.may_be_withdrawn:
        raise AlreadyAnswered
    suggestion.move_to(ModerationState.WITHDRAWN)
    if suggestion.suggester is not None:
        db.session.delete(suggestion.suggester)
    log.record("drafting.withdraw", suggestion, fields=["state"])


@transactional
def confirm_email(suggester: Suggester) -> None:
    """The address belongs to whoever made the suggestion, who gets its own link now; again changes nothing."""
    lock(suggester.suggestion)
    if suggester.email_confirmed_at is None:
        suggester.email_confirmed_at = now()
        confirm_receipt(suggester.suggestion)
        log.record("drafting.confirm_email", suggester)


@transactional
def forget_unconfirmed_before(at: datetime) -> int:
    """Remove addresses nobody confirmed of suggestions received before then; returns how many."""
    return _forget(Suggester.email_confirmed_at.is_(None) & (Suggestion.received_at <= at))


@transactional
def forget_suggesters_before(at: datetime) -> int:
    """Remove addresses of suggestions received before then; returns how many."""
    return _forget(Suggestion.received_at <= at)


def own_link(suggestion: Suggestion) -> str:
    """The token with which its author sees what became of it, or withdraws it."""
    return links.link_to(suggestion, OWN_LINK)


def read_own_link(token: str) -> Suggestion:
    """Raises LinkInvalid."""
    return links.row_behind(token, OWN_LINK, Suggestion)


def confirmation_link(suggestion: Suggestion) -> str:
    return links.link_to(suggestion, CONFIRM_LINK)


def read_confirmation_link(token: str) -> Suggester:
    """Raises LinkInvalid, also when the address was not confirmed in time or was erased."""
    suggester = links.row_behind(token, CONFIRM_LINK, Suggestion).suggester
    if suggester is None:
        raise LinkInvalid
    return suggester


def _check_asked(hearing: Hearing | None, sender: Sender, at: datetime) -> None:
    if sender.is_office:
        return
    if hearing is None or not hearing.is_open(day_of(at)):
        raise HearingOver
    asked = {body.organization_id for body in hearing.bodies}
    if asked and (sender.organization is None or sender.organization.id not in asked):
        raise NotAsked


def _words(subject: Subject, passage: Span, kind: SuggestionKind, wording: str) -> str:
    """What should stand there; empty where nothing should."""
    passage.check()
    if passage.version.text_id != subject.text_id:
        raise QuoteNotFound
    if kind is SuggestionKind.DROP:
        return ""
    words = texts.normalize(wording)
    if not words:
        raise WordsMissing
    if kind is SuggestionKind.REWORD and words == passage.quote:
        raise SameWords
    return words


def _is_proven(sending: Sending | None) -> bool | None:
    if sending is None:
        return None
    limits.count(limits.Action.SUGGESTION, sending.source)
    return proof.use(sending.proof)


def _keep(made: Suggestion, sender: Sender) -> None:
    """Also where to write to, and write: to an account that it is here, else to confirm the address."""
    account = sender.account
    email = account.email if account else sender.email.strip().lower()
    if email and not sender.is_office:
        confirmed_at = made.received_at if account else None
        made.suggester = Suggester(email=email, language=sender.language, email_confirmed_at=confirmed_at)
    db.session.add(made)
    db.session.flush()
    confirm_receipt(made)
    if made.suggester and account is None and not outbox.is_enough(email, "drafting/confirm_email"):
        outbox.enqueue(email, "drafting/confirm_email", language=sender.language, suggestion_id=made.id)
    log.record("drafting.suggest", made, by=account)


def _moderate(
    suggestions: Collection[Suggestion], state: ModerationState, *, reason: str, by: Account | None, at: datetime | None
) -> list[Suggestion]:
    moderated = []
    for each in sorted(suggestions, key=lambda suggestion: suggestion.id):  # always in this order: no deadlock
        locked = lock(each)
        locked.move_to(state, reason=reason)
        locked.moderated_at = at or now()
        log.record(f"drafting.{state}", locked, by=by, fields=["state"])
        moderated.append(locked)
    return moderated


def _forget(condition: object) -> int:
    statement = select(Suggester).join(Suggestion).where(condition)  # type: ignore[arg-type]
    found = db.session.scalars(statement).all()
    for each in found:
        db.session.delete(each)
    return len(found)
