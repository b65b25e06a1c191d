"""Every letter as it arrives: its subject, what it says, and where its link leads."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup

from app.db import db
from app.events.models import AttendanceMode
from app.registrations import services
from app.registrations.letters import LETTERS
from app.registrations.mails import render_letter
from app.registrations.models import Booking, BookingStatus, EventWording, LetterKind, RegistrationStatus
from app.registrations.services.letters import tell
from tests.catalogues import write_catalogue
from tests.events.factories import EventFactory
from tests.registrations.factories import QuestionFactory, RegistrationFactory
from tests.registrations.letter_scenes import LETTER_SCENES, TODAY, Scene, book

K = LetterKind
S = RegistrationStatus
SITE = "http://127.0.0.1:8000"
WITHOUT_EVENT = {K.OFFER_EXPIRED, K.OFFER_CLOSED, K.THANKS, K.RESULTS}
EVENT = ["Beispieldialog", "Samstag, 22. Juni 2030, 9.30 bis 13.30 Uhr", "Bürgersaal, Marktplatz 1, Beispielstadt"]
FOOT = ["--", "Teilhabe, Landkreis Konstanz", "Amt für Migration und Integration"]


def receive(scene, kind, mails):
    with time_machine.travel(TODAY, tick=False):
        registration = scene.make()
        tell(registration, scene.told_as or kind, **scene.parameters)
        [mail] = mails()
    return registration, mail


def html_of(mail):
    return BeautifulSoup(mail.message.get_body(("html",)).get_content(), "html.parser")


def test_every_letter_has_a_scene():
    assert set(LETTERS) == set(LetterKind)
    assert set(LetterKind) - set(LETTER_SCENES) == {K.CONFIRM_EMAIL}  # it goes to another address: see below


@pytest.mark.parametrize("kind", LETTER_SCENES)
def test_letter_arrives(mails, kind):
    scene, subject, sentences, leads_to = LETTER_SCENES[kind]

    registration, mail = receive(scene, kind, mails)

    with time_machine.travel(TODAY, tick=False):
        own = f"{SITE}/anmeldungen/{services.issue_link(registration)}"
    links = {
        None: [],
        "event": [f"{SITE}/veranstaltungen/{registration.event_id}"],
        "results": [f"{SITE}/veranstaltungen/{registration.event_id}/dokumentation"],
    }.get(leads_to, [f"{own}{leads_to}"])
    assert (mail.to, mail.subject) == ("person@example.org", subject)
    lines = [line for line in mail.text.splitlines() if line]
    event = [] if kind in WITHOUT_EVENT else EVENT
    known = ["Guten Tag Beispielperson,", *event, *links, *FOOT]
    often = ["Fragen? Beispielamt, 07531 0000", "Im Anhang: ticket.pdf"]
    assert [line for line in lines if line not in known + often] == sentences
    assert [line for line in lines if line in known] == sorted(known, key=lines.index)
    assert mail.links == links
    assert re.findall(r"[{}]|None|%\(", f"{mail.subject} {mail.text} {html_of(mail).body.text}") == []


def test_letter_for_a_new_address_goes_there_and_leads_to_its_confirmation(mails):
    registration, mail = receive(Scene(new_email="neu@example.org"), K.CONFIRM_EMAIL, mails)

    with time_machine.travel(TODAY, tick=False):
        token = services.issue_email_link(registration)
    assert (mail.to, mail.subject) == (*("neu@example.org", "Bitte bestätigen Sie Ihre neue Adresse: Beispieldialog"),)
    [link] = mail.links
    assert token in link
    assert [line for line in mail.text.splitlines() if line] == [
        "Guten Tag Beispielperson,",
        "wir sollen Ihnen künftig an diese Adresse schreiben. Bitte bestätigen Sie das hier:",
        *(link, *EVENT),
        "Wollten Sie das nicht? Dann müssen Sie nichts tun, und alles bleibt, wie es ist.",
        *FOOT,
    ]
    assert [part.get_filename() for part in mail.message.iter_attachments()] == []


def test_letter_holds_its_words_and_one_button_in_html(mails):
    _registration, mail = receive(Scene(S.OFFERED), K.OFFER, mails)

    html = html_of(mail)
    assert html.h1.text == "Für Sie ist Platz: Beispieldialog"
    assert [(button.text, button["href"]) for button in html.select("a")] == [
        ("Platz annehmen oder ablehnen", mail.links[0])
    ]
    written = [line for line in mail.text.splitlines() if line and line not in mail.links][: -len(FOOT)]
    shown = [line.strip() for part in html.select("p:not(.address, :has(a))") for line in part.strings if line.strip()]
    assert shown == written


@pytest.mark.parametrize(
    ("mode", "is_online", "place", "online"),
    [
        (AttendanceMode.HYBRID, False, EVENT[2], []),
        (AttendanceMode.HYBRID, True, "online", ["So nehmen Sie online teil: https://example.org/raum"]),
        (AttendanceMode.ONLINE, False, "online", ["So nehmen Sie online teil: https://example.org/raum"]),
    ],
)
def test_letter_says_how_to_take_part_online(mails, mode, is_online, place, online):
    with time_machine.travel(TODAY, tick=False):
        registration = Scene().make()
        registration.event.attendance_mode = mode
        registration.event.online_address = "https://example.org/raum"
        registration.is_online = is_online
        tell(registration, K.CONFIRMED)
        [mail] = mails()

    lines = mail.text.splitlines()
    assert lines[lines.index(EVENT[1]) + 1] == place
    assert [line for line in lines if "raum" in line] == online


def test_who_waits_does_not_learn_the_online_address(mails):
    with time_machine.travel(TODAY, tick=False):
        registration = Scene(S.WAITING).make()
        registration.event.attendance_mode = AttendanceMode.ONLINE
        registration.event.online_address = "https://example.org/raum"
        tell(registration, K.JOINED)
        [mail] = mails()

    assert "raum" not in mail.message.as_string()


def test_letter_names_what_the_party_chose(mails):
    with time_machine.travel(TODAY, tick=False):
        registration = Scene().make()
        book(registration, "Rundgang")
        book(registration, "Chor", BookingStatus.WAITING)
        question = QuestionFactory(event=registration.event, label="Was essen Sie?", options=["Nudeln"])
        db.session.add(Booking(registration=registration, option=question.options[0], status=BookingStatus.BOOKED))
        db.session.commit()
        tell(registration, K.CONFIRMED)
        [mail] = mails()

    lines = mail.text.splitlines()
    start = lines.index("Sie haben gewählt:")
    assert lines[start : start + 4] == [
        "Sie haben gewählt:",
        "– Rundgang, 11 bis 12.30 Uhr",
        "– Chor, 11 bis 12.30 Uhr (auf der Warteliste)",
        "– Was essen Sie? Nudeln",
    ]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (K.HELD, S.CONFIRMED),
        (K.CONFIRMED, S.CANCELLED),
        (K.JOINED, S.OFFERED),
        (K.OFFER, S.CONFIRMED),
        (K.CANCELLED, S.CONFIRMED),
        (K.REMINDER, S.CANCELLED),
        (K.THANKS, S.WAITING),
        (K.EVENT_POSTPONED, S.CONFIRMED),
        (K.EVENT_CANCELLED, S.CONFIRMED),
    ],
)
def test_letter_is_dropped_when_it_has_lost_its_reason(mails, kind, status):
    tell(RegistrationFactory(status=status), kind)

    assert mails() == []


def test_nobody_is_told_anything_but_that_it_is_called_off(mails):
    registration = RegistrationFactory(event=EventFactory(title="Beispiel"))
    tell(registration, K.CONFIRMED)
    services.cancel_event(registration.event, by=None)

    assert [mail.subject for mail in mails()] == ["Abgesagt: Beispiel"]


def test_paper_and_telephone_say_what_the_mail_says(mails):
    registration, mail = receive(Scene(), K.CONFIRMED, mails)

    with time_machine.travel(TODAY, tick=False):
        words = render_letter(K.CONFIRMED, registration)

    assert words.subject == mail.subject
    assert [*words.body.splitlines(), "", "Im Anhang: ticket.pdf", "", *FOOT] == mail.text.splitlines()
    assert render_letter(K.OFFER, registration) is None


@pytest.fixture
def speaking(own_app, tmp_path):
    """A site that also speaks another language."""

    def create(language, words):
        return own_app(write_catalogue(tmp_path / "translations", language, words))

    return create


WORDS = {
    "Bald ist es so weit: %(title)s": "See you soon: %(title)s",
    "Guten Tag %(name)s,": "Hello %(name)s,",
    "%(day)s, %(start)s bis %(end)s Uhr": "%(day)s, %(start)s to %(end)s",
    "Meine Anmeldung öffnen": "Open my registration",
}


def test_letter_speaks_the_language_of_the_person(speaking):
    app = speaking("en", WORDS)
    with app.app_context(), time_machine.travel(TODAY, tick=False):
        registration = Scene().make()
        registration.language = "en"
        words = render_letter(K.REMINDER, registration)
        token = services.issue_link(registration)

    lines = words.body.splitlines()
    assert (words.subject, lines[0]) == ("See you soon: Beispieldialog", "Hello Beispielperson,")
    assert lines[5] == "Saturday, June 22, 2030, 9:30\u202fAM to 1:30\u202fPM"
    assert f"{SITE}/en/anmeldungen/{token}" in lines


def test_own_wording_counts_in_its_language_alone(speaking):
    app = speaking("en", WORDS)
    with app.app_context(), time_machine.travel(TODAY, tick=False):
        registration = Scene().make()
        db.session.add(
            EventWording(event=registration.event, letter=K.REMINDER, version=1, subject="{titel}", body="Bis morgen!")
        )
        db.session.flush()
        german = render_letter(K.REMINDER, registration)
        registration.language = "en"
        english = render_letter(K.REMINDER, registration)

    assert german == ("Beispieldialog", "Bis morgen!")
    assert english.subject == "See you soon: Beispieldialog"


def test_link_for_a_new_address_counts_for_this_address_alone():
    registration = RegistrationFactory()
    registration.new_email = "neu@example.org"
    token = services.issue_email_link(registration)

    assert services.find_by_email_link(token) is registration
    registration.new_email = "andere@example.org"
    with pytest.raises(services.links.RegistrationGone):
        services.find_by_email_link(token)
