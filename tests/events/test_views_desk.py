import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.events import services
from app.events.models import (
    AttendanceMode,
    Event,
    EventStatus,
    PersonRole,
    ProgrammeItem,
    TableChoice,
    TeamMember,
)
from app.registrations import services as registrations
from app.registrations.models import BookingStatus
from tests.concept.factories import MeasureFactory, WorkingEditionFactory
from tests.events.factories import EventFactory, ProgrammeItemFactory, TeamMemberFactory, ThemeTableFactory
from tests.events.test_views import FORM, TIMES
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

EVENTS = "/verwaltung/veranstaltungen"


@pytest.fixture
def account():
    return AccountFactory(roles=(Role.ORGANISER,))


@pytest.fixture
def desk(client, account):
    client.sign_in(account)
    return client


def words(tag):
    return " ".join(tag.get_text(" ").split())


def test_form_takes_all_an_event_is(desk):
    data = FORM | {
        "motto": "Reden wir",
        "format": "World-Café",
        "contact": "Beispielperson, 07531 1",
        "attendance_mode": "hybrid",
        "online_address": "https://example.org/raum",
        "position": "47.6616, 9.1750",
        "registration_opens_at": "2028-05-01T08:00",
        "changes_until": "2028-06-23T12:00",
        "hold_hours": "12",
        "offer_hours": "6",
        "offers_stop_hours": "0",
        "requires_approval": "y",
        "is_by_invitation": "y",
        "table_choice": "choose",
        "table_rounds": "3",
        "capacity": "40",
        "online_capacity": "100",
    }

    desk.post(f"{EVENTS}/neu", data=data)

    event = db.session.scalars(select(Event)).one()
    assert (event.attendance_mode, event.table_choice) == (AttendanceMode.HYBRID, TableChoice.CHOOSE)
    assert (event.latitude, event.longitude, event.capacity, event.online_capacity) == (47.6616, 9.175, 40, 100)
    assert (event.hold_hours, event.offer_hours, event.offers_stop_hours, event.table_rounds) == (12, 6, 0, 3)
    assert (event.requires_approval, event.is_by_invitation) == (True, True)
    page = desk.page(f"{EVENTS}/{event.id}")
    kept = {name: page.select_one(f"#{name}")["value"] for name in ("position", "changes_until", "motto")}
    assert kept == {"position": "47.6616, 9.175", "changes_until": "2028-06-23T12:00", "motto": "Reden wir"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", "Konstanz"),
        ("position", "95, 9"),
        ("position", "47.6"),
        ("online_address", "javascript:alert(1)"),
        ("registration_opens_at", "2028-06-24T09:30"),
        ("changes_until", "2028-06-24T15:00"),
        ("hold_hours", "0"),
        ("table_rounds", "-1"),
        ("attendance_mode", "beamen"),
    ],
)
def test_form_says_at_the_field_what_cannot_be(desk, field, value):
    page = desk.page(f"{EVENTS}/neu", 422, "POST", data=FORM | {field: value})

    assert [error["id"] for error in page.select(".kern-error")] == [f"{field}-error"]
    assert db.session.scalars(select(Event)).all() == []


def test_desk_takes_every_step_and_says_who_hears(desk):
    event = EventFactory(status=EventStatus.PLANNED, **TIMES)
    address = f"{EVENTS}/{event.id}"
    for step, status in (
        ("veroeffentlichung", EventStatus.OPEN),
        ("schliessung", EventStatus.CLOSED),
        ("oeffnung", EventStatus.OPEN),
        ("verschiebung", EventStatus.POSTPONED),
    ):
        assert desk.post(f"{address}/{step}").location == address
        assert (desk.page(address).url, event.status) == (address, status)

    desk.page(
        f"{address}/neuer-termin", 422, "POST", data={"starts_at": "2020-01-01T10:00", "ends_at": "2020-01-01T12:00"}
    )
    desk.page(f"{address}/neuer-termin", 422, "POST", data={"starts_at": "2029-01-01T10:00", "ends_at": ""})
    data = {"starts_at": "2029-01-01T10:00", "ends_at": "2029-01-01T12:00"}
    too_late = data | {"registration_closes_at": "2029-01-02T10:00"}
    assert desk.page(f"{address}/neuer-termin", 422, "POST", data=too_late).select_one("#registration_closes_at-error")
    assert desk.post(f"{address}/neuer-termin", data=data).location == address
    assert (event.status, event.sequence) == (EventStatus.OPEN, 2)
    assert desk.post(f"{address}/oeffnung").status_code == 409


