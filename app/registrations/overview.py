"""All that is stored about one registration, in words, for the page behind its link."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from app.encryption import Unreadable
from app.events.models import AttendanceMode, TableChoice
from app.languages import name_of
from app.registrations import needs
from app.registrations.counting import lines
from app.registrations.models import (
    COMES_AS_LABELS,
    NEED_KIND_LABELS,
    PARTY_KIND_LABELS,
    Answer,
    Booking,
    BookingStatus,
    NeedFields,
    PartyKind,
    QuestionKind,
    Registration,
)
from app.registrations.placeholders import booking_in_words, option_in_words

Line = tuple[str, str]
YES = "yes"


def overview(registration: Registration, language: str) -> list[Line]:
    """Name and value of each; whatever was not said is left out."""
    found = [*_party(registration), *_tables(registration, language), *_answers(registration), *_booked(registration)]
    return [(name, value) for name, value in [*found, _needs(registration)] if value]


def _party(registration: Registration) -> Iterator[Line]:
    yield _("Name"), registration.name
    yield _("E-Mail-Adresse"), registration.email or ""
    yield _("Telefon"), registration.phone
    yield _("Anschrift"), ", ".join(registration.postal_address.splitlines())
    yield _("Angemeldet"), str(PARTY_KIND_LABELS[registration.party_kind])
    if registration.party_kind is PartyKind.DELEGATION:
        known = registration.organization
        yield _("Organisation"), known.name if known else registration.organization_name
    yield _("Zusammen sind Sie"), ngettext("%(num)s Person", "%(num)s Personen", registration.persons)
    names = [
        _("%(name)s (Kind)", name=each.name or _("ohne Namen")) if each.is_child else each.name
        for each in registration.attendees[1:]
    ]
    yield _("Weitere Personen"), ", ".join(name for name in names if name)
    if registration.event.attendance_mode is AttendanceMode.HYBRID:
        yield _("Sie sind dabei"), _("online") if registration.is_online else _("vor Ort")


def _tables(registration: Registration, language: str) -> Iterator[Line]:
    if registration.event.table_choice is not TableChoice.RANK or not registration.event.tables:
        return
    wishes = [f"{wish.rank}. {wish.table.title}" for wish in registration.wishes]
    yield _("Wünsche nach Tisch"), ", ".join(wishes) or _("noch keiner gewählt")
    if registration.persons > 1:
        yield _("Am selben Tisch"), _("ja") if registration.sits_together else _("nein")
    yield _("Sprachen"), ", ".join(name_of(code, language) for code in registration.spoken_languages)
    yield _("Rolle"), str(COMES_AS_LABELS[registration.comes_as]) if registration.comes_as else ""


def _booked(registration: Registration) -> Iterator[Line]:
    """Each thing with its state; who waits for it learns at which place."""
    waiting = [booking for booking in registration.bookings if booking.status is BookingStatus.WAITING]
    queues = lines(registration.event_id) if waiting else {}
    for booking in registration.bookings:
        queue = queues.get(booking.thing, [])
        place = queue.index(booking) + 1 if booking in queue else 0
        name = booking.option.question.label if booking.option else _("Tisch") if booking.table else _("Programm")
        yield name, _state(booking, place)


def _state(booking: Booking, place: int) -> str:
    words = option_in_words(booking.option) if booking.option else booking_in_words(booking)
    if booking.status is BookingStatus.BOOKED:
        return words
    if place:
        return str(_("%(thing)s: auf der Warteliste, Platz %(place)s", thing=words, place=place))
    return str(_("%(thing)s: wartet, bis Sie einen Platz bei der Veranstaltung haben", thing=words))


def _answers(registration: Registration) -> Iterator[Line]:
    for answer in sorted(registration.answers, key=lambda each: each.question.position):
        yield answer.question.label, _answer(answer)


def _answer(answer: Answer) -> str:
    if answer.question.kind is QuestionKind.YES_NO:
        return str(_("ja") if answer.value == YES else _("nein"))
    return answer.value


def _needs(registration: Registration) -> Line:
    try:
        said = needs.needs_of(registration)
    except Unreadable:
        return _("Was Sie brauchen"), _("Das können wir gerade nicht lesen. Bitte rufen Sie uns an.")
    return _("Was Sie brauchen"), "; ".join(map(_need, said))


def _need(need: NeedFields) -> str:
    parts = [
        str(NEED_KIND_LABELS[need["kind"]]),
        name_of(need["language"]) if need["language"] else "",
        need["note"] or ngettext("%(num)s Person", "%(num)s Personen", need["persons"]),
    ]
    return ", ".join(part for part in parts if part)
