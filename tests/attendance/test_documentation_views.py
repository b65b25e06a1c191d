import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.events import documentation
from app.events.models import (
    EventPerson,
    EventPhoto,
    EventReport,
    EventReportChange,
    EventStatus,
    PersonRole,
    TableReport,
)
from app.events.services import add_photo
from app.mail.models import OutgoingMail
from app.proposals.models import ProposalState
from tests.attendance.arrivals import party_that_came, past_event
from tests.events.factories import EventReportFactory, ThemeTableFactory
from tests.events.test_pictures import picture
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

PHOTO = {
    "alt": "Ein Saal mit elf Tischen",
    "consent": "Alle haben unterschrieben.",
    "credit": "Beispielfoto",
    "by": None,
}
NUMBER = "Geben Sie eine Zahl ab 0 an, oder nichts."
NO_CONSENT = "Ohne Zustimmung kein Bild. Schreiben Sie, wie Sie gefragt haben."


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


@pytest.fixture(autouse=True)
def files(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "STORAGE_PATH", str(tmp_path / "files"))
    return lambda: [path.name for path in Path(tmp_path / "files").rglob("*.jpg")]


def desk(event, path=""):
    return f"/verwaltung/veranstaltungen/{event.id}/dokumentation{path}"


def public(event):
    return f"/veranstaltungen/{event.id}/dokumentation"


def line(tag):
    return " ".join(tag.text.split())


def facts(page):
    return {row.dt.text: line(row.dd) for row in page.select(".facts > div")}


def published(event, **more):
    return EventReportFactory(event=event, published_at=now(), **more)


def file(content, name="bild.jpg"):
    return (io.BytesIO(content), name)


def test_documentation_tells_what_took_place(client):
    event = past_event(guiding_question="Was fehlt?", format="World-Café", place="Beispielsaal")
    published(
        event,
        counted_participants=48,
        who_took_part="Vereine und Fachleute",
        moderation="Beispielamt",
        summary="Wir haben **geredet**.\n\n<script>alert(1)</script>",
        next_steps="- Bald mehr",
    )

    page = client.page(public(event))

    shown = facts(page)
    shown.pop("Wann")
    assert shown == {
        "Wo": "Beispielsaal",
        "Format": "World-Café",
        "Leitfrage": "Was fehlt?",
        "Teilnehmende": "48 Personen",
        "Wer dabei war": "Vereine und Fachleute",
        "Moderation": "Beispielamt",
    }
    assert [heading.text for heading in page.select("main h2")] == [
        *("Worum es ging und was herauskam", "Wie es weitergeht", "Dazu")
    ]
    assert (page.select_one("main strong").text, page.select_one("main .page-body ul li").text) == (
        "geredet",
        "Bald mehr",
    )
    assert page.select("main script") == []


def test_documentation_tells_what_each_table_came_to(client):
    event = past_event()
    first, second, silent = (
        ThemeTableFactory(event=event, number=number, title=f"Thema {number}") for number in (1, 2, 3)
    )
    db.session.add_all(
        [
            TableReport(table=first, text="Mehr **Kurse** am Abend."),
            EventPerson(table=first, role=PersonRole.HOST, name="Beispielperson", organization="Beispielverein"),
            EventPerson(table=first, role=PersonRole.SCRIBE, name="Wer schrieb"),
        ]
    )
    db.session.commit()
    shown = ProposalFactory(event=event, table=second, state=ProposalState.RELEASED)
    ProposalFactory(event=event, table=second, state=ProposalState.RECEIVED)
    ProposalFactory(event=past_event(), state=ProposalState.RELEASED)
    published(event)

    page = client.page(public(event))

    results = page.select(".table-result")
    assert [result.h3.text.strip() for result in results] == ["Tisch 1: Thema 1", "Tisch 2: Thema 2"]
    assert (
        " ".join(results[0].select_one(".table-result-hosts").text.split())
        == "Geleitet von Beispielperson (Beispielverein)"
    )
    assert [link["href"] for link in results[1].select("a")] == [f"/vorschlaege/{shown.reference}"]
    assert line(results[1].select_one(".table-result-became")) == f"{shown.reference} noch offen"
    assert silent.title not in page.text


def test_documentation_says_where_another_number_comes_from_and_what_changed(client):
    event = past_event()
    report = published(event, participants=100, participants_reason="von Hand gezählt", counted_participants=3)
    db.session.add(EventReportChange(report=report, note="Eine Zahl berichtigt", changed_at=now()))
    db.session.commit()

    page = client.page(public(event))

    assert facts(page)["Teilnehmende"] == "100 Personen (von Hand gezählt)"
    assert "Eine Zahl berichtigt" in page.select_one(".report-dates").text