@pytest.mark.parametrize("step", ["verschiebung", "absage", "neuer-termin", "kopie"])
def test_pages_of_steps_show_and_write_nothing(desk, step):
    event = EventFactory(status=EventStatus.POSTPONED if step == "neuer-termin" else EventStatus.OPEN)

    desk.page(f"{EVENTS}/{event.id}/{step}")

    assert desk.get(f"{EVENTS}/{event.id + 1}/{step}").status_code == 404


def test_moving_an_event_names_the_item_that_does_not_fit(desk):
    event = EventFactory(title="Beispiel", **TIMES)
    ProgrammeItemFactory(event=event, title="Abschluss", ends_at=event.ends_at)

    page = desk.page(f"{EVENTS}/{event.id}", 422, "POST", data=FORM | {"ends_at": "2028-06-24T10:00"})

    assert "„Abschluss“" in page.select_one("#ends_at-error").text


def test_desk_edits_the_programme(desk):
    event = EventFactory(**TIMES)
    address = f"{EVENTS}/{event.id}/programm"
    data = {
        "title": "Beginn",
        "starts_at": "2028-06-24T09:30",
        "ends_at": "2028-06-24T10:00",
        "speakers": "Beispielperson, Beispielverein\n\nZweite Person",
        "languages": "de, ar",
        "is_bookable": "y",
        "capacity": "5",
    }
    assert desk.page(f"{address}/neu").select_one("#starts_at")["value"] == "2028-06-24T09:30"
    outside = desk.page(f"{address}/neu", 422, "POST", data=data | {"starts_at": "2028-06-24T08:00"})
    assert "Die Veranstaltung dauert von" in outside.select_one("#starts_at-error").text
    unlimited = {name: value for name, value in data.items() if name != "is_bookable"}
    assert desk.page(f"{address}/neu", 422, "POST", data=unlimited).select_one("#capacity-error") is not None

    assert desk.post(f"{address}/neu", data=data).location == address
    item = db.session.scalars(select(ProgrammeItem)).one()
    assert [(each.role, each.name, each.organization) for each in item.people] == [
        (PersonRole.SPEAKER, "Beispielperson", "Beispielverein"),
        (PersonRole.SPEAKER, "Zweite Person", ""),
    ]
    form = desk.page(f"{address}/{item.id}")
    assert form.select_one("#speakers").text.strip().splitlines() == ["Beispielperson, Beispielverein", "Zweite Person"]

    desk.post(f"{address}/{item.id}", data=data | {"title": "Anfang", "capacity": "7"})
    assert (item.title, item.capacity) == ("Anfang", 7)
    assert "Anfang" in desk.page(address).table.text
    one = f"{address}/{item.id}"
    assert desk.post(f"{one}/entfernung").location == address
    assert desk.get(one).status_code == 404


def test_places_of_items_and_tables_never_fall_below_what_is_taken(desk):
    event = EventFactory(table_choice=TableChoice.CHOOSE, **TIMES)
    item = ProgrammeItemFactory(event=event, is_bookable=True, capacity=5)
    table = ThemeTableFactory(event=event, number=1, title="Wohnen", capacity=5)
    party = {"name": "Beispielperson", "email": "a@example.org", "persons": 2}
    registrations.confirm(registrations.register(event, **party, items=[item], tables=[table]))
    address = f"{EVENTS}/{event.id}"
    form = {"title": "Beginn", "starts_at": "2028-06-24T09:30", "ends_at": "2028-06-24T10:00"}

    page = desk.page(f"{address}/programm/{item.id}", 422, "POST", data=form | {"is_bookable": "y", "capacity": "1"})
    assert page.select_one("#capacity-error") is not None
    page = desk.page(f"{address}/programm/{item.id}", 422, "POST", data=form)
    assert page.select_one("#is_bookable-error") is not None or page.select_one(".error-summary") is not None
    page = desk.page(f"{address}/tische/{table.id}", 422, "POST", data={"number": 1, "title": "Wohnen", "capacity": 1})
    assert page.select_one("#capacity-error") is not None
    db.session.expire_all()
    assert (item.capacity, item.is_bookable, table.capacity) == (5, True, 5)


def test_more_places_in_an_item_go_to_those_in_line(desk):
    event = EventFactory(**TIMES)
    item = ProgrammeItemFactory(event=event, is_bookable=True, capacity=1)
    for name in "ab":
        party = registrations.register(event, name=name, email=f"{name}@example.org", items=[item])
        registrations.confirm(party)
    assert party.bookings[0].status is BookingStatus.WAITING

    registrations.change_item(item, capacity=2, by=None)

    db.session.expire_all()
    assert party.bookings[0].status is BookingStatus.BOOKED


