"""Mails about a place carry the event for the reader's own calendar (RFC 5546, RFC 6047)."""

from dataclasses import replace
from email.utils import parseaddr

from flask import current_app

from app.calendars import queries
from app.calendars.invitation import Method, Person, write_invitation
from app.db import now
from app.mail.outbox import CalendarPart, Letter, adds_to
from app.registrations.letter_queries import has_other_place
from app.registrations.mails import template_of
from app.registrations.models import LetterKind, Registration, RegistrationStatus
from app.registrations.placeholders import choice_of, where

K = LetterKind
# Those to people with a place: never to somebody who waits, asks or was turned down
INVITING = (
    *(K.CONFIRMED, K.APPROVED, K.CHANGED, K.MOVED, K.BOOKING_PROMOTED, K.SEATED, K.REMINDER),
    *(K.EVENT_CHANGED, K.EVENT_POSTPONED),
)
TAKING_BACK = (K.CANCELLED, K.EVENT_CANCELLED)


@adds_to(*map(template_of, INVITING))
def invite(letter: Letter, **_ids: int | str) -> Letter:
    registration = _registration(letter)
    if registration.status is not RegistrationStatus.CONFIRMED:
        return letter
    return replace(letter, calendar=_part(Method.REQUEST, registration))


@adds_to(*map(template_of, TAKING_BACK))
def take_back(letter: Letter, **_ids: int | str) -> Letter:
    """Only what was in the calendar before, and not while another party of the same address still comes."""
    registration = _registration(letter)
    if registration.placed_at is None or registration.email is None or has_other_place(registration):
        return letter
    return replace(letter, calendar=_part(Method.CANCEL, registration))


def _registration(letter: Letter) -> Registration:
    registration = letter.context["registration"]
    if not isinstance(registration, Registration):
        raise TypeError("a letter about a registration has one in its context")
    return registration


def _part(method: Method, registration: Registration) -> CalendarPart:
    """No personal link in it: people share their calendars."""
    entry = queries.entry_of(registration.event)
    chosen = "\n".join(choice_of(registration))
    entry = replace(
        entry,
        place=where(registration),
        description="\n\n".join(part for part in (entry.description, chosen) if part),
    )
    content = write_invitation(
        method,
        entry,
        organizer=Person(*parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])),
        attendee=Person(registration.name, registration.email or ""),
        at=now(),
    )
    return CalendarPart(method.value, content.decode())
