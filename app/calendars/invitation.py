"""One entry for one person's calendar, as mail programs take it in (RFC 5546): asked for, or taken back."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from icalendar import Calendar, vCalAddress, vDatetime, vText

from app.calendars.feed import Entry, component_of, with_time_zone


class Method(StrEnum):
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Person(NamedTuple):
    name: str
    email: str


def write_invitation(method: Method, entry: Entry, *, organizer: Person, attendee: Person, at: datetime) -> bytes:
    """The recipient is the only attendee and is asked nothing: whoever registered has said yes already.

    The same UID and SEQUENCE as in the feeds, so that programs see one entry; DTSTAMP is when it was written.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Teilhabe//Kalender//DE")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method.value)
    component = component_of(entry)
    component["DTSTAMP"] = vDatetime(at)
    if method is Method.CANCEL:
        component["STATUS"] = vText("CANCELLED")
    component.add("ORGANIZER", _address(organizer))
    component.add("ATTENDEE", _attending(attendee))
    return with_time_zone(calendar, [component])


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["CN"] = person.name
    return address


def _attending(person: Person) -> vCalAddress:
    address = _address(person)
    address.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return address
