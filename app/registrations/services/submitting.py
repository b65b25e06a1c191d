"""What a form hands in: a registration or a change together with what was agreed to, in one commit."""

from collections.abc import Collection
from typing import Unpack

from app.db import transactional
from app.events.models import Event
from app.registrations.models import ConsentPurpose, Registration
from app.registrations.questionnaire import current_consents
from app.registrations.services.consents import texts_for
from app.registrations.services.details import Party
from app.registrations.services.parties import change
from app.registrations.services.registering import register


@transactional
def submit(
    event: Event,
    *,
    name: str,
    email: str | None,
    persons: int,
    agreed: Collection[ConsentPurpose],
    **party: Unpack[Party],
) -> Registration:
    """Register, with consent in the current words. Raises what `register` raises."""
    party["consents"] = texts_for(event, agreed, party.get("language", "de"))
    return register(event, name=name, email=email, persons=persons, **party)


@transactional
def submit_change(
    registration: Registration, *, persons: int, agreed: Collection[ConsentPurpose], **party: Unpack[Party]
) -> None:
    """Change what was said; a consent that was asked and not given again is taken back. Raises what `change` raises."""
    asked = current_consents(registration.event_id)
    standing = (consent.text for consent in registration.consents if consent.withdrawn_at is None)
    kept = [text for text in standing if text.purpose not in asked and text.purpose not in agreed]
    party["consents"] = [*texts_for(registration.event, agreed, registration.language), *kept]
    change(registration, persons=persons, **party)
