from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.mail.models import NO_REASON, OutgoingMail
from app.registrations import letter_queries, services
from app.registrations.letters import LETTERS
from app.registrations.models import EventWording, LetterKind, RegistrationStatus
from tests.catalogues import write_catalogue
from tests.events.factories import EventFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory

K = LetterKind
WORDS = {"subject": "Platz bei {titel}", "body": "Hallo {name},\r\n\r\n{link}\r\n\r\nBis bald!"}


@pytest.fixture
def event():
    return EventFactory(title="Beispieldialog")


@pytest.fixture
def desk(client, organiser):
    client.sign_in(organiser)
    return client


def url(event, path=""):
    return f"/verwaltung/veranstaltungen/{event.id}/mails{path}"


def test_index_shows_every_letter_and_whose_words_it_has(desk, event):
    services.reword(event, K.OFFER, language="de", subject="Ja?", body="{link}", by=None)

    page = desk.page(url(event))

    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert len(rows) == len(LETTERS)
    assert rows[0] == ["Bitte bestätigen", "sofort nach der Anmeldung, wenn ein Platz frei ist", "Standard"]
    assert [row[2] for row in rows if row[2] != "Standard"] == ["eigener: Deutsch"]
    assert [item.text for item in page.select("main h2 + ul > li")] == [
        "Erinnerung: 7 Tage vor dem Beginn",
        "Erinnerung: 1 Tag vor dem Beginn",
        "Dank: 1 Tag nach dem Ende",
    ]


def test_index_costs_the_same_for_one_and_three_wordings(desk, event, count_queries):
    costs = []
    for letters in ([K.OFFER], [K.CONFIRMED, K.JOINED]):
        for letter in letters:
            services.reword(event, letter, language="de", subject="Ja?", body="{link}", by=None)
            RegistrationFactory(event=event)
        with count_queries() as statements:
            desk.page(url(event))
        costs.append(len(statements))

    assert costs == [10, 10]


def test_edit_starts_with_the_usual_words(desk, event):
    page = desk.page(url(event, "/offer/de"))

    assert page.select_one("#subject")["value"] == "Für Sie ist Platz: {titel}"
    assert page.select_one("#body").text.strip().splitlines()[0] == "Guten Tag {name},"
    assert page.select_one(".letter-preview h3").text == "Für Sie ist Platz: Beispieldialog"
    assert [button.text for button in page.select(".letter-button")] == ["Platz annehmen oder ablehnen"]
    offered = [code.text for code in page.select(".placeholders code")]
    assert offered == [
        *("{name}", "{titel}", "{zeit}", "{ort}", "{personen}", "{auswahl}", "{online}", "{kontakt}", "{link}"),
        "{frist}",
    ]


def test_edit_saves_what_people_then_get(desk, event):
    response = desk.post(url(event, "/offer/de"), data=WORDS)

    assert (response.status_code, response.location) == (303, url(event, "/offer/de"))
    wording = db.session.scalars(select(EventWording)).one()
    assert (wording.subject, wording.body, wording.version) == (
        *("Platz bei {titel}", "Hallo {name},\n\n{link}\n\nBis bald!", 1),
    )
    page = desk.page(url(event, "/offer/de"))
    assert page.select_one(".letter-preview h3").text == "Platz bei Beispieldialog"
    assert [paragraph.text for paragraph in page.select(".letter-preview p")] == [
        *("Hallo Beispielperson,", "Platz annehmen oder ablehnen", "Bis bald!"),
    ]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("body", "Hallo {nahme} {link}", "{nahme} bedeutet hier nichts."),
        ("body", "Hallo", "Der Link fehlt: {link}. Ohne ihn kann niemand tun, worum Sie bitten."),
        ("body", "", "Schreiben Sie einen Text."),
        ("subject", "{link}", "Der Link gehört in den Text."),
        ("subject", "a" * 201, "Ein Betreff hat höchstens 200 Zeichen."),
    ],
)
def test_edit_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(desk, event, field, typed, message):
    for path in ("/offer/de", "/offer/de/pruefung"):
        page = desk.page(url(event, path), 422, "POST", data={**WORDS, field: typed})

        assert page.select_one(f"#{field}-error").text.split("Fehler:")[1].strip() == message
        kept = page.select_one("#subject")["value"] if field == "subject" else page.select_one("#body").text.strip()
        assert kept == typed
    assert db.session.scalars(select(EventWording)).all() == []


def test_check_shows_what_is_typed_and_saves_nothing(desk, event):
    page = desk.page(url(event, "/offer/de/pruefung"), 200, "POST", data=WORDS)

    assert page.select_one(".letter-preview h3").text == "Platz bei Beispieldialog"
    assert page.select_one("#subject")["value"] == "Platz bei {titel}"
    assert db.session.scalars(select(EventWording)).all() == []


def test_check_shows_marks_as_text(desk, event):
    page = desk.page(
        url(event, "/confirmed/de/pruefung"), 200, "POST", data={"subject": "<i>Ja</i>", "body": "<script>x</script>"}
    )

    assert page.select_one(".letter-preview h3").text == "<i>Ja</i>"
    assert page.select_one(".letter-preview p").text == "<script>x</script>"


