"""What the mails about a registration show: one loader for all letters, by the table in app.registrations.letters."""

from dataclasses import replace
from functools import partial

from flask_babel import force_locale, get_locale

from app import links
from app.db import db, now
from app.events.models import Event
from app.mail import outbox
from app.mail.outbox import Letter
from app.mail.rendering import Words, words_of
from app.registrations import letter_queries, queries
from app.registrations.letters import ACTION_LABELS, LETTERS, Action, has_reason, kind_now
from app.registrations.models import Booking, LetterKind, Registration
from app.registrations.placeholders import as_written, booking_in_words, example_of, fill, words_about
from app.registrations.services import issue_email_link, issue_link
from app.web.language import localized


def load(kind: LetterKind, registration_id: int, **parameters: int | str) -> Letter | None:
    """None when the registration has moved on since, or the event was called off: that is another mail."""
    registration = queries.get_registration(registration_id)
    if registration is None:
        return None
    at = now()
    kind = kind_now(kind, registration, at)
    if not has_reason(kind, registration, at):
        return None
    return letter_about(registration, kind, **parameters)


def letter_about(registration: Registration, kind: LetterKind, **parameters: int | str) -> Letter:
    """The letter as it is now, in the language that is set; in the event's own words where it has some."""
    context = {
        **words_about(registration),
        "link": _link(registration, kind),
        "position": queries.position_of(registration) if queries.is_in_line(registration) else "",
        "reason": parameters.get("reason", ""),
        "booking": _booking(parameters.get("booking_id")),
        "seats": parameters.get("seats", ""),
        "registration": registration,
        "event": registration.event,
        "kind": kind,
    }
    letter = Letter(context, template=template_of(kind), action=str(ACTION_LABELS[LETTERS[kind].action]))
    wording = letter_queries.find_wording(registration.event_id, kind, str(get_locale()))
    if wording is None or wording.is_default:
        return letter
    return replace(letter, words=partial(fill, f"{wording.subject}\n\n{wording.body}"))


def render_letter(kind: LetterKind, registration: Registration, **parameters: int | str) -> Words | None:
    """Subject and text for paper or the telephone, in the person's language; None when it has lost its reason."""
    with force_locale(registration.language):
        letter = outbox.load(template_of(kind), {"registration_id": registration.id, **parameters})
        return None if letter is None else words_of(template_of(kind), letter)


@outbox.renders("registrations/sample")
def sample(event_id: int, letter: str) -> Letter | None:
    event = db.session.get(Event, event_id)
    if event is None:
        return None
    kind = LetterKind(letter)
    return Letter({"words": example_words(event, kind)}, action=str(ACTION_LABELS[LETTERS[kind].action]))


def example_words(event: Event, kind: LetterKind, wording: tuple[str, str] | None = None) -> Words:
    """The letter to somebody invented, in the language that is set; with this wording, or the one that counts."""
    found = letter_queries.find_wording(event.id, kind, str(get_locale()))
    if wording is None and found is not None and not found.is_default:
        wording = (found.subject, found.body)
    letter = Letter(example_of(event), template=template_of(kind))
    if wording is not None:
        letter = replace(letter, words=partial(fill, "\n\n".join(wording)))
    return words_of(template_of(kind), letter)


def default_words(kind: LetterKind) -> Words:
    """What every event starts with, with placeholders: for organisers to change."""
    return words_of(template_of(kind), Letter(as_written()))


def template_of(kind: LetterKind) -> str:
    return f"registrations/{kind}"


def _link(registration: Registration, kind: LetterKind) -> str:
    action = LETTERS[kind].action
    if action is Action.EVENT:
        return localized(links.absolute_url(action.value, event_id=registration.event_id))
    issue = issue_email_link if action is Action.CONFIRM_EMAIL else issue_link
    return localized(links.absolute_url(action.value, token=issue(registration)))


def _booking(booking_id: int | str | None) -> str:
    booking = db.session.get(Booking, booking_id) if booking_id else None
    return booking_in_words(booking) if booking else ""


for each in LetterKind:
    outbox.renders(template_of(each))(partial(load, each))