@pytest.mark.parametrize("tables", [1, 3])
def test_documentation_takes_as_many_queries_with_one_table_as_with_three(client, count_queries, tables):
    event = past_event()
    for number in range(tables):
        table = ThemeTableFactory(event=event)
        db.session.add(TableReport(table=table, text="Etwas"))
        ProposalFactory(event=event, table=table, state=ProposalState.RELEASED)
        add_photo(event, picture(colour=(80 * number, 0, 0)), **PHOTO)
    published(event)

    with count_queries() as statements:
        client.page(public(event))

    assert len(statements) == 19


def test_documentation_is_not_found_before_it_is_published(client):
    event = past_event()
    EventReportFactory(event=event)
    hidden = published(past_event(status=EventStatus.PLANNED)).event

    for each in (event, hidden, past_event()):
        client.page(public(each), 404)
    client.page("/veranstaltungen/404404/dokumentation", 404)


def test_photos_are_described_and_come_in_two_sizes(client):
    event = past_event()
    published(event)
    photo = add_photo(event, picture((900, 600)), **PHOTO)

    [figure] = client.page(public(event)).select(".photo")

    address = f"/veranstaltungen/{event.id}/fotos/{photo.id}"
    assert (figure.img["src"], figure.img["alt"], figure.figcaption.text) == (
        *(f"{address}/klein.jpg", PHOTO["alt"], "Bild: Beispielfoto"),
    )
    small, large = client.get(f"{address}/klein.jpg"), client.get(f"{address}/gross.jpg")
    assert [Image.open(io.BytesIO(answer.data)).size for answer in (small, large)] == [(640, 427), (900, 600)]
    assert (large.mimetype, large.headers["Cache-Control"], PHOTO["consent"] in figure.text) == (
        *("image/jpeg", "no-cache", False),
    )
    assert client.get(f"{address}/gross.jpg", headers={"If-None-Match": large.headers["ETag"]}).status_code == 304


def test_photos_are_not_found_before_publishing_nor_after_withdrawal(client, files):
    event = past_event()
    photo = add_photo(event, picture(), **PHOTO)
    address = f"/veranstaltungen/{event.id}/fotos/{photo.id}/klein.jpg"
    assert client.get(address).status_code == 404
    published(event)
    assert client.get(address).status_code == 200
    assert client.get(address.replace(str(event.id), str(past_event().id), 1)).status_code == 404
    etag = client.get(address).headers["ETag"]
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    response = client.post(desk(event, f"/fotos/{photo.id}/entfernung"))

    assert (response.status_code, response.location, files()) == (303, desk(event), [])
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 404
    assert client.page(public(event)).select(".photo") == []


def test_desk_saves_what_organisers_write(client, organiser):
    table = ThemeTableFactory(event=past_event())
    party_that_came(table.event, persons=2)
    fields = {
        "summary": "Wir haben geredet.",
        f"table_{table.id}": "Mehr Kurse",
        "participants": "100",
        "participants_reason": "von Hand gezählt",
        "next_steps": "Bald mehr.",
    }
    assert "Wir haben 2 gezählt" in client.page(desk(table.event)).select_one("#participants-hint").text

    response = client.post(desk(table.event), data=fields)

    assert (response.status_code, response.location) == (303, desk(table.event))
    page = client.page(desk(table.event))
    assert (page.select_one("#summary").text.strip(), page.select_one("#participants")["value"]) == (
        *("Wir haben geredet.", "100"),
    )
    assert page.select_one(f"#table_{table.id}").text.strip() == "Mehr Kurse"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (
            {"participants": "viele"},
            "participants",
            "Geben Sie eine Zahl ab 0 an, oder nichts.",
        ),
        ({"participants": "-3"}, "participants", NUMBER),
        ({"participants": "9" * 30}, "participants", NUMBER),
        ({"participants": "100"}, "participants_reason", "Schreiben Sie dazu, woher die andere Zahl kommt."),
        ({"summary": "x" * 20_001}, "summary", "Das ist zu lang: höchstens 20000 Zeichen."),
        ({"moderation": "x" * 301}, "moderation", "Das ist zu lang: höchstens 300 Zeichen."),
    ],
)
def test_desk_says_what_is_wrong_and_keeps_what_was_typed(client, organiser, wrong, field, sentence):
    event = past_event()

    page = client.page(desk(event), 422, "POST", data={"next_steps": "Bald mehr.", **wrong})

    assert page.select_one(f"#{field}-error").text.split(":", 1)[1].strip() == sentence
    assert page.select_one("#next_steps").text.strip() == "Bald mehr."
    assert documentation.get_report(event.id) is None


