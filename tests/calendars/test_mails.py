from datetime import timedelta

import pytest
import recurring_ical_events
import time_machine
from icalendar import Calendar

from app.db import db, now
from app.events.models import AttendanceMode
from app.registrations import services
from app.registrations.models import LetterKind, RegistrationStatus
from app.registrations.services.letters import tell
from tests.calendars.test_feed import read_by_ical_js
from tests.registrations.factories import RegistrationFactory
from tests.registrations.letter_scenes import LETTER_SCENES, TODAY, Scene, book

K = LetterKind
S = RegistrationStatus
REQUEST = {
    *(K.CONFIRMED, K.APPROVED, K.CHANGED, K.MOVED, K.BOOKING_PROMOTED, K.SEATED, K.REMINDER),
    *(K.EVENT_CHANGED, K.EVENT_POSTPONED),
}
CANCEL = {K.CANCELLED, K.EVENT_CANCELLED}


def received(scene, kind, mails, **changes):
    with time_machine.travel(TODAY, tick=False):
        registration = scene.make()
        registration.placed_at = now() - timedelta(days=3) if scene.status in {S.CONFIRMED, S.CANCELLED} else None
        for name, value in changes.items():
            setattr(registration, name, value)
        tell(registration, scene.told_as or kind, **scene.parameters)
        [mail] = mails()
    return registration, mail


def calendar_in(mail):
    """The last alternative, and what its header says of it."""
    [alternative] = [part for part in mail.message.walk() if part.get_content_type() == "multipart/alternative"]
    *_before, last = alternative.iter_parts()
    if last.get_content_type() != "text/calendar":
        return None
    # On the wire lines end with CRLF; a maildir keeps them as the machine does
    return last["Content-Type"].params["method"], last.get_content().replace("\r\n", "\n").replace("\n", "\r\n")


def unfolded(content):
    return content.replace("\r\n ", "").split("\r\n")


def properties(content):
    lines = unfolded(content)
    return lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]


@pytest.mark.parametrize("kind", LETTER_SCENES)
def test_only_people_with_a_place_are_invited(mails, kind):
    _registration, mail = received(LETTER_SCENES[kind][0], kind, mails)

    part = calendar_in(mail)
    method = "REQUEST" if kind in REQUEST else "CANCEL" if kind in CANCEL else None
    assert (part and part[0]) == method
    if part:
        assert f"METHOD:{method}" in unfolded(part[1])


@pytest.mark.parametrize("kind", [K.CHANGED, K.EVENT_CHANGED, K.MOVED])
def test_who_waits_is_not_invited(mails, kind):
    _registration, mail = received(Scene(S.WAITING), kind, mails)

    assert calendar_in(mail) is None


def test_who_waited_and_leaves_takes_nothing_back(mails):
    _registration, mail = received(Scene(S.CANCELLED), K.CANCELLED, mails, placed_at=None)

    assert calendar_in(mail) is None


def test_nothing_is_taken_back_while_another_of_the_family_comes(mails):
    with time_machine.travel(TODAY, tick=False):
        registration = Scene(S.CANCELLED).make()
        registration.placed_at = now()
        RegistrationFactory(event=registration.event, email="Person@example.org")
        tell(registration, K.CANCELLED)
        [mail] = mails()

    assert calendar_in(mail) is None


