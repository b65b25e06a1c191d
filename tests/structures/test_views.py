from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.process_date import ProcessDate
from app.structures import queries
from app.structures.models import Mandate, Municipality, Organization, OrganizationKind
from tests.concept.factories import SectionWorkingGroupFactory
from tests.council.factories import ConsultationFactory, MeetingFactory, MeetingResultFactory, PaperFactory
from tests.factories import AccountFactory
from tests.structures.factories import (
    LeadershipFactory,
    MandateFactory,
    MunicipalityFactory,
    OrganizationFactory,
    SeatFactory,
    SuccessionFactory,
)


def words(tag):
    return " ".join(tag.text.split())


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def test_index_tells_the_story_of_a_body_beside_its_line(client):
    ended = OrganizationFactory(
        name="Expertenrunde",
        kind=OrganizationKind.EXPERT_ROUND,
        founded=ProcessDate(),
        dissolved=ProcessDate("2016-07"),
        dissolution_reason="Eine Zielgruppe weniger",
    )
    successor = OrganizationFactory(name="Arbeitskreis Sprache", founded=ProcessDate("2016-08"))
    SuccessionFactory(predecessor=ended, successor=successor)
    LeadershipFactory(organization=successor, lead=OrganizationFactory(name="Amt", kind=OrganizationKind.OFFICE))
    OrganizationFactory(name="Beispielverein", kind=OrganizationKind.PARTNER)

    page = client.page("/gremien")

    assert [words(row) for row in page.select(".lifeline-words")] == [
        "Expertenrunde aufgelöst Gründung nicht bekannt aufgelöst: Juli 2016 Es führen weiter: Arbeitskreis Sprache",
        "Arbeitskreis Sprache gegründet: August 2016 Leitung: Amt",
    ]
    assert [words(heading) for heading in page.select("h3")] == ["Amt", "Fachrunde", "Arbeitskreis"]


def test_index_shows_the_structures_of_a_chosen_day(client):
    OrganizationFactory(name="Runde", dissolved=ProcessDate("2016-07"), dissolution_reason="Aus")

    assert words(client.page("/gremien?am=2016-07-31").select_one(".lifeline-name")) == "Runde"
    assert words(client.page("/gremien?am=2016-08-01").select_one(".lifeline-name")) == "Runde aufgelöst"
    assert words(client.page("/gremien?am=gestern").select_one(".lifeline-name")) == "Runde aufgelöst"


@pytest.mark.parametrize("number", [1, 3])
def test_index_takes_the_same_number_of_queries_for_any_number(client, count_queries, number):
    for _ in range(number):
        LeadershipFactory(organization=MeetingFactory().organization)

    with count_queries() as statements:
        client.page("/gremien")

    assert len(statements) == 5


def test_show_tells_everything_about_a_body(client):
    body = OrganizationFactory(slug="steuerungsgruppe", name="Steuerungsgruppe", founded=ProcessDate("2016-03-29"))
    LeadershipFactory(organization=body, lead=OrganizationFactory(name="Amt"), valid=ProcessDate("2016-03/.."))
    SeatFactory(
        organization=body, category="Fraktionen", is_voluntary=True, on_behalf_of=OrganizationFactory(name="Kreistag")
    )
    SuccessionFactory(predecessor=OrganizationFactory(name="Runde"), successor=body)
    MeetingFactory(organization=body, title="Gründung", day=date(2016, 3, 29))
    MeetingFactory(organization=body, title="Ausblick", day=date(2099, 1, 1))
    MeetingResultFactory(organization=body, text="Sie besteht weiter.")
    ConsultationFactory(organization=body, paper=PaperFactory(title="Konzept", number=None, dated_on=None))
    ConsultationFactory(organization=body, paper=PaperFactory(title="Entwurf", sent_at=None))

    page = client.page("/gremien/steuerungsgruppe")

    assert [words(fact) for fact in page.select(".facts div")] == [
        "Art Arbeitskreis",
        "Gegründet 29. März 2016",
        "Hervorgegangen aus Runde",
    ]
    assert [words(heading) for heading in page.select("h2")] == [
        "Leitung",
        "Wer hier sitzt",
        "Was dazu beschlossen und berichtet wurde",
        "Nächste Sitzungen",
        "Frühere Sitzungen",
        "Vorlagen",
    ]
    assert words(page.select_one(".timeline li")) == "seit März 2016 Amt"
    assert [words(cell) for cell in page.select("tbody .cell")] == [
        "Fraktionen (freiwillig)",
        "Kreistag",
        "nicht genannt",
    ]
    assert [words(item) for item in page.select(".plain-list li")] == [
        "01.01.2099: Ausblick",
        "29.03.2016: Gründung",
        "Konzept (ohne Nummer)",
    ]


