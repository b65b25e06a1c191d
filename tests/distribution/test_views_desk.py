from datetime import date

import pytest

from app.accounts.models import Role
from app.db import db
from app.distribution import queries, services
from app.distribution.models import Presentation, PrintJob, Recipient
from app.spreadsheets import read
from tests.concept.factories import EditionFactory
from tests.council.factories import MeetingFactory
from tests.distribution.factories import PrintJobFactory, RecipientFactory, RecipientGroupFactory
from tests.events.factories import EventFactory
from tests.factories import AccountFactory
from tests.pdfs import failures, text_of
from tests.structures.factories import MunicipalityFactory

ORDER = {
    "title": "Erste Auflage",
    "format": "a4",
    "planned": "Februar/März 2018",
    "copies": "",
    "cost": "",
    "printer": "",
}


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


def post(client, url, status=303, **data):
    response = client.post(url, data=data)
    assert response.status_code == status, response.text
    return response


def test_a_print_is_planned_as_the_paper_says_with_what_is_not_known_left_open(client, organiser):
    edition = EditionFactory(number="1.0", title="Konzept")
    corrected = EditionFactory(number="1.0.1", title="Konzept", concept=edition.concept)
    offered = client.page("/verwaltung/druck/neu").select("#edition option")
    assert [each.text.strip() for each in offered] == ["Fassung 1.0.1: Konzept", "Fassung 1.0: Konzept"]
    assert offered[0]["value"] == corrected.slug

    post(client, "/verwaltung/druck/neu", edition=edition.slug, **ORDER)

    [job] = queries.print_jobs()
    assert (job.edition, str(job.planned), job.copies, job.cost) == (edition, "Februar/März 2018", None, None)
    page = client.page("/verwaltung/druck")
    assert [cell.text.strip() for cell in page.select("tbody td .cell")] == [
        "1.0: Konzept",
        "Februar/März 2018",
        "nicht genannt",
        "noch nicht geliefert",
    ]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("copies", "0", "Geben Sie eine Zahl von 1 bis 100.000 an."),
        ("copies", "viele", "Geben Sie eine Zahl von 1 bis 100.000 an."),
        ("cost", "zwölf", "Schreiben Sie den Betrag so: 1.234,50."),
        ("cost", "-5", "Geben Sie einen Betrag ab 0 Euro mit höchstens zwei Stellen nach dem Komma an."),
        ("cost", "1,239", "Geben Sie einen Betrag ab 0 Euro mit höchstens zwei Stellen nach dem Komma an."),
        ("cost", "NaN", "Geben Sie einen Betrag ab 0 Euro mit höchstens zwei Stellen nach dem Komma an."),
        ("planned", "bald", "Schreiben Sie das Datum so: 29.03.2016, März 2016, 2016 oder „seit April 2017“."),
        ("title", " ", "Geben Sie dem Druck einen Namen."),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(client, organiser, field, typed, sentence):
    edition = EditionFactory()

    page = client.page("/verwaltung/druck/neu", 422, "POST", data={"edition": edition.slug, **ORDER, field: typed})

    assert page.select_one(f"#{field}-error").text.strip().endswith(sentence)
    assert page.select_one(f"#{field}")["value"].strip() == typed.strip()
    assert queries.print_jobs() == []


def test_amounts_are_read_and_shown_as_people_write_them(client, organiser):
    job = PrintJobFactory()

    post(client, f"/verwaltung/druck/{job.id}/bearbeitung", **{**ORDER, "copies": "100", "cost": "1.234,50 €"})

    assert "1.234,50\xa0€" in client.page(f"/verwaltung/druck/{job.id}").text
    assert client.page(f"/verwaltung/druck/{job.id}/bearbeitung").select_one("#cost")["value"] == "1.234,50"


def test_the_run_no_longer_changes_once_it_is_delivered(client, organiser):
    job = PrintJobFactory(copies=100)

    page = client.page(f"/verwaltung/druck/{job.id}/bearbeitung", 422, "POST", data={**ORDER, "copies": "99"})

    assert "Die Lieferung ist schon eingetragen." in page.select_one("#copies-error").text


