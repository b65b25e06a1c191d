import pytest

from app.accounts.models import Role
from app.db import db
from app.registrations.models import ComesAs, RegistrationStatus
from app.registrations.services import issue_link
from app.seating import queries, services
from app.seating.models import PlanStatus
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory
from tests.seating.factories import event_with_tables, party

S = RegistrationStatus


@pytest.fixture
def desk(client, organiser):
    client.sign_in(organiser)
    return client


def address(event, *parts):
    return "/".join([f"/verwaltung/veranstaltungen/{event.id}/sitzordnung", *map(str, parts)])


def words(tag):
    return " ".join(tag.text.split())


def draft_of(event):
    return queries.plan_of(event.id, PlanStatus.DRAFT)


def test_start_says_what_is_missing_before_a_plan(desk):
    bare, _ = event_with_tables()
    empty, _ = event_with_tables(5)

    assert desk.page(address(bare)).select_one(".empty-title").text == "Noch keine Tische."
    assert desk.page(address(empty)).select_one(".empty-title").text == "Noch niemand da."


def test_make_shows_who_sits_where_and_that_it_is_proven(desk):
    event, (one, other) = event_with_tables(2, 2, rounds=2)
    party(event, one, other, name="Erika Beispiel", persons=2)
    assert "2 Personen haben bestätigt." in words(desk.page(address(event)).main)

    assert desk.post(address(event, "entwurf")).location == address(event)

    page = desk.page(address(event))
    assert [words(notice).rpartition(". ")[2] for notice in page.select(".notice")][-1:] == ["Das ist bewiesen."]
    [row, _] = page.find("caption", string="Wer wo sitzt").parent.select("tbody tr")
    cells = [words(cell) for cell in row.select("td")]
    assert sorted(cells) == [
        "0 Personen auf 2 Plätzen",
        "2 Personen auf 2 Plätzen Erika Beispiel und 1 weitere",
    ]


def test_show_names_who_has_no_table_and_why(desk):
    event, _ = event_with_tables(2)
    party(event, name="Große Gruppe", persons=3)
    party(event, name="Erika Beispiel")
    party(event, name="Zu zweit", persons=2, sits_together=False)
    desk.post(address(event, "entwurf"))

    [names] = desk.page(address(event)).select("#ohne-tisch + ul")

    assert [words(item) for item in names.select("li")] == [
        "Große Gruppe , 3 Personen: größer als jeder Tisch. Die Gruppe muss sich teilen, oder ein Tisch braucht mehr "
        "Plätze.".replace(" ,", ","),
        "Zu zweit, 1 Person",
    ]


def test_show_names_who_sits_at_a_table_in_no_language_of_theirs(desk):
    event, (one,) = event_with_tables(2)
    party(event, one, name="Erika Beispiel", spoken_languages=["ar"])
    desk.post(address(event, "entwurf"))

    page = desk.page(address(event))

    heading = page.find("h2", string="Tisch in keiner eigenen Sprache")
    assert words(heading.find_next("li")) == "Erika Beispiel: Tisch 1, spricht Arabisch"


def test_show_counts_who_meets_whom(desk):
    event, _ = event_with_tables(2, 2)
    for kind in (ComesAs.MIGRANT, ComesAs.VOLUNTEER, ComesAs.MIGRANT, ComesAs.VOLUNTEER):
        party(event, comes_as=kind)
    desk.post(address(event, "entwurf"))

    page = desk.page(address(event))
    table = page.find("caption", string="Wer sich an welchem Tisch trifft, Runde für Runde").parent

    assert [[words(cell) for cell in row.select("td")] for row in table.select("tbody tr")] == [
        ["1", "1", "0", "0", "0"],
        ["1", "1", "0", "0", "0"],
    ]


def test_show_compares_with_the_plan_before(desk):
    event, (one, other) = event_with_tables(2, 2)
    registration = party(event, one, name="Erika Beispiel")
    desk.post(address(event, "entwurf"))
    plan = draft_of(event)
    place = address(event, plan.id, "anmeldungen", registration.id, "festsetzung")

    assert desk.post(place, data={"table": other.id}).status_code == 303

    page = desk.page(address(event))
    row = page.find("th", attrs={"data-label": "Was"}).parent
    assert [words(cell) for cell in row.select("td")] == ["0", "1"]
    assert "Vorher war sie 0." in words(page.main)
    assert words(page.select_one(".seat")) == "Erika Beispiel fest"


def test_move_seats_one_of_a_party_that_sits_apart(desk):
    event, (one, other) = event_with_tables(2, 2)
    registration = party(event, one, name="Erika Beispiel", persons=2, sits_together=False)
    desk.post(address(event, "entwurf"))
    plan = draft_of(event)
    place = address(event, plan.id, "anmeldungen", registration.id)
    page = desk.page(place)
    assert [words(option) for option in page.select("#group option")] == ["Erika Beispiel", "ohne Namen"]

    desk.post(place, data={"group": 1, "table": other.id})

    seats = queries.seats_of_party_in(plan, registration)
    assert [(seat.table_id, seat.is_pinned) for seat in seats] == [(one.id, False), (other.id, True)]
    assert desk.post(address(event, plan.id, "anmeldungen", registration.id, "loesung")).status_code == 303
    assert [seat.is_pinned for seat in queries.seats_of_party_in(plan, registration)] == [False, False]


def test_move_to_a_full_table_says_so_at_the_field(desk):
    event, (one, other) = event_with_tables(1, 1)
    party(event, one, name="Eins")
    second = party(event, other, name="Zwei")
    desk.post(address(event, "entwurf"))

    place = address(event, draft_of(event).id, "anmeldungen", second.id)
    page = desk.page(place, method="POST", data={"table": one.id}, status=422)

    assert words(page.select_one("#table-error")).startswith("Fehler: An diesem Tisch ist in dieser Runde nicht genug")
    assert page.select_one("#table option[selected]")["value"] == str(one.id)