def test_show_keeps_a_dissolved_body_readable(client):
    OrganizationFactory(slug="runde", dissolved=ProcessDate("2016-07"), dissolution_reason="Eine Zielgruppe weniger")

    facts = [words(fact) for fact in client.page("/gremien/runde").select(".facts div")]

    assert facts == [
        "Art Arbeitskreis aufgelöst",
        "Gegründet 2016",
        "Aufgelöst Juli 2016",
        "Grund Eine Zielgruppe weniger",
    ]


def test_show_offers_the_calendar_of_a_body_alone(client):
    OrganizationFactory(slug="kreis", kind=OrganizationKind.WORKING_GROUP)
    OrganizationFactory(slug="verein", kind=OrganizationKind.PARTNER)

    def calendars(slug):
        return [link["href"] for link in client.page(f"/gremien/{slug}").select("main a[href$='.ics']")]

    assert (calendars("kreis"), calendars("verein")) == (["/kalender/gremium/kreis.ics"], [])


def test_show_names_the_field_of_a_working_group(client):
    SectionWorkingGroupFactory(section__title="Sprache", organization__slug="arbeitskreis-sprache")
    SectionWorkingGroupFactory()

    facts = client.page("/gremien/arbeitskreis-sprache").select(".facts div")

    assert [words(fact) for fact in facts] == ["Art Arbeitskreis", "Handlungsfeld Sprache", "Gegründet 2016"]


def test_show_knows_no_other_address(client):
    OrganizationFactory(slug="runde")

    client.page("/gremien/runden", 404)


def test_organizations_groups_partners_and_marks_examples(client):
    OrganizationFactory(name="Echter Verein", kind=OrganizationKind.PARTNER)
    OrganizationFactory(name="Beispielverein", kind=OrganizationKind.MIGRANT_ORGANIZATION, is_example=True)
    OrganizationFactory(name="Kreistag", kind=OrganizationKind.COUNCIL)

    page = client.page("/organisationen")

    assert [words(tag) for tag in page.select("h2, .structure-list li")] == [
        "Kooperationspartner",
        "Echter Verein",
        "Migrantenorganisation",
        "Beispielverein Beispiel",
    ]


def test_organizations_says_what_will_be_here(client):
    assert words(client.page("/organisationen").select_one(".empty-title")) == "Noch ist hier niemand genannt"


# The desk


def test_create_plans_a_structure(client, editor):
    parent = OrganizationFactory(slug="amt")
    client.page("/verwaltung/gremien/neu")

    answer = client.post(
        "/verwaltung/gremien/neu",
        data={"name": "Arbeitskreis Gesundheit", "kind": "working_group", "parent": "amt", "is_planned": "y"},
    )

    assert (answer.status_code, answer.location) == (303, "/verwaltung/gremien/arbeitskreis-gesundheit")
    created = db.session.scalars(select(Organization).where(Organization.is_planned)).one()
    assert (created.name, created.kind, created.parent) == (
        "Arbeitskreis Gesundheit",
        OrganizationKind.WORKING_GROUP,
        parent,
    )


def test_create_says_at_the_field_what_is_wrong_and_keeps_the_rest(client, editor):
    page = client.page(
        "/verwaltung/gremien/neu", 422, "POST", data={"name": "", "kind": "council", "founded": "neulich", "parent": ""}
    )

    assert words(page.select_one("#name-error")) == "Fehler: Geben Sie einen Namen an."
    assert words(page.select_one("#founded-error")) == (
        "Fehler: Schreiben Sie das Datum so: 29.03.2016, März 2016, 2016 oder „seit April 2017“."
    )
    assert page.select_one("#founded")["value"] == "neulich"
    assert db.session.scalars(select(Organization)).all() == []


def test_edit_shows_what_is_there_and_saves_what_changed(client, editor):
    parent = OrganizationFactory(slug="amt")
    body = OrganizationFactory(slug="runde", name="Runde", parent=parent)
    page = client.page("/verwaltung/gremien/runde")
    assert page.select_one("#parent option[selected]")["value"] == "amt"

    client.post("/verwaltung/gremien/runde", data={"name": "Große Runde", "parent": "amt", "description": "Neu"})

    assert (body.name, body.parent, body.description) == ("Große Runde", parent, "Neu")


