"""How an event words its letters, and a sample of one."""

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.mail import outbox
from app.registrations import letter_queries
from app.registrations.errors import WordingRefused
from app.registrations.letters import problem_with
from app.registrations.models import EventWording, LetterKind


@transactional
def reword(
    event: Event, letter: LetterKind, *, language: str, subject: str, body: str, by: Account | None
) -> EventWording | None:
    """From now on this letter says this in this language; None when it said so already.

    Raises WordingRefused for an unknown placeholder, or when the link that people need is missing.
    """
    problem = problem_with(letter, subject, body)
    if problem is not None:
        raise WordingRefused(str(problem.message))
    event = lock(event)
    latest = letter_queries.find_wording(event.id, letter, language)
    if latest is not None and (latest.subject, latest.body) == (subject, body):
        return None
    wording = EventWording(
        event=event,
        letter=letter,
        language=language,
        version=latest.version + 1 if latest else 1,
        subject=subject,
        body=body,
        written_by_id=by.id if by else None,
        written_at=now(),
    )
    db.session.add(wording)
    log.record("registrations.reword", wording, by=by, fields=["subject", "body"])
    return wording


@transactional
def reset_wording(event: Event, letter: LetterKind, *, language: str, by: Account | None) -> None:
    """Back to the words every event starts with; the versions stay."""
    event = lock(event)
    latest = letter_queries.find_wording(event.id, letter, language)
    if latest is None or latest.is_default:
        return
    wording = EventWording(
        event=event,
        letter=letter,
        language=language,
        version=latest.version + 1,
        written_by_id=by.id if by else None,
        written_at=now(),
    )
    db.session.add(wording)
    log.record("registrations.reset_wording", wording, by=by)


@transactional
def send_sample(event: Event, letter: LetterKind, *, language: str, by: Account) -> None:
    """The letter with invented details to the organiser's own address."""
    outbox.enqueue(by.email, "registrations/sample", language=language, event_id=event.id, letter=letter.value)
    log.record("registrations.send_sample", event, by=by)
