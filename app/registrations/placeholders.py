"""What letters say about an event and a registration, in words: for the templates and for an event's own wording."""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _

from app import links
from app.events.models import AttendanceMode, Event
from app.registrations.models import Booking, BookingStatus, QuestionOption, Registration, RegistrationStatus
from app.web.filters import clock, day, moment, period

PATTERN = re.compile(r"\{([^{}\s]*)\}")


class Placeholder(StrEnum):
    """The name in templates is the member's in lower case; its value is what organisers write in braces."""

    NAME = "name"
    TITLE = "titel"
    TIME = "zeit"
    PLACE = "ort"
    PERSONS = "personen"
    CHOICE = "auswahl"
    ONLINE = "online"
    CONTACT = "kontakt"
    LINK = "link"
    UNTIL = "frist"
    POSITION = "stelle"
    QUEUE_RULE = "regel"
    REASON = "grund"
    BOOKING = "gebucht"
    SEATS = "sitzplatz"
    MORE = "mehr"

    @property
    def written(self) -> str:
        return f"{{{self.value}}}"


P = Placeholder
MEANINGS: dict[Placeholder, object] = {
    P.NAME: _("Name der Person"),
    P.TITLE: _("Titel der Veranstaltung"),
    P.TIME: _("Tag und Uhrzeit"),
    P.PLACE: _("Ort und Adresse"),
    P.PERSONS: _("für wie viele Personen"),
    P.CHOICE: _("gewählte Programmpunkte, Tische und Angebote; leer, wenn nichts gewählt ist"),
    P.ONLINE: _("wie man online teilnimmt; leer, wenn man vor Ort teilnimmt"),
    P.CONTACT: _("„Fragen?“ und wer antwortet; leer, wenn niemand angegeben ist"),
    P.LINK: _("der Link dieser Mail"),
    P.UNTIL: _("bis wann"),
    P.POSITION: _("Stelle auf der Warteliste"),
    P.QUEUE_RULE: _("wie die Warteliste geht"),
    P.REASON: _("Ihre Begründung"),
    P.BOOKING: _("worum es geht"),
    P.SEATS: _("an welchem Tisch"),
    P.MORE: _("Links zur Teilnahmebestätigung und zur Umfrage, soweit es sie gibt"),
}
COMMON = (P.NAME, P.TITLE, P.TIME, P.PLACE, P.PERSONS, P.CHOICE, P.ONLINE, P.CONTACT, P.LINK)


def unknown_in(text: str, known: Collection[Placeholder]) -> Iterator[str]:
    """What stands in braces and means nothing here, as it was written; a single brace, too: it is a slip."""
    yield from (f"{{{name}}}" for name in PATTERN.findall(text) if name not in known)
    yield from re.findall(r"[{}]", PATTERN.sub("", text))


def fill(text: str, words: Mapping[str, object]) -> str:
    """Put the words in. A value is never read again: braces in somebody's name stay braces."""
    return PATTERN.sub(lambda found: str(words.get(Placeholder(found[1]).name.lower(), "")), text)


def as_written() -> dict[str, object]:
    """Every placeholder as itself: what a template says becomes a text that organisers can change."""
    return {each.name.lower(): each.written for each in Placeholder}


def words_about(registration: Registration) -> dict[str, object]:
    """What every letter may say, in the language that is set."""
    event = registration.event
    return {
        "name": one_line(registration.name),
        "title": one_line(event.title),
        "time": when(event),
        "place": where(registration),
        "persons": persons_in_words(registration.persons),
        "choice": _choice(registration),
        "online": _online(registration),
        "contact": _contact(event),
        "until": _until(registration),
        "queue_rule": queue_rule(),
    }


