"""What people need: kept with their consent, forgotten when they stay away; and what organisers plan."""

from collections.abc import Collection, Sequence
from typing import TypedDict, Unpack

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.encryption import encrypt_anew
from app.events.models import Event
from app.registrations import needs as reading
from app.registrations.errors import ConsentMissing, NeedNotAsked, NeedsExceedParty
from app.registrations.models import ConsentPurpose, Need, NeedFields, NeedKind, Registration, Resource
from app.registrations.needs import Guest


class ResourceFields(TypedDict, total=False):
    kind: NeedKind
    language: str
    persons: int | None
    who: str
    is_confirmed: bool


@transactional
def keep(registration: Registration, needs: Sequence[NeedFields]) -> None:
    """Keep what the party needs instead of what it said before; nothing: forget it.

    Called while the event is locked, after the consents are written (GDPR article 9: explicit consent). Raises
    ConsentMissing, NeedNotAsked for what the event does not ask, NeedsExceedParty.
    """
    if not needs:
        forget(registration)
        return
    _check(registration, needs)
    db.session.flush()
    need = reading.find_need(registration) or Need(registration=registration, event=registration.event)
    need.ciphertext = reading.seal(needs)
    need.created_at = now()
    db.session.add(need)
    log.record("registrations.keep_needs", registration)


@transactional
def forget(registration: Registration) -> None:
    """Delete what the party needs: it stays away, or took its consent back. Nothing there is as good."""
    need = reading.find_need(registration)
    if need is not None:
        db.session.delete(need)
        log.record("registrations.forget_needs", registration)


@transactional
def ask(event: Event, kinds: Collection[NeedKind], *, by: Account | None) -> None:
    """Which needs people are asked about from now on; what was said before stays."""
    event = lock(event)
    event.asked_needs = [kind.value for kind in NeedKind if kind in kinds]
    log.record("registrations.ask_needs", event, by=by, fields=["asked_needs"])


@transactional
def view_names(event: Event, *, by: Account) -> Sequence[Guest]:
    """Whom the team has to find, by name. Each look is recorded: who and when, not what."""
    log.record("registrations.view_needs", event, by=by)
    return reading.guests_to_find(event.id)


@transactional
def plan(event: Event, *, by: Account | None, **fields: Unpack[ResourceFields]) -> Resource:
    """Something against a need: an interpreter, a caterer, a room for children."""
    resource = Resource(event=event, **fields)
    db.session.add(resource)
    log.record("registrations.plan_resource", resource, by=by)
    return resource


@transactional
def change_resource(resource: Resource, *, by: Account | None, **fields: Unpack[ResourceFields]) -> None:
    resource = lock(resource)
    for name, value in fields.items():
        setattr(resource, name, value)
    log.record("registrations.change_resource", resource, by=by, fields=list(fields))


@transactional
def remove_resource(resource: Resource, *, by: Account | None) -> None:
    log.record("registrations.remove_resource", resource, by=by)
    db.session.delete(resource)


@transactional
def renew_encryption() -> int:
    """Encrypt all needs under the first key, so that older keys can go; raises Unreadable. How many there are."""
    needs = db.session.scalars(select(Need).order_by(Need.id)).all()
    for need in needs:
        need.ciphertext = encrypt_anew(need.ciphertext)
    return len(needs)


def _check(registration: Registration, needs: Sequence[NeedFields]) -> None:
    if any(need["kind"] not in registration.event.asked_needs for need in needs):
        raise NeedNotAsked
    if any(need["persons"] > registration.persons for need in needs):
        raise NeedsExceedParty
    consents = (consent.text.purpose for consent in registration.consents if consent.withdrawn_at is None)
    if ConsentPurpose.NEEDS not in consents:
        raise ConsentMissing