def test_invitation_says_all_and_asks_nothing(mails):
    scene = Scene()
    with time_machine.travel(TODAY, tick=False):
        registration = scene.make()
        registration.event.summary = "Wir reden, Sie hören zu."
        registration.event.sequence = 2
        book(registration, "Rundgang")
        tell(registration, K.CONFIRMED)
        [mail] = mails()

    method, content = calendar_in(mail)
    event_id = registration.event_id
    assert method == "REQUEST"
    assert unfolded(content)[:5] == [
        *("BEGIN:VCALENDAR", "PRODID:-//Teilhabe//Kalender//DE", "VERSION:2.0"),
        *("CALSCALE:GREGORIAN", "METHOD:REQUEST"),
    ]
    revised_at = registration.event.revised_at.strftime("%Y%m%dT%H%M%SZ")
    assert properties(content) == [
        f"UID:event-{event_id}@127.0.0.1",
        "DTSTAMP:20300502T080000Z",
        f"LAST-MODIFIED:{revised_at}",
        "SEQUENCE:2",
        "DTSTART;TZID=Europe/Berlin:20300622T093000",
        "DTEND;TZID=Europe/Berlin:20300622T133000",
        "SUMMARY:Beispieldialog",
        "STATUS:CONFIRMED",
        "LOCATION:Bürgersaal\\, Marktplatz 1\\, Beispielstadt",
        "DESCRIPTION:Wir reden\\, Sie hören zu.\\n\\nRundgang\\, 11 bis 12.30 Uhr",
        f"URL:http://127.0.0.1:8000/veranstaltungen/{event_id}",
        "ORGANIZER:mailto:integration@example.org",
        "ATTENDEE;CN=Beispielperson;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:person@example.org",
    ]
    token = services.issue_link(registration).partition(".")[0]
    assert f"/anmeldungen/{token}" not in content.replace("\r\n ", "")


def test_two_foreign_readers_understand_the_invitation(mails):
    _registration, mail = received(Scene(), K.REMINDER, mails)

    content = calendar_in(mail)[1].encode()
    [by_js] = read_by_ical_js(content)
    [by_python] = recurring_ical_events.of(Calendar.from_ical(content)).at((2030, 6, 22))
    assert (by_js["start"], by_js["status"]) == ("2030-06-22T07:30:00.000Z", "CONFIRMED")
    assert by_python["DTSTART"].dt.isoformat() == "2030-06-22T09:30:00+02:00"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_names_that_break_lines_or_quotes_do_not_break_the_calendar(mails):
    _registration, mail = received(Scene(), K.CONFIRMED, mails, name='Bei"spiel; Person, "A":b\nج')

    [component] = Calendar.from_ical(calendar_in(mail)[1]).walk("VEVENT")
    assert str(component["ATTENDEE"]) == "mailto:person@example.org"
    assert component["ATTENDEE"].params["RSVP"] == "FALSE"


def test_what_is_cancelled_goes_from_the_calendar_and_keeps_its_name(mails):
    _registration, own = received(Scene(S.CANCELLED), K.CANCELLED, mails)

    lines = properties(calendar_in(own)[1])
    assert [line for line in lines if line.startswith(("SUMMARY", "STATUS"))] == [
        "SUMMARY:Beispieldialog",
        "STATUS:CANCELLED",
    ]


def test_whoever_takes_part_online_is_invited_there(mails):
    with time_machine.travel(TODAY, tick=False):
        registration = Scene().make()
        registration.event.attendance_mode = AttendanceMode.ONLINE
        registration.event.online_address = "https://example.org/raum"
        tell(registration, K.CONFIRMED)
        [mail] = mails()

    lines = properties(calendar_in(mail)[1])
    assert [line for line in lines if line.startswith("LOCATION")] == ["LOCATION:online"]
    assert [line for line in lines if "raum" in line] == []


def test_a_whole_story_is_one_entry(mails):
    registration = services.register(Scene().make().event, name="Beispielperson", email="neu@example.org")
    services.confirm(registration)
    services.change_event(registration.event, place="Anderswo", by=None)
    services.cancel_event(registration.event, by=None)
    db.session.flush()
    with time_machine.travel(now() + timedelta(seconds=1)):
        parts = [calendar_in(mail) for mail in mails() if mail.to == "neu@example.org"]

    assert [method for method, _content in filter(None, parts)] == ["CANCEL"]


def test_each_step_of_a_story_counts_up(mails):
    registration = services.register(Scene().make().event, name="Beispielperson", email="neu@example.org")
    steps = []
    for step in (
        lambda: services.confirm(registration),
        lambda: services.change_event(registration.event, place="Anderswo", by=None),
        lambda: services.cancel_event(registration.event, by=None),
    ):
        before = len(mails())
        step()
        mine = [mail for mail in mails()[before:] if mail.to == "neu@example.org"]
        steps += [read_by_ical_js(calendar_in(mail)[1].encode())[0] for mail in mine]

    assert [(step["sequence"], step["status"]) for step in steps] == [
        *((0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CANCELLED"))
    ]
    assert len({step["uid"] for step in steps}) == 1
