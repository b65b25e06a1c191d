from datetime import timedelta

import pytest

from app.accounts.models import Role
from app.db import db, now
from app.events.models import AttendanceMode, TableChoice, TeamMember
from app.registrations import services
from app.registrations.models import Consent, ConsentPurpose, NeedKind, RegistrationStatus
from app.registrations.services import needs
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.registrations.factories import ConsentTextFactory, RegistrationFactory
from tests.registrations.scene import item_of, join, letters, option_of, statuses
from tests.registrations.test_needs import need

S = RegistrationStatus


@pytest.fixture
def desk(client):
    client.sign_in(AccountFactory(name="Beispielkonto", roles=(Role.ORGANISER,)))
    return client


def address_of(event, registration=None, below=""):
    party = f"/{registration.id}" if registration else ""
    return f"/verwaltung/veranstaltungen/{event.id}/anmeldungen{party}{below}"


def names(page):
    return [cell.text.strip() for cell in page.select("tbody th")]


def buttons(page):
    return [button.text.strip() for button in page.select("main form.confirm button")]


def test_desk_lists_who_is_registered_and_counts_them(desk):
    event = EventFactory(capacity=5)
    RegistrationFactory(event=event, name="Mit Platz", persons=2)
    RegistrationFactory(event=event, name="Wartend", status=S.WAITING)
    RegistrationFactory(event=event, name="Nicht bestätigt", status=S.WAITING, confirmed_at=None)
    RegistrationFactory(event=event, name="Gefragt", status=S.REQUESTED)
    RegistrationFactory(event=event, name="Fort", status=S.CANCELLED)
    RegistrationFactory(name="Anderswo")

    page = desk.page(address_of(event))

    assert names(page) == ["Mit Platz", "Gefragt", "Wartend", "Nicht bestätigt"]
    assert [cell.text.strip() for cell in page.select(".facts dd")] == ["5", "2", "0", "2"]
    assert "1 Person wartet auf Ihre Zusage." in page.main.text


def test_desk_narrows_the_list_by_state_table_item_and_name(desk):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    table, item = ThemeTableFactory(event=event), item_of(event)
    at_table = services.register(event, name="Am Tisch", email="a@example.org", tables=[table])
    at_item = services.register(event, name="Im Programm", email="b@example.org", items=[item])
    RegistrationFactory(event=event, name="Fort", status=S.CANCELLED)

    found = {
        query: names(desk.page(f"{address_of(event)}?{query}"))
        for query in (f"tisch={table.id}", f"punkt={item.id}", "suche=PROGRAMM", "suche=a@example", "stand=cancelled")
    }

    assert list(found.values()) == [[at_table.name], [at_item.name], [at_item.name], [at_table.name], ["Fort"]]
    assert names(desk.page(f"{address_of(event)}?suche=%25&stand=erfunden&tisch=x")) == []
    assert desk.get(f"{address_of(event)}?seite=0").status_code == 404


def test_desk_list_has_pages_of_fifty_that_keep_the_filter(desk):
    event = EventFactory()
    RegistrationFactory.create_batch(51, event=event, name="Beispielperson")

    page = desk.page(f"{address_of(event)}?suche=beispiel&seite=2")

    assert len(names(page)) == 1
    [back, *_others] = page.select(".pagination a")
    assert back["href"] == f"{address_of(event)}?suche=beispiel&seite=1"


@pytest.mark.parametrize("count", [1, 3])
def test_desk_list_costs_the_same_for_one_and_three(desk, count_queries, count):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    table, items, option = ThemeTableFactory(event=event), [item_of(event)], option_of(event)
    for _number in range(count):
        join(event, 2, tables=[table], items=items, options=[option])

    with count_queries() as statements:
        page = desk.page(address_of(event))

    assert len(names(page)) == count
    assert len(statements) == 16


def test_desk_shows_one_registration_with_its_history(desk, organiser):
    event = EventFactory(capacity=1, table_choice=TableChoice.CHOOSE)
    table = ThemeTableFactory(event=event, title="Wohnen")
    placed = join(event, tables=[table])
    waiting = services.register(event, name="Am Telefon", email=None, phone="07531 1", by=organiser)

    page = desk.page(address_of(event, placed))
    assert page.h1.text == "Beispielperson"
    assert [each.text.strip() for each in page.select(".timeline-title")] == ["bestätigt", "angemeldet"]
    assert names(page) == ["Wohnen"]
    assert buttons(page) == ["Letzte Mail noch einmal schicken"]

    page = desk.page(address_of(event, waiting))
    assert "an Stelle 1" in page.select_one(".facts").text
    assert "07531 1" in page.select_one(".facts").text
    assert [each.text.strip() for each in page.select(".timeline-text")] == [organiser.name]
    assert buttons(page) == [
        "Platz anbieten",
        "Sicheren Platz geben, auch über die Grenze",
        "Letzte Mail noch einmal schicken",
    ]


def test_desk_offers_admits_and_resends_by_hand(desk):
    starts_at = now() + timedelta(hours=20)
    event = EventFactory(capacity=2, starts_at=starts_at, registration_closes_at=starts_at)
    RegistrationFactory(event=event)
    first, second = RegistrationFactory.create_batch(2, event=event, status=S.WAITING)

    assert desk.post(address_of(event, first, "/angebot")).location == address_of(event, first)
    assert desk.post(address_of(event, second, "/zulassung")).location == address_of(event, second)
    assert desk.post(address_of(event, second, "/mail")).location == address_of(event, second)

    assert statuses(first, second) == [S.OFFERED, S.CONFIRMED]
    assert second.is_beyond_limit
    assert letters() == ["offer", "confirmed", "confirmed"]
    assert "über die Grenze" in desk.page(address_of(event)).main.text