def example_of(event: Event) -> dict[str, object]:
    """What letters about this event say to somebody invented."""
    chosen = gettext("Tisch %(number)s: %(title)s", number=3, title=gettext("Beispielthema"))
    return {
        "name": gettext("Beispielperson"),
        "title": one_line(event.title),
        "time": when(event),
        "place": place_of(event),
        "persons": persons_in_words(2),
        "choice": "\n".join([gettext("Sie haben gewählt:"), f"– {chosen}"]),
        "online": "",
        "contact": _contact(event),
        "link": links.absolute_url("events.show", event_id=event.id),
        "until": moment(event.registration_closes_at),
        "position": 3,
        "queue_rule": queue_rule(),
        "reason": gettext("Hier steht, was Sie als Grund angeben."),
        "booking": chosen,
        "seats": chosen,
        "more": gettext("Hier stehen die Links zur Teilnahmebestätigung und zur Umfrage."),
    }


def one_line(words: str) -> str:
    return " ".join(words.split())


def when(event: Event) -> str:
    return day(event.starts_at) if event.is_all_day else period(event.starts_at, event.ends_at)


def where(registration: Registration) -> str:
    return str(gettext("online")) if is_online(registration) else place_of(registration.event)


def place_of(event: Event) -> str:
    parts = [one_line(part) for part in (event.place, event.address) if part]
    if not parts and event.municipality:
        parts = [event.municipality.name]
    return ", ".join(parts) or str(gettext("Der Ort steht noch nicht fest."))


def is_online(registration: Registration) -> bool:
    return registration.is_online or registration.event.attendance_mode is AttendanceMode.ONLINE


def persons_in_words(count: int) -> str:
    return str(ngettext("%(num)s Person", "%(num)s Personen", count))


def queue_rule() -> str:
    """The rule of the queue, wherever somebody waits (docs/adr/0007)."""
    return str(
        gettext(
            "Die Warteliste geht nach der Reihenfolge der Anmeldung. Gruppen bleiben zusammen: Wird nur ein Platz frei "
            "und Sie sind zu zweit, bekommt ihn die nächste Person, die hineinpasst. Sie bleiben dabei vorn."
        )
    )


def booking_in_words(booking: Booking) -> str:
    """One thing a party takes part in, with its time if it has one."""
    if booking.item is not None:
        times = {"start": clock(booking.item.starts_at), "end": clock(booking.item.ends_at)}
        return f"{one_line(booking.item.title)}, {gettext('%(start)s bis %(end)s Uhr', **times)}"
    if booking.table is not None:
        return str(gettext("Tisch %(number)s: %(title)s", number=booking.table.number, title=booking.table.title))
    return _with_question(booking.option) if booking.option else ""


def _with_question(option: QuestionOption) -> str:
    """With what was asked: a bare "Ja" or "Gruppe 2" says nothing in a mail."""
    question = option.question
    asked = one_line(question.translations.get(str(get_locale()), {}).get("label", "") or question.label)
    return f"{asked} {option_in_words(option)}" if asked.endswith(("?", ":")) else f"{asked}: {option_in_words(option)}"


def option_in_words(option: QuestionOption) -> str:
    return one_line(option.translations.get(str(get_locale()), "") or option.label)


def choice_of(registration: Registration) -> list[str]:
    """What the party booked, each in words."""
    waiting = gettext("auf der Warteliste")
    return [
        words if booking.status is BookingStatus.BOOKED else f"{words} ({waiting})"
        for booking in registration.bookings
        if (words := booking_in_words(booking))
    ]


def _contact(event: Event) -> str:
    return str(gettext("Fragen? %(contact)s", contact=one_line(event.contact))) if event.contact else ""


def _choice(registration: Registration) -> str:
    chosen = choice_of(registration)
    return "\n".join([gettext("Sie haben gewählt:"), *(f"– {each}" for each in chosen)]) if chosen else ""


def _online(registration: Registration) -> str:
    address = registration.event.online_address
    if not address or registration.status is not RegistrationStatus.CONFIRMED or not is_online(registration):
        return ""
    return str(gettext("So nehmen Sie online teil: %(address)s", address=one_line(address)))


def _until(registration: Registration) -> str:
    is_offer = registration.status is RegistrationStatus.OFFERED
    until = registration.offered_until if is_offer else registration.held_until
    return moment(until) if until else ""