def test_edit_says_at_the_field_that_a_circle_is_none(client, editor):
    office = OrganizationFactory(slug="amt")
    OrganizationFactory(slug="referat", parent=office)

    page = client.page("/verwaltung/gremien/amt", 422, "POST", data={"name": "Amt", "parent": "referat"})

    assert words(page.select_one("#parent-error")) == (
        "Fehler: Eine Organisation kann nicht zu sich selbst oder zu einer gehören, die unter ihr steht."
    )


def test_found_and_dissolve_follow_each_other(client, editor):
    body = OrganizationFactory(slug="runde", founded=ProcessDate(), is_planned=True)
    successor = OrganizationFactory(slug="kreis")
    client.page("/verwaltung/gremien/runde/gruendung")
    client.page("/verwaltung/gremien/runde/aufloesung")

    client.post("/verwaltung/gremien/runde/gruendung", data={"founded": "März 2016"})
    answer = client.post(
        "/verwaltung/gremien/runde/aufloesung",
        data={"dissolved": "07.2017", "reason": "Fertig", "successors": ["kreis"]},
    )

    assert answer.location == "/verwaltung/gremien/runde"
    assert (body.founded, body.dissolved) == (ProcessDate("2016-03"), ProcessDate("2017-07"))
    assert [succession.successor for succession in body.successions] == [successor]
    assert client.page("/verwaltung/gremien/runde/gruendung", 409, "POST", data={"founded": "2018"})


def test_dissolve_says_at_the_field_what_cannot_be(client, editor):
    OrganizationFactory(slug="runde", founded=ProcessDate("2016"))

    page = client.page("/verwaltung/gremien/runde/aufloesung", 422, "POST", data={"dissolved": "2015", "reason": "Aus"})
    missing = client.page("/verwaltung/gremien/runde/aufloesung", 422, "POST", data={"dissolved": "", "reason": ""})

    assert words(page.select_one("#dissolved-error")) == "Fehler: Die Auflösung liegt vor der Gründung."
    assert words(missing.select_one("#dissolved-error")) == "Fehler: Geben Sie an, wann das war oder sein soll."
    assert words(missing.select_one("#reason-error")) == "Fehler: Sagen Sie, warum die Organisation aufgelöst wird."


def test_leads_and_seats_are_added_at_the_desk(client, editor):
    body, office = OrganizationFactory(slug="runde"), OrganizationFactory(slug="amt")
    client.page("/verwaltung/gremien/runde/leitung")
    client.page("/verwaltung/gremien/runde/sitz")

    client.post("/verwaltung/gremien/runde/leitung", data={"lead": "amt", "valid": "seit 04.2017"})
    client.post("/verwaltung/gremien/runde/sitz", data={"category": "Gemeindetag", "on_behalf_of": ""})

    assert [(each.lead, each.valid) for each in body.leaderships] == [(office, ProcessDate("2017-04/.."))]
    assert [(seat.category, seat.on_behalf_of) for seat in body.seats] == [("Gemeindetag", None)]


def test_mandates_are_given_and_end(client, editor):
    organization = OrganizationFactory(slug="verein")
    AccountFactory(email="verein@example.org", name="Beispielverein")
    client.page("/verwaltung/gremien/verein/mandate")

    answer = client.post("/verwaltung/gremien/verein/mandate", data={"email": "verein@example.org"})
    assert answer.location == "/verwaltung/gremien/verein/mandate"
    again = client.page("/verwaltung/gremien/verein/mandate", 422, "POST", data={"email": "verein@example.org"})
    assert words(again.select_one("#email-error")) == "Fehler: Dieses Konto handelt schon für diese Organisation."
    nobody = client.page("/verwaltung/gremien/verein/mandate", 422, "POST", data={"email": "niemand@example.org"})
    assert words(nobody.select_one("#email-error")) == "Fehler: Zu dieser Adresse gibt es kein offenes Konto."

    [mandate] = db.session.scalars(select(Mandate).where(Mandate.organization_id == organization.id))
    client.post(f"/verwaltung/gremien/verein/mandate/{mandate.id}/ende")
    assert mandate.revoked_at is not None


def test_revoke_mandate_knows_the_mandates_of_this_organization_only(client, editor):
    mandate, other = MandateFactory(), OrganizationFactory(slug="anderer")

    client.page(f"/verwaltung/gremien/{other.slug}/mandate/{mandate.id}/ende", 404, "POST")

    assert mandate.revoked_at is None