def test_sample_goes_to_whoever_asks(desk, event, organiser, mails):
    response = desk.post(url(event, "/offer/de/probe"))

    assert (response.status_code, response.location) == (303, url(event, "/offer/de"))
    assert [(mail.to, mail.subject) for mail in mails()] == [
        (organiser.email, "Probe: Für Sie ist Platz: Beispieldialog")
    ]


def test_reset_goes_back_to_the_usual_words(desk, event):
    desk.post(url(event, "/offer/de"), data=WORDS)

    desk.post(url(event, "/offer/de/standard"))

    page = desk.page(url(event, "/offer/de"))
    assert page.select_one("#subject")["value"] == "Für Sie ist Platz: {titel}"
    assert "Zurück zum Standard" not in page.select_one("main").text


@pytest.mark.parametrize("path", ["/offer/fr", "/offer/de-AT"])
def test_a_language_nobody_reads_here_is_no_page(desk, event, path):
    assert desk.get(url(event, path)).status_code == 404


def test_each_language_has_its_own_words(own_app, tmp_path):
    words = {"Für Sie ist Platz: %(title)s": "مكان لك: %(title)s", "Platz annehmen oder ablehnen": "قبول"}
    app = own_app({**write_catalogue(tmp_path / "translations", "ar", words), "WTF_CSRF_ENABLED": False})
    app.testing = True
    with app.app_context():
        event = EventFactory(title="Beispieldialog")
        account = AccountFactory(roles=(Role.ORGANISER,))
        path = url(event, "/offer/ar")
        session = {"_user_id": account.get_id(), "_fresh": True}
    client = app.test_client()
    with client.session_transaction() as stored:
        stored.update(session)

    page = BeautifulSoup(client.get(path).text, "html.parser")

    assert (page.html["lang"], page.select_one(".letter-preview")["dir"]) == ("de", "rtl")
    assert page.select_one("#subject")["value"] == "مكان لك: {titel}"
    assert page.select_one("#subject")["dir"] == "rtl"
    assert [link.text for link in page.select("nav .link-row a")] == ["Deutsch", "Arabisch"]
    assert page.select_one(".letter-button").text == "قبول"


def test_plan_takes_spans_as_people_write_them(desk, event):
    page = desk.page(url(event, "/erinnerungen"))
    assert page.select_one("#before").text.split("\n")[-2:] == ["7 Tage", "1 Tag"]
    assert page.select_one("#after")["value"] == "1 Tag"

    response = desk.post(url(event, "/erinnerungen"), data={"before": "10 tage\r\n\r\n3 Stunden", "after": ""})

    assert (response.status_code, response.location) == (303, url(event))
    plan = letter_queries.reminders_of([event.id])[event.id]
    assert [(each.letter, each.hours) for each in plan] == [(K.REMINDER, 240), (K.REMINDER, 3)]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("bald", "„bald“ verstehen wir nicht. Schreiben Sie „7 Tage“."),
        ("0 Tage", "„0 Tage“ ist zu kurz oder länger als 60 Tage."),
        ("61 Tage", "„61 Tage“ ist zu kurz oder länger als 60 Tage."),
        ("1 Tag\r\n24 Stunden", "Eine Angabe kommt zweimal vor."),
    ],
)
def test_plan_says_what_it_does_not_understand(desk, event, typed, message):
    page = desk.page(url(event, "/erinnerungen"), 422, "POST", data={"before": typed, "after": "1 Tag"})

    assert page.select_one("#before-error").text.split("Fehler:")[1].strip() == message
    assert page.select_one("#before").text.split() == typed.split()


def fail(registration, template="registrations/confirmed", **state):
    mail = OutgoingMail(
        recipient=registration.email, template=template, parameters={"registration_id": registration.id}, attempts=1
    )
    for name, value in state.items():
        setattr(mail, name, value)
    db.session.add(mail)
    db.session.flush()


def test_whom_no_mail_reached_is_to_be_called(desk, event):
    refused = {"given_up_at": now(), "failure": "SMTPRecipientsRefused 550"}
    lost, waiting, reached, fine, elsewhere = (
        RegistrationFactory(event=event, name="Verloren", phone="07531 1"),
        RegistrationFactory(event=event, name="Wartend", status=RegistrationStatus.WAITING),
        RegistrationFactory(event=event, name="Erreicht"),
        RegistrationFactory(event=event, name="Erledigt"),
        RegistrationFactory(name="Anderswo"),
    )
    fail(lost, **refused)
    fail(waiting, template="registrations/joined", failure="TimeoutError", next_attempt_at=now() + timedelta(hours=1))
    fail(reached, **refused)
    fail(reached, template="registrations/reminder", sent_at=now())
    fail(fine, given_up_at=now(), failure=NO_REASON)
    fail(elsewhere, **refused)

    page = desk.page(url(event))

    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    today = now().astimezone().strftime("%d.%m.%Y")
    assert rows[len(LETTERS) :] == [
        ["Verloren", "07531 1", "Sie haben einen Platz", f"am {today} aufgegeben (SMTPRecipientsRefused 550)"],
        *[
            [
                "Wartend",
                "–",
                "Sie stehen auf der Warteliste",
                "noch nicht angenommen, wir versuchen es weiter (TimeoutError)",
            ]
        ],
    ]
    assert page.select_one(".notice").text.split("\n")[1:] != []
