import io
import re
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import select

from app.attendance.errors import CertificateNotOver, NameMissing, NotThere
from app.attendance.models import Certificate
from app.attendance.queries.certificates import find_certificate
from app.attendance.services.certificates import ALPHABET, issue_certificate
from app.db import db, now
from app.registrations.models import Attendee
from app.registrations.services import issue_link
from tests.attendance.arrivals import check_in, party_that_came, past_event
from tests.events.factories import EventFactory
from tests.pdfs import failures, text_of
from tests.registrations.factories import RegistrationFactory

ARABIC = "مثال شخص طويل الاسم"


def certified(name="Beispiel Person", **event):
    """The certificate of somebody who was at an event."""
    registration = party_that_came(past_event(**event), name=name)
    return issue_certificate(registration.attendees[0])


def own(registration, path="teilnahme"):
    return f"/anmeldungen/{issue_link(registration)}/{path}"


def facts(page):
    return {row.dt.text: row.dd.text.strip() for row in page.select(".facts > div")}


def test_issue_certificate_keeps_what_took_place():
    registration = party_that_came(past_event(title="Beispieldialog"), name="Beispiel Person")

    certificate = issue_certificate(registration.attendees[0])

    event = registration.event
    assert (certificate.event_title, certificate.starts_at, certificate.ends_at) == (
        *("Beispieldialog", event.starts_at, event.ends_at),
    )
    assert re.fullmatch(f"[{ALPHABET}]{{12}}", certificate.code)
    event.title = "Anders"
    db.session.commit()
    assert find_certificate(certificate.code).event_title == "Beispieldialog"


def test_issue_certificate_gives_the_same_one_again():
    attendee = party_that_came(past_event()).attendees[0]

    assert issue_certificate(attendee).code == issue_certificate(attendee).code
    assert len(db.session.scalars(select(Certificate)).all()) == 1


def test_issue_certificate_refuses_who_did_not_come():
    event = past_event()
    party_that_came(event)
    family = RegistrationFactory(event=event, persons=2)
    check_in(family.attendees[0])

    with pytest.raises(NotThere):
        issue_certificate(family.attendees[1], name="Zu Hause")
    assert (family.attendees[1].name, db.session.scalars(select(Certificate)).all()) == ("", [])


def test_issue_certificate_waits_for_the_end():
    event = EventFactory(
        starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=1), registration_closes_at=now()
    )

    with pytest.raises(CertificateNotOver):
        issue_certificate(party_that_came(event).attendees[0])


def test_issue_certificate_asks_for_a_name_where_none_was_given():
    family = party_that_came(past_event(), persons=2)

    with pytest.raises(NameMissing):
        issue_certificate(family.attendees[1])
    issue_certificate(family.attendees[0], name="Nicht diesen")
    issue_certificate(family.attendees[1], name=ARABIC)

    assert [attendee.name for attendee in family.attendees] == [family.name, ARABIC]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Beispiel Person", "B. P."),
        ("beispiel von der person", "B. P."),
        ("Beispiel", "B."),
        ("", ""),
        (ARABIC, "م. ا."),
    ],
)
def test_initials_are_of_the_first_and_last_name(name, initials):
    assert Certificate(attendee=Attendee(name=name)).initials == initials


def test_certificate_stays_valid_when_the_name_is_gone(client):
    certificate = certified()
    certificate.attendee.name = ""
    db.session.commit()

    assert facts(client.page(f"/nachweis/{certificate.code}"))["Anfangsbuchstaben des Namens"] == (
        "Der Name ist inzwischen gelöscht."
    )


def test_certificate_stays_valid_when_the_person_is_gone(client):
    certificate = certified()
    code = certificate.code
    db.session.delete(certificate.attendee.registration)
    db.session.commit()

    assert client.page(f"/nachweis/{code}").h1.text == "Diese Bestätigung ist echt"


def test_check_shows_event_date_and_initials_only(client):
    certificate = certified(title="Beispieldialog")

    page = client.page(f"/nachweis/{certificate.code}")

    shown = facts(page)
    assert list(shown) == ["Veranstaltung", "Wann", "Anfangsbuchstaben des Namens", "Ausgestellt am", "Prüfcode"]
    assert (shown["Veranstaltung"], shown["Anfangsbuchstaben des Namens"]) == ("Beispieldialog", "B. P.")
    assert ("Beispiel Person" in page.text, certificate.attendee.registration.email in page.text) == (False, False)
    assert client.get(f"/nachweis/{certificate.code}").headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("code", ["ACDE-FGHJ-KMNP", "0", "💥", "a" * 300, "' OR 1=1 --"])
