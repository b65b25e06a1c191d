"""What the mails about a registration show."""

from collections.abc import Callable

from app import links
from app.db import now
from app.events.models import EventStatus
from app.mail.outbox import Letter, renders
from app.registrations import queries
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.services import issue_link

S = RegistrationStatus
OPEN = frozenset({S.HELD, S.WAITING})


@renders("registrations/held")
def held(registration_id: int) -> Letter | None:
    return _to_confirm(registration_id)


@renders("registrations/waiting")
def waiting(registration_id: int) -> Letter | None:
    return _to_confirm(registration_id)


@renders("registrations/confirmed")
def confirmed(registration_id: int) -> Letter | None:
    return _letter(registration_id, lambda registration: registration.status is S.CONFIRMED)


@renders("registrations/joined")
def joined(registration_id: int) -> Letter | None:
    registration = queries.get_registration(registration_id)
    if registration is None or registration.status is not S.WAITING or not registration.is_confirmed_by_mail:
        return None
    return Letter(_context(registration) | {"position": queries.position_of(registration)})


@renders("registrations/offer")
def offer(registration_id: int) -> Letter | None:
    return _letter(registration_id, lambda registration: registration.status is S.OFFERED)


@renders("registrations/offer_expired")
def offer_expired(registration_id: int) -> Letter | None:
    return _letter(registration_id, lambda registration: registration.status in {S.WAITING, S.EXPIRED})


@renders("registrations/cancelled")
def cancelled(registration_id: int) -> Letter | None:
    return _letter(registration_id, lambda registration: registration.status is S.CANCELLED)


@renders("registrations/event_cancelled")
def event_cancelled(registration_id: int) -> Letter | None:
    registration = queries.get_registration(registration_id)
    return None if registration is None else Letter(_context(registration))


@renders("registrations/event_changed")
def event_changed(registration_id: int) -> Letter | None:
    return _letter(
        registration_id,
        lambda registration: registration.status is not S.CANCELLED and registration.event.takes_place,
    )


@renders("registrations/event_postponed")
def event_postponed(registration_id: int) -> Letter | None:
    return _letter(
        registration_id,
        lambda registration: (
            registration.status is not S.CANCELLED and registration.event.status is EventStatus.POSTPONED
        ),
    )


@renders("registrations/event_closed")
def event_closed(registration_id: int) -> Letter | None:
    return _letter(
        registration_id,
        lambda registration: registration.status is S.WAITING and registration.event.status is EventStatus.CLOSED,
    )


@renders("registrations/event_reopened")
def event_reopened(registration_id: int) -> Letter | None:
    return _letter(
        registration_id,
        lambda registration: registration.status is S.WAITING and registration.event.status is EventStatus.OPEN,
    )


def _to_confirm(registration_id: int) -> Letter | None:
    def is_open(registration: Registration) -> bool:
        return registration.status in OPEN and not registration.is_confirmed_by_mail

    return _letter(registration_id, is_open)


def _letter(registration_id: int, fits: Callable[[Registration], bool]) -> Letter | None:
    """None when the registration has moved on since, or the event was called off: that is another mail."""
    registration = queries.get_registration(registration_id)
    if registration is None or registration.event.is_cancelled or not fits(registration):
        return None
    return Letter(_context(registration))


def _context(registration: Registration) -> dict[str, object]:
    token = issue_link(registration)
    return {
        "registration": registration,
        "event": registration.event,
        "is_open": registration.event.accepts_registrations(now()),
        "own_address": links.absolute_url("registrations.show", token=token),
        "confirm_address": links.absolute_url("registrations.confirm", token=token),
        "offer_address": links.absolute_url("registrations.accept_offer", token=token),
        "cancel_address": links.absolute_url("registrations.cancel", token=token),
        "event_address": links.absolute_url("events.show", event_id=registration.event_id),
    }
