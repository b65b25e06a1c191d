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
from app.drafting.errors import HearingOver, NotAsked, SameWords, WordsMissing
from app.drafting.models import Hearing, Suggester, Suggestion, SuggestionKind, SuggestionState
from app.drafting.services.news import tell
from app.errors import LinkInvalid, ReasonMissing
from app.local_time import day_of
from app.mail import outbox
from app.proof import Sending
from app.structures.models import Organization
from app.texts import services as texts
from app.texts.errors import QuoteNotFound
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
    passage.check()
    if passage.version.text_id != subject.text_id:
        raise QuoteNotFound
    words = _words(kind, wording, passage)
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
        state=SuggestionState.RECEIVED,
        received_at=at,
        is_example=is_example,
    )
    if sending is not None:
        limits.count(limits.Action.SUGGESTION, sending.source)
        made.is_proven = proof.use(sending.proof)
    if sender.is_office:
        made.move_to(SuggestionState.RELEASED, at=at)
    db.session.add(made)
    db.session.flush()
    _keep_address(made, sender, at)
    log.record("drafting.suggest", made, by=sender.account)
    return made


@transactional
def publish(suggestions: Collection[Suggestion], *, by: Account | None, at: datetime | None = None) -> None:
    """Somebody looked: everyone reads them. Raises InvalidTransition, and then publishes none of them."""
    _moderate(suggestions, SuggestionState.RELEASED, reason="", by=by, at=at)


@transactional
def withhold(
    suggestions: Collection[Suggestion], *, reason: str, by: Account | None, at: datetime | None = None
) -> None:
    """Keep them from the public, for a reason that the public reads. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    tell(_moderate(suggestions, SuggestionState.WITHHELD, reason=reason.strip(), by=by, at=at))


@transactional
def confirm_email(suggester: Suggester) -> None:
    """The address belongs to whoever made the suggestion; again changes nothing."""
    lock(suggester.suggestion)
    if suggester.email_confirmed_at is None:
        suggester.email_confirmed_at = now()
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
    """The token with which its author sees what became of it."""
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


def _words(kind: SuggestionKind, wording: str, passage: Span) -> str:
    if kind is SuggestionKind.DROP:
        return ""
    words = texts.normalize(wording)
    if not words:
        raise WordsMissing
    if kind is SuggestionKind.REWORD and words == passage.quote:
        raise SameWords
    return words


def _keep_address(made: Suggestion, sender: Sender, at: datetime) -> None:
    account = sender.account
    email = account.email if account else sender.email.strip().lower()
    if sender.is_office or not email:
        return
    made.suggester = Suggester(email=email, language=sender.language, email_confirmed_at=at if account else None)
    db.session.flush()
    if account is None and not outbox.is_enough(email, "drafting/confirm_email"):
        outbox.enqueue(email, "drafting/confirm_email", language=sender.language, suggestion_id=made.id)


def _moderate(
    suggestions: Collection[Suggestion], state: SuggestionState, *, reason: str, by: Account | None, at: datetime | None
) -> list[Suggestion]:
    moderated = []
    for each in sorted(suggestions, key=lambda suggestion: suggestion.id):  # always in this order: no deadlock
        locked = lock(each)
        locked.move_to(state, at=at or now(), reason=reason)
        log.record(f"drafting.{state}", locked, by=by, fields=["state"])
        moderated.append(locked)
    return moderated


def _forget(condition: object) -> int:
    statement = select(Suggester).join(Suggestion).where(condition)  # type: ignore[arg-type]
    found = db.session.scalars(statement).all()
    for each in found:
        db.session.delete(each)
    return len(found)