def test_desk_lists_every_organization(client, editor):
    LeadershipFactory(
        organization=OrganizationFactory(name="Runde", kind=OrganizationKind.COMMITTEE),
        lead=OrganizationFactory(name="Amt", kind=OrganizationKind.PARTNER),
    )

    page = client.page("/verwaltung/gremien")

    assert [[words(cell) for cell in row.select(".cell")] for row in page.select("tbody tr")] == [
        ["Runde", "Ausschuss", "2016", "Amt", "–"],
        ["Amt", "Kooperationspartner", "2016", "–", "–"],
    ]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.REPRESENTATIVE, Role.MODERATOR, Role.ADMIN])
def test_desk_refuses_who_may_not_edit_structures(client, role):
    body = OrganizationFactory(slug="runde", name="Runde")
    client.sign_in(AccountFactory(roles=(role,)))

    client.page("/verwaltung/gremien", 403)
    client.page("/verwaltung/gremien/runde", 403, "POST", data={"name": "Anders", "parent": ""})

    assert body.name == "Runde"
    assert "Bearbeiten" not in [words(link) for link in client.page("/gremien/runde").select("main a")]


def test_towns_are_entered_and_changed_at_the_desk_and_can_be_chosen_then(client, editor):
    assert client.page("/verwaltung/gemeinden").select_one(".empty-title")
    given = {
        "ags": "08335043",
        "name": "Konstanz",
        "status": "Große Kreisstadt",
        "post_code": "78462",
        "population": "85000",
        "population_on": "2024-12-31",
        "position": "47.6603, 9.1758",
    }

    assert client.post("/verwaltung/gemeinden/neu", data=given).location == "/verwaltung/gemeinden"
    again = client.page("/verwaltung/gemeinden/neu", 422, "POST", data=given)
    wrong = client.page(
        "/verwaltung/gemeinden/neu", 422, "POST", data={"ags": "1", "post_code": "x", "position": "hier"}
    )

    assert "gibt es schon" in again.select_one("#ags-error").text
    assert {error["id"] for error in wrong.select(".kern-error")} >= {"ags-error", "post_code-error", "position-error"}
    [town] = db.session.scalars(select(Municipality))
    assert (town.name, town.latitude, town.longitude, town.association) == ("Konstanz", 47.6603, 9.1758, "")
    client.page("/verwaltung/gremien/neu").select_one("#municipality option[value='08335043']").text.index("Konstanz")
    page = client.page("/verwaltung/gemeinden/08335043")
    assert (page.select_one("#ags"), page.select_one("#position")["value"]) == (None, "47.6603, 9.1758")
    client.post("/verwaltung/gemeinden/08335043", data=given | {"population": "86000", "ags": "1"})
    assert (town.population, town.ags) == (86000, "08335043")
    client.page("/verwaltung/gemeinden/08335999", 404)


TOWNS = """ags;name;status;post_code;population;population_on;latitude;longitude
08335043;Konstanz;Große Kreisstadt;78462;85000;31.12.2024;47,6603;9,1758
08335001;Aach;Stadt;78267;2377;2024-12-31;47.8428;8.8510
"""


def test_several_municipalities_are_pasted_at_once_and_known_ones_stay(client, editor):
    MunicipalityFactory(ags="08335001", name="Aach im Hegau")
    address = "/verwaltung/gemeinden/mehrere"
    wrong = TOWNS.replace("08335043", "0833").replace("2377", "viele")
    page = client.page(address, 422, "POST", data={"table": wrong})
    assert [words(each) for each in page.select(".notice li")] == [
        "Zeile 2, Amtlicher Gemeindeschlüssel: Der Schlüssel hat acht Ziffern.",
        "Zeile 3, Einwohnerinnen und Einwohner: Eine Zahl ohne Punkt, etwa 4800.",
    ]
    assert page.select_one("#table").text.strip() == wrong.strip()
    client.page(address, 422, "POST", data={"table": "Konstanz\nAach"})
    client.page(address, 422, "POST", data={"table": TOWNS.partition("\n")[0]})
    assert [each.name for each in queries.municipalities()] == ["Aach im Hegau"]

    assert client.post(address, data={"table": TOWNS}).status_code == 303

    aach, konstanz = queries.municipalities()
    assert (aach.name, konstanz.name, konstanz.population_on) == ("Aach im Hegau", "Konstanz", date(2024, 12, 31))
    assert (konstanz.latitude, konstanz.longitude) == (47.6603, 9.1758)