def test_desk_asks_what_changed_once_it_is_public(client, organiser):
    event = past_event()
    published(event)

    page = client.page(desk(event), 422, "POST", data={"summary": "Anders", "note": ""})
    assert page.select_one("#note-error").text.split(":", 1)[1].strip() == (
        "Die Dokumentation ist schon öffentlich. Schreiben Sie in einem Satz, was Sie geändert haben."
    )
    assert page.select_one("#summary").text.strip() == "Anders"
    assert client.post(desk(event), data={"summary": "Anders", "note": "Neu gefasst"}).status_code == 303

    assert "Neu gefasst" in client.page(public(event)).text


def test_desk_previews_and_publishes(client, organiser):
    event = past_event()
    client.page(desk(event, "/vorschau"), 404)
    EventReportFactory(event=event)
    party_that_came(event)
    assert client.page(desk(event, "/vorschau")).select_one(".notice strong").text == "Vorschau."
    assert client.page(desk(event, "/veroeffentlichung")).select("form[method=post]")

    response = client.post(desk(event, "/veroeffentlichung"))

    assert (response.status_code, response.location) == (303, desk(event))
    assert facts(client.page(public(event)))["Teilnehmende"] == "1 Person"
    assert [mail.template for mail in db.session.scalars(select(OutgoingMail))] == ["registrations/results"]
    client.page(desk(event, "/veroeffentlichung"), 409, "POST")
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 1


def test_desk_adds_a_photo(client, organiser, files):
    event = past_event()
    data = {"file": file(picture((900, 600))), "alt": "Ein Saal", "consent": "Niemand ist zu erkennen."}

    response = client.post(desk(event, "/fotos/neu"), data=data)

    assert (response.status_code, len(files())) == (303, 2)
    [photo] = documentation.photos_of(event.id)
    client.page(desk(event))
    client.page(desk(event, f"/fotos/{photo.id}"))
    changed = {"alt": "Ein leerer Saal", "consent": "Niemand", "credit": "Amt"}
    assert client.post(desk(event, f"/fotos/{photo.id}"), data=changed).status_code == 303
    db.session.refresh(photo)
    assert (photo.alt, photo.consent, photo.credit) == ("Ein leerer Saal", "Niemand", "Amt")


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"file": (b"", "")}, "Bild: Wählen Sie ein Bild aus."),
        ({"file": (b"", "leer.jpg")}, "Bild: Diese Datei ist leer."),
        (
            {"file": (b"kein Bild", "bild.jpg")},
            "Bild: Diese Datei ist kein Bild, das wir lesen können. Nehmen Sie ein Foto als JPEG, PNG oder WebP.",
        ),
        ({"alt": " "}, "Was ist zu sehen: Beschreiben Sie, was zu sehen ist."),
        ({"consent": ""}, f"Wie haben die Menschen auf dem Bild zugestimmt: {NO_CONSENT}"),
    ],
)
def test_desk_refuses_a_photo_that_lacks_something(client, organiser, files, wrong, complaint):
    data = {"file": (picture(), "bild.jpg"), "alt": "Ein Saal", "consent": "Niemand", "credit": "Amt", **wrong}
    data["file"] = file(*data["file"])

    page = client.page(desk(past_event(), "/fotos/neu"), 422, "POST", data=data)

    assert [each.text.strip() for each in page.select(".error-summary li")] == [complaint]
    assert page.select_one("#credit")["value"] == "Amt"
    assert (files(), db.session.scalars(select(EventPhoto)).all()) == ([], [])


def test_a_photo_that_is_too_large_gets_a_sentence(app, client, organiser, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    data = {"file": file(b"x" * 1001), "alt": "Ein Saal", "consent": "Niemand"}

    page = client.page(desk(past_event(), "/fotos/neu"), 413, "POST", data=data)

    assert page.h1.text == "Das ist zu groß für uns"


def test_desk_knows_no_photo_of_another_event(client, organiser):
    photo = add_photo(past_event(), picture(), **PHOTO)

    client.page(desk(past_event(), f"/fotos/{photo.id}"), 404)
    client.page(desk(past_event(), f"/fotos/{photo.id}/entfernung"), 404, "POST")
    assert db.session.scalars(select(EventReport)).all() == []


def test_desk_lists_what_is_overdue(client, organiser):
    assert client.page("/verwaltung/dokumentationen").select_one(".empty-title").text == "Alle Ergebnisse sind da."
    event = past_event(29, created_at=now() - timedelta(days=60), title="Beispieldialog")

    rows = client.page("/verwaltung/dokumentationen").select("tbody tr")

    assert [(row.a.text, row.a["href"]) for row in rows] == [("Beispieldialog", desk(event))]
    waiting = {link["href"]: line(link) for link in client.page("/verwaltung").select(".counts a")}
    assert waiting["/verwaltung/dokumentationen"] == "1 Veranstaltung ohne Ergebnisse"