def test_team_takes_in_and_lets_go(desk, account):
    event = EventFactory()
    TeamMemberFactory(event=event, account=account)
    colleague = AccountFactory(name="Kollegin", roles=(Role.ORGANISER,))
    AccountFactory(name="Fremd", roles=(Role.EDITOR,))
    address = f"{EVENTS}/{event.id}/team"
    assert [option.text for option in desk.page(address).select("#account option")] == ["Bitte wählen", "Kollegin"]

    desk.page(address, 422, "POST", data={})
    assert desk.post(address, data={"account": colleague.id}).location == address
    page = desk.page(address)
    assert [words(each) for each in page.select("main li bdi")] == [account.name, "Kollegin"]
    member = db.session.scalars(select(TeamMember).where(TeamMember.account == account)).one()
    assert desk.post(f"{address}/{member.id}/entfernung").location == address
    assert desk.post(address, data={"account": account.id}).status_code == 403


def test_team_is_closed_to_other_organisers(desk):
    member = TeamMemberFactory()
    address = f"{EVENTS}/{member.event_id}/team"

    assert desk.page(address).select("main form") == []
    assert desk.post(address, data={"account": 1}).status_code == 403
    assert desk.post(f"{address}/{member.id}/entfernung").status_code == 403
    assert desk.post(f"{EVENTS}/{EventFactory().id}/team/{member.id}/entfernung").status_code == 404


def test_event_is_attached_by_words_and_let_go(desk):
    event = EventFactory()
    measure = MeasureFactory()
    named = f"{measure.code}: {measure.text.current.content}"
    other = MeasureFactory()
    body = OrganizationFactory(name="Arbeitskreis Sprache")
    town = MunicipalityFactory(name="Beispielstadt")
    address = f"{EVENTS}/{event.id}/zuordnung"
    assert named in [option["value"] for option in desk.page(address).select("datalist option")]

    for kind, typed in (("massnahmen", measure.code.lower()), ("gremien", "kreis sprache"), ("gemeinden", town.name)):
        assert desk.post(f"{address}/{kind}", data={f"{kind}-name": typed}).location == address
    assert [each.measure for each in event.measures] == [measure]
    assert [each.organization for each in event.bodies] == [body]
    assert [each.municipality for each in event.municipalities] == [town]

    assert desk.page(f"{address}/massnahmen", 422, "POST", data={"massnahmen-name": "M-"}).select_one(".kern-error")
    assert desk.page(f"{address}/gremien", 422, "POST", data={"gremien-name": "gibt es nicht"}).select_one(
        ".kern-error"
    )
    assert desk.post(f"{address}/massnahmen/{other.id}/entfernung").status_code == 404
    desk.post(f"{address}/massnahmen/{measure.id}/entfernung")
    db.session.expire_all()
    assert event.measures == []


def test_pages_of_measure_and_section_name_their_events(client):
    WorkingEditionFactory()
    measure = MeasureFactory()
    event = EventFactory(title="Dazu")
    services.change_event(event, measures=[measure], by=None)
    EventFactory(title="Anderes")
    services.change_event(EventFactory(title="Geheim", status=EventStatus.PLANNED), measures=[measure], by=None)

    page = client.page(f"/massnahmen/{measure.code}")

    assert [link.text for link in page.select(f'a[href^="/veranstaltungen/{event.id}"]')] == ["Dazu"]
    assert "Geheim" not in page.text


@pytest.mark.parametrize(
    ("attributes", "party", "shown"),
    [
        ({"attendance_mode": AttendanceMode.ONLINE}, {}, True),
        ({"attendance_mode": AttendanceMode.HYBRID}, {"is_online": True}, True),
        ({"attendance_mode": AttendanceMode.HYBRID}, {}, False),
        ({"attendance_mode": AttendanceMode.ONLINE, "status": EventStatus.POSTPONED}, {}, False),
    ],
)
def test_only_those_who_are_registered_see_the_way_in_online(client, attributes, party, shown):
    event = EventFactory(online_address="https://example.org/raum", **attributes)
    token = registrations.issue_link(RegistrationFactory(event=event, **party))

    assert "https://example.org/raum" not in client.page(f"/veranstaltungen/{event.id}").text
    links = client.page(f"/anmeldungen/{token}").select('a[href="https://example.org/raum"]')
    assert len(links) == shown