def test_from_delivery_to_the_last_parcel(client, organiser):
    job, recipient = PrintJobFactory(copies=50, delivered_on=None), RecipientFactory(copies=8)

    post(client, f"/verwaltung/druck/{job.id}/lieferung", copies="48", delivered_on="2018-03-20")
    post(client, f"/verwaltung/druck/{job.id}/versand", recipients=[recipient.id], sent_on="2018-03-22")
    post(
        client,
        f"/verwaltung/druck/{job.id}/ausgabe",
        copies="10",
        purpose="Ausgelegt",
        event="",
        handed_out_on="2018-03-23",
    )

    page = client.page(f"/verwaltung/druck/{job.id}")
    assert [row.text.split() for row in page.select("tbody th")] == [["Ausgelegt"], recipient.name.split()]
    assert queries.find_job(job.id).left == 30
    assert page.select("[name=recipients]") == []


def test_too_few_copies_are_said_beside_what_was_chosen(client, organiser):
    job, recipient = PrintJobFactory(copies=5), RecipientFactory(copies=8)

    page = client.page(
        f"/verwaltung/druck/{job.id}/versand", 422, "POST", data={"recipients": [recipient.id], "sent_on": "2018-03-22"}
    )

    assert "Es sind noch 5 Exemplare da, gebraucht werden 8." in page.select_one("#recipients-error").text
    assert page.select_one("[name=recipients]").has_attr("checked")
    assert page.select_one("#sent_on")["value"] == "2018-03-22"


def test_a_parcel_is_taken_back_only_where_it_belongs(client, organiser):
    job, other, recipient = PrintJobFactory(), PrintJobFactory(), RecipientFactory()
    services.send(job, [recipient], sent_on=date(2018, 3, 22), by=None)
    [dispatch] = job.dispatches

    post(client, f"/verwaltung/druck/{other.id}/versand/{dispatch.id}/ruecknahme", status=404)
    post(client, f"/verwaltung/druck/{job.id}/versand/{dispatch.id}/ruecknahme")

    assert "zurückgenommen" in client.page(f"/verwaltung/druck/{job.id}").text
    assert queries.find_job(job.id).left == 100


def test_where_the_edition_is_presented_stands_on_the_page(client, organiser):
    job, event, group = PrintJobFactory(), EventFactory(title="Beispielvorstellung"), RecipientGroupFactory()

    post(client, f"/verwaltung/druck/{job.id}/vorstellung", occasion=event.id, group=group.slug)

    assert "Beispielvorstellung" in client.page(f"/verwaltung/druck/{job.id}").select_one("main ul a").text
    page = client.page(f"/verwaltung/druck/{job.id}/vorstellung", 422, "POST", data={"occasion": event.id, "group": ""})
    assert "schon eine Fassung vorgestellt" in page.select_one("#occasion-error").text
    assert db.session.query(Presentation).count() == 1


def test_a_presentation_entered_by_mistake_is_withdrawn_where_it_stands(client, organiser):
    job, event, meeting = PrintJobFactory(), EventFactory(), MeetingFactory()
    at_event = services.present(job.edition, event, by=None)
    services.present_to_body(job.edition, meeting, by=None)
    elsewhere = services.present(EditionFactory(), EventFactory(), by=None)

    post(client, f"/verwaltung/druck/{job.id}/vorstellung/{elsewhere.id}/ruecknahme", 404)
    post(client, f"/verwaltung/sitzungen/{meeting.slug}/vorstellung/{at_event.id}/ruecknahme", 404)
    post(client, f"/verwaltung/druck/{job.id}/vorstellung/{at_event.id}/ruecknahme")
    [left] = client.page(f"/verwaltung/sitzungen/{meeting.slug}/vorstellung").select("main .action-form")
    post(client, left["action"])

    assert db.session.query(Presentation).all() == [elsewhere]


def test_a_planned_print_is_discarded_and_a_delivered_one_stays(client, organiser):
    planned, delivered = PrintJobFactory(delivered_on=None), PrintJobFactory()

    post(client, f"/verwaltung/druck/{planned.id}/verwerfung")
    post(client, f"/verwaltung/druck/{delivered.id}/verwerfung", 409)

    assert list(queries.print_jobs()) == [delivered]


def test_labels_hold_each_complete_address_once_and_start_where_the_sheet_is_free(client, organiser):
    job = PrintJobFactory()
    RecipientFactory(name="Beispielamt", contact="Beispielperson", street="Beispielweg 7", city="Singen")
    RecipientFactory(name="Ohne Straße", street="")

    response = client.get(f"/verwaltung/druck/{job.id}/etiketten.pdf?bogen=63x38&ab=22")

    assert (failures(response.data, "ua1"), failures(response.data, "2a")) == ([], [])
    assert text_of(response.data).split("\n")[:4] == [
        "Beispielamt",
        "z. Hd. Beispielperson",
        "Beispielweg 7",
        "78462 Singen",
    ]
    assert "Ohne Straße" not in text_of(response.data)
    assert client.get(f"/verwaltung/druck/{job.id}/etiketten.pdf?bogen=gross").status_code == 404


