"""What people are asked to agree to: new wordings, and a consent taken back."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.registrations.consent_words import DEFAULT_WORDS
from app.registrations.models import Consent, ConsentPurpose, ConsentText, Registration
from app.registrations.questionnaire import current_consents
from app.registrations.services import needs


@transactional
def write_consent(
    event: Event, purpose: ConsentPurpose, text: str, *, by: Account | None, language: str = "de"
) -> ConsentText:
    """Ask in these words from now on; earlier versions stay with those who agreed to them."""
    event = lock(event)
    newest = select(func.max(ConsentText.version)).where(
        ConsentText.event_id == event.id, ConsentText.purpose == purpose, ConsentText.language == language
    )
    version = (db.session.scalar(newest) or 0) + 1
    consent_text = ConsentText(
        event=event, purpose=purpose, language=language, version=version, text=text, created_at=now()
    )
    db.session.add(consent_text)
    log.record("registrations.write_consent", consent_text, by=by)
    return consent_text


@transactional
def ask_no_more(event: Event, purpose: ConsentPurpose, *, by: Account | None) -> None:
    """Nobody is asked for this consent any more; what was agreed to stays."""
    event = lock(event)
    statement = select(ConsentText).where(
        ConsentText.event_id == event.id, ConsentText.purpose == purpose, ConsentText.retired_at.is_(None)
    )
    for text in db.session.scalars(statement):
        text.retired_at = now()
        log.record("registrations.ask_no_more", text, by=by, fields=["retired_at"])


@transactional
def texts_for(event: Event, purposes: Collection[ConsentPurpose], language: str = "de") -> list[ConsentText]:
    """The current wordings; whoever is asked first makes those of the house the event's own."""
    if not purposes:
        return []
    event = lock(event)
    current = current_consents(event.id, language)
    return [
        current.get(purpose) or write_consent(event, purpose, str(DEFAULT_WORDS[purpose]), by=None)
        for purpose in sorted(purposes)
    ]


@transactional
def withdraw_consent(registration: Registration, purpose: ConsentPurpose) -> None:
    """Take back what was agreed to; twice is as good as once. What it allowed to keep goes with it."""
    lock(registration.event)
    if purpose is ConsentPurpose.NEEDS:
        needs.forget(registration)
    for consent in given(registration, purpose):
        consent.withdraw(now())
        log.record("registrations.withdraw_consent", consent, fields=["withdrawn_at"])


def given(registration: Registration, purpose: ConsentPurpose) -> list[Consent]:
    """What holds now."""
    return [
        consent for consent in registration.consents if consent.text.purpose is purpose and consent.withdrawn_at is None
    ]