def test_check_says_that_there_is_no_such_certificate(client, code):
    certified()

    assert client.page(f"/nachweis/{code}", 404).h1.text == "Diesen Nachweis gibt es nicht"


def test_check_takes_a_code_as_people_type_it(client):
    certificate = certified()
    client.page("/nachweis")

    typed = certificate.printed_code.lower().replace("-", " - ")
    page = client.page(client.get("/nachweis", query_string={"code": typed}).location)

    assert page.h1.text == "Diese Bestätigung ist echt"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("", "Geben Sie den Prüfcode ein."), ("A" * 41, "So lang ist kein Prüfcode. Er hat zwölf Zeichen.")],
)
def test_check_says_what_is_wrong_with_a_code(client, code, sentence):
    page = client.page("/nachweis", 422, query_string={"code": code})

    assert [each.text.strip() for each in page.select(".error-summary li")] == [f"Prüfcode: {sentence}"]


def test_own_page_issues_for_each_of_the_party_who_came(client):
    family = RegistrationFactory(event=past_event(), persons=3)
    check_in(*family.attendees[:2])
    page = client.page(own(family))
    assert [heading.text for heading in page.select("main section h2")] == [family.name, "Person ohne Namen"]

    first, second, _home = (attendee.id for attendee in family.attendees)
    answer = client.post(own(family, f"teilnahme/{first}"))
    assert (answer.status_code, answer.location) == (303, "../teilnahme")
    client.post(own(family, f"teilnahme/{second}"), data={f"person{second}-name": "Beispielkind"})

    page = client.page(own(family))
    assert [heading.text for heading in page.select("main section h2")] == [family.name, "Beispielkind"]
    assert len(page.select("a[href$='.pdf']")) == 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Geben Sie den Namen an, auf den die Bestätigung lauten soll."),
        ("x" * 201, "Ein Name hat höchstens 200 Zeichen."),
    ],
)
def test_own_page_says_what_is_wrong_with_a_name(client, name, sentence):
    family = party_that_came(past_event(), persons=2)
    nameless = family.attendees[1].id

    page = client.page(own(family, f"teilnahme/{nameless}"), 422, "POST", data={f"person{nameless}-name": name})

    assert page.select_one(f"#person{nameless}-name-error").text.split(":", 1)[1].strip() == sentence
    assert page.select_one(f"#person{nameless}-name")["value"] == name


def test_own_page_says_why_there_is_none(client):
    coming = RegistrationFactory()
    absent = RegistrationFactory(event=past_event())
    party_that_came(absent.event)

    assert client.page(own(coming)).select_one(".empty-title").text == "Noch ist es nicht so weit."
    assert client.page(own(absent)).select_one(".empty-title").text == "Hier ist niemand als anwesend vermerkt."
    client.page(own(absent, f"teilnahme/{absent.attendees[0].id}"), 409, "POST")


def test_nobody_gets_the_certificate_of_another_party(client):
    certificate = certified()
    foreign = party_that_came(past_event())

    client.page(own(foreign, f"teilnahmebestaetigung/{certificate.attendee_id}.pdf"), 404)
    client.page(own(foreign, f"teilnahme/{certificate.attendee_id}"), 404, "POST")
    client.page(own(foreign, f"teilnahmebestaetigung/{foreign.attendees[0].id}.pdf"), 404)


def test_pdf_says_who_was_where_and_how_to_check_it(client):
    certificate = certified(name=f"Beispiel Person {ARABIC}", title="Beispieldialog", place="Beispielsaal")
    registration = certificate.attendee.registration

    answer = client.get(own(registration, f"teilnahmebestaetigung/{certificate.attendee_id}.pdf"))

    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    text = text_of(answer.data)
    for words in (
        "Teilnahmebestätigung",
        "Beispiel Person",
        "Beispieldialog",
        "Beispielsaal",
        certificate.printed_code,
    ):
        assert words in text
    with pikepdf.open(io.BytesIO(answer.data)) as found:
        assert str(found.Root.Lang) == "de"
        tags = [each for each in found.objects if isinstance(each, pikepdf.Dictionary)]
        pictures = [str(tag["/Alt"]) for tag in tags if tag.get("/S") == "/Figure"]
        assert pictures == [f"QR-Code: http://127.0.0.1:8000/nachweis/{certificate.printed_code}"]


@pytest.mark.browser
@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", ["Beispiel Person", ARABIC, "Wort " * 40])
def test_pdf_keeps_both_standards(client, profile, name):
    certificate = certified(name=name.strip())
    pdf = client.get(
        own(certificate.attendee.registration, f"teilnahmebestaetigung/{certificate.attendee_id}.pdf")
    ).data

    assert failures(pdf, profile) == []