def test_addresses_for_the_mail_merge_are_those_that_wait(client, organiser):
    job = PrintJobFactory()
    waiting = RecipientFactory(name="=Beispielamt", copies=3)
    services.send(job, [RecipientFactory(name="Schon versorgt")], sent_on=date(2018, 3, 22), by=None)

    content = client.get(f"/verwaltung/druck/{job.id}/serienbrief.csv").data

    assert b"'=Beispielamt" in content
    assert [line.cells for line in read(content, required="name")] == [
        {
            "gruppe": waiting.group.title,
            "name": "=Beispielamt",
            "zu händen": "",
            "straße": "Beispielweg 1",
            "postleitzahl": "78462",
            "ort": "Konstanz",
            "exemplare": "3",
        }
    ]


def test_a_group_narrows_what_is_shown_and_printed(client, organiser):
    job, wanted = PrintJobFactory(), RecipientFactory(name="Beispielamt")
    RecipientFactory(name="Anderswo")

    page = client.page(f"/verwaltung/druck/{job.id}?gruppe={wanted.group.slug}")

    assert [label.text.strip() for label in page.select("#recipients label")] == ["Beispielamt, ein Exemplar"]


def test_the_list_is_kept_at_the_desk(client, organiser):
    MunicipalityFactory(name="Beispielstadt", status="Stadt")
    post(client, "/verwaltung/verteiler", title="Kommunen")
    post(client, "/verwaltung/verteiler/kommunen/gemeinden")
    post(client, "/verwaltung/verteiler/kommunen/neu", name="Beispielamt", copies="2")
    [office] = db.session.query(Recipient).filter_by(name="Beispielamt")
    post(client, f"/verwaltung/verteiler/adressen/{office.id}", name="Beispielamt", street="Beispielweg 1", copies="4")

    lines = [" ".join(line.text.split()) for line in client.page("/verwaltung/verteiler").select("main li")]
    assert lines == [
        "Beispielamt: 4 Exemplare, Anschrift unvollständig",
        "Stadt Beispielstadt: ein Exemplar, Anschrift unvollständig",
    ]
    post(client, f"/verwaltung/verteiler/adressen/{office.id}/entfernung")
    assert "Beispielamt" not in client.page("/verwaltung/verteiler").select_one("main ul").text
    assert client.page("/verwaltung/verteiler", 422, "POST", data={"title": "Kommunen"}).select("#title-error")


def test_nobody_else_sees_the_addresses(client):
    job, recipient = PrintJobFactory(), RecipientFactory()
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    for url in ("", f"/{job.id}", f"/{job.id}/etiketten.pdf", f"/{job.id}/serienbrief.csv"):
        assert client.get(f"/verwaltung/druck{url}").status_code == 403
    for url in ("", f"/adressen/{recipient.id}"):
        assert client.get(f"/verwaltung/verteiler{url}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_prints_asks_as_often_whatever_it_shows(client, organiser, count_queries, count):
    for _ in range(count):
        services.send(PrintJobFactory(), [RecipientFactory()], sent_on=date(2018, 3, 22), by=None)
    assert db.session.query(PrintJob).count() == count

    with count_queries() as queries_made:
        client.page("/verwaltung/druck")

    assert len(queries_made) == 4


def test_a_body_that_saw_an_edition_stands_on_its_page_and_the_edition_on_that_of_the_body(client, organiser):
    edition = EditionFactory(number="1.0", title="Konzept")
    meeting = MeetingFactory(organization__name="Sozialausschuss", day=date(2016, 4, 25))
    address = f"/verwaltung/sitzungen/{meeting.slug}/vorstellung"
    client.page(address)

    assert client.post(address, data={"edition": edition.slug}).location == f"/sitzungen/{meeting.slug}"

    again = client.page(address, 422, "POST", data={"edition": edition.slug})
    assert again.select_one("#edition-error")
    seen = "25.04.2016: Fassung 1.0: Konzept"
    for page in (
        again,
        client.page(f"/sitzungen/{meeting.slug}"),
        client.page(f"/gremien/{meeting.organization.slug}"),
    ):
        assert seen in [" ".join(each.text.split()) for each in page.select("li")]
    shown = [" ".join(each.text.split()) for each in client.page(f"/konzept/{edition.slug}").select(".page-aside li")]
    assert "25.04.2016: Sozialausschuss" in shown
    client.page("/verwaltung/sitzungen/unbekannt/vorstellung", 404)