def test_move_refuses_tables_and_parties_of_other_events(desk):
    event, (one,) = event_with_tables(5)
    registration = party(event, one)
    foreign, (strange,) = event_with_tables(5)
    stranger = party(foreign)
    desk.post(address(event, "entwurf"))
    plan = draft_of(event)

    for verb in ("", "festsetzung"):
        place = "/".join(filter(None, [address(event, plan.id, "anmeldungen", registration.id), verb]))
        assert desk.post(place, data={"table": strange.id}).status_code == 422
    assert desk.get(address(event, plan.id, "anmeldungen", stranger.id)).status_code == 404
    assert desk.get(address(foreign, plan.id, "veroeffentlichung")).status_code == 404
    assert desk.get(address(event, 404404, "veroeffentlichung")).status_code == 404


def test_publish_asks_first_and_then_everybody_sees_their_tables(desk, app):
    event, (one, other) = event_with_tables(5, 5, rounds=2)
    registration = party(event, one, other, name="Erika Beispiel")
    own = f"/anmeldungen/{issue_link(registration)}"
    desk.post(address(event, "entwurf"))
    assert app.test_client().page(own).select("#tische") == []
    place = address(event, draft_of(event).id, "veroeffentlichung")

    assert [words(item) for item in desk.page(place).select("main ul:not(.event-desk ul) li")] == ["Erika Beispiel"]
    assert desk.post(place).location == address(event)

    shown = [words(item) for item in app.test_client().page(own).select("#tische + ul li")]
    tables = {f"Tisch {table.number} „{table.title}“" for table in (one, other)}
    assert {line.partition(": ")[2] for line in shown} == tables
    assert [line.partition(":")[0] for line in shown] == ["Runde 1", "Runde 2"]
    assert desk.post(place).status_code == 409


def test_supplement_seats_who_came_later(desk):
    event, _ = event_with_tables(5)
    party(event, name="Eins")
    desk.post(address(event, "entwurf"))
    desk.post(address(event, draft_of(event).id, "veroeffentlichung"))
    party(event, name="Später")
    page = desk.page(address(event))
    assert [words(item) for item in page.select("#ohne-tisch + ul li")] == ["Später, 1 Person"]

    desk.post(address(event, "ergaenzung"))

    page = desk.page(address(event))
    assert [words(seat) for seat in page.select(".seat")] == ["Eins", "Später"]
    place = address(event, draft_of(event).id, "veroeffentlichung")
    assert [words(item) for item in desk.page(place).select("main ul:not(.event-desk ul) li")] == ["Später"]


def test_discard_leads_back_to_the_start(desk):
    event, _ = event_with_tables(5)
    party(event)
    desk.post(address(event, "entwurf"))

    desk.post(address(event, draft_of(event).id, "verwerfung"))

    assert desk.page(address(event)).select("form[action$='/entwurf']") != []
    assert draft_of(event) is None


def test_own_page_names_who_of_a_party_sits_where(client, organiser):
    event, _ = event_with_tables(1, 1)
    registration = party(event, name="Erika Beispiel", persons=2, sits_together=False)
    registration.attendees[1].name = "Max Beispiel"
    db.session.commit()
    services.publish(services.make(event, by=organiser), by=organiser)

    page = client.page(f"/anmeldungen/{issue_link(registration)}")

    named = [words(item).rpartition(": ")[2] for item in page.select("#tische + ul li")]
    assert sorted(named) == ["Erika Beispiel", "Max Beispiel"]


def test_show_says_when_there_are_fewer_tables_than_rounds(desk):
    event, _ = event_with_tables(5, rounds=2)
    party(event)
    desk.post(address(event, "entwurf"))

    notices = [words(notice) for notice in desk.page(address(event)).select("main .notice")]

    assert notices[-1] == "Hinweis: Es gibt weniger Tische als Runden: Manche sitzen zweimal am selben Tisch."


@pytest.mark.parametrize("role", [None, Role.PARTICIPANT, Role.MODERATOR, Role.EDITOR, Role.ADMIN])
def test_only_organisers_see_and_change_plans(client, organiser, role):
    event, _ = event_with_tables(5)
    party(event)
    plan = services.make(event, by=organiser)
    if role is not None:
        client.sign_in(AccountFactory(roles=(role,)))
    expected = 303 if role is None else 403

    assert client.get(address(event)).status_code == expected
    assert client.post(address(event, plan.id, "veroeffentlichung")).status_code == expected
    assert plan.status is PlanStatus.DRAFT


@pytest.mark.parametrize("rows", [1, 3])
def test_show_asks_the_same_whatever_its_length(desk, count_queries, rows):
    event, tables = event_with_tables(*[3] * rows, rounds=2)
    for number in range(rows):
        party(event, tables[number], name=f"Beispiel {number}", comes_as=ComesAs.MIGRANT, persons=2)
        RegistrationFactory(event=event, comes_as=ComesAs.VOLUNTEER, spoken_languages=["ar"], persons=2)
    desk.post(address(event, "entwurf"))
    party(event, name="Später", persons=2)

    with count_queries() as statements:
        desk.page(address(event))

    assert len(statements) == 14


@pytest.mark.parametrize("rows", [1, 3])
def test_publish_asks_the_same_whatever_its_length(desk, count_queries, rows):
    event, _ = event_with_tables(9, 9)
    for number in range(rows):
        party(event, name=f"Beispiel {number}", persons=2)
    desk.post(address(event, "entwurf"))
    place = address(event, draft_of(event).id, "veroeffentlichung")

    with count_queries() as statements:
        desk.page(place)

    assert len(statements) == 6