def test_desk_says_yes_and_no_to_requests(desk):
    event = EventFactory(requires_approval=True)
    first, second = RegistrationFactory.create_batch(2, event=event, status=S.REQUESTED)

    assert buttons(desk.page(address_of(event, first)))[0] == "Zusagen"
    desk.post(address_of(event, first, "/zusage"))
    page = desk.page(address_of(event, second, "/absage"), 422, "POST", data={"reason": " "})
    assert [error["id"] for error in page.select(".kern-error")] == ["reason-error"]
    desk.post(address_of(event, second, "/absage"), data={"reason": "Nur für Fachleute."})

    assert statuses(first, second) == [S.CONFIRMED, S.DECLINED]
    assert letters() == ["approved", "declined"]


def test_desk_cancels_for_somebody_after_asking(desk):
    event = EventFactory(capacity=1)
    leaving = RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status=S.WAITING)

    assert desk.page(address_of(event, leaving, "/abmeldung")).h1.text == f"Abmelden: {leaving.name}"
    desk.post(address_of(event, leaving, "/abmeldung"))

    assert statuses(leaving, waiting) == [S.CANCELLED, S.OFFERED]
    assert buttons(desk.page(address_of(event, leaving))) == []


def test_desk_moves_a_party_and_says_at_the_field_why_not(desk):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    first, full = (ThemeTableFactory(event=event, capacity=1, title=title) for title in ("Wohnen", "Sprache"))
    join(event, tables=[full])
    moving = join(event, tables=[first])
    address = address_of(event, moving, "/umsetzung")

    page = desk.page(address)
    assert [option.text for option in page.select("#to option")] == ["Sprache"]
    page = desk.page(address, 422, "POST", data={"to": f"table/{full.id}", "instead_of": ""})
    assert "So viele Plätze sind bei „Sprache“ nicht frei." in page.select_one("#to-error").text
    page = desk.page(address, 422, "POST", data={"to": "table/999999", "instead_of": ""})
    assert [booking.table for booking in moving.bookings] == [first]

    desk.post(address, data={"to": f"table/{full.id}", "instead_of": "", "beyond": "y"})
    assert [(booking.table, booking.is_beyond_limit) for booking in moving.bookings] == [(full, True)]


def test_desk_lets_somebody_into_a_full_item(desk):
    event = EventFactory()
    item = item_of(event, capacity=1)
    join(event, items=[item])
    waiting = join(event, items=[item])
    [booking] = waiting.bookings
    [form] = desk.page(address_of(event, waiting)).select("tbody form")

    assert desk.post(form["action"]).location == address_of(event, waiting)

    assert booking.is_beyond_limit
    assert desk.post(address_of(event, waiting, "/buchungen/999999/zulassung")).status_code == 404


def test_desk_changes_the_number_of_places_of_everything(desk):
    event = EventFactory(capacity=2, attendance_mode=AttendanceMode.HYBRID, online_capacity=3)
    join(event, 2)
    item, option = item_of(event, capacity=4, title="Rundgang"), option_of(event, capacity=5)
    places = f"/verwaltung/veranstaltungen/{event.id}/plaetze"

    page = desk.page(places, 422, "POST", data={"capacity": "1"})
    assert "So viele Plätze sind schon vergeben." in page.select_one("#capacity-error").text
    assert names(page) == ["Rundgang", "Beispiel"]
    for below, capacity in (
        ("", ""),
        ("/online", "8"),
        (f"/programmpunkt/{item.id}", "6"),
        (f"/antwort/{option.id}", "7"),
    ):
        assert desk.page(places + below).h1.text.startswith("Zahl der Plätze")
        assert desk.post(places + below, data={"capacity": capacity}).location == address_of(event)

    assert (event.capacity, event.online_capacity, item.capacity, option.capacity) == (None, 8, 6, 7)
    foreign = item_of(EventFactory())
    assert desk.get(f"{places}/programmpunkt/{foreign.id}").status_code == 404


def test_desk_knows_no_registration_of_another_event(desk):
    event, foreign = EventFactory(), RegistrationFactory(status=S.WAITING)

    assert desk.get(address_of(event, foreign)).status_code == 404
    for below in ("/angebot", "/zulassung", "/zusage", "/absage", "/abmeldung", "/mail", "/umsetzung"):
        assert desk.post(address_of(event, foreign, below)).status_code == 404

    assert foreign.status is S.WAITING


def test_only_the_team_reads_that_somebody_has_needs(client):
    event = EventFactory(asked_needs=[NeedKind.VEGAN])
    registration = RegistrationFactory(event=event)
    text = ConsentTextFactory(event=event, purpose=ConsentPurpose.NEEDS)
    registration.consents.append(Consent(text=text))
    db.session.flush()
    needs.keep(registration, [need(NeedKind.VEGAN)])
    stranger, member = (AccountFactory(roles=(Role.ORGANISER,)) for _ in range(2))
    event.team.append(TeamMember(account=member))
    db.session.flush()

    shown = []
    for account in (stranger, member):
        client.sign_in(account)
        page = client.page(address_of(event, registration)).text
        shown.append(("Angaben zum Bedarf" in page, "Bedarf angegeben" in page))

    assert shown == [(False, False), (True, True)]


def test_an_item_nobody_books_has_no_limit_to_change(desk):
    event = EventFactory()
    item = item_of(event)
    item.is_bookable, item.capacity = False, None
    db.session.flush()

    address = f"/verwaltung/veranstaltungen/{event.id}/plaetze/programmpunkt/{item.id}"
    assert desk.post(address, data={"capacity": "5"}).status_code == 404
