import pytest

from app.attendance import queries
from app.attendance.documents import seat_in_words, seats_in_short, ticket_pdf
from app.db import db, now
from app.seating.models import PlanStatus, SeatingPlan, TableSeat
from tests.attendance.factories import DoorDeviceFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.pdfs import text_of
from tests.registrations.factories import RegistrationFactory


@pytest.fixture
def hall():
    """An event with two tables; Anna wishes the first."""
    event = EventFactory()
    tables = [ThemeTableFactory(event=event, number=number, title=f"Thema {number}") for number in (1, 2)]
    anna = RegistrationFactory(event=event, name="Anna", table=tables[0])
    return event, tables, anna


def publish(event, attendee, *tables):
    figures = {
        "input_digest": "",
        "persons": 1,
        "total_rank": 1,
        "bound": 1,
        "is_proven": True,
        "solver": "",
        "seconds": 0,
    }
    plan = SeatingPlan(event=event, status=PlanStatus.DRAFT, rounds=len(tables), **figures)
    plan.seats = [TableSeat(attendee=attendee, round=number, table=table) for number, table in enumerate(tables, 1)]
    db.session.add(plan)
    plan.publish(now(), None)
    db.session.flush()


def seats(event, registration):
    return queries.seats_at(event.id).get(registration.attendees[0].id, [])


def test_before_a_plan_is_published_the_first_wish_stands_but_no_ticket_promises_it(hall):
    event, _tables, anna = hall

    assert seats_in_short(seats(event, anna)) == "Tisch 1"
    assert queries.published_seats(event.id) == {}
    assert "Thema 1" not in text_of(ticket_pdf(anna))


def test_a_published_plan_takes_the_place_of_wishes(hall):
    event, tables, anna = hall
    publish(event, anna.attendees[0], tables[1], tables[0])

    assert [seat_in_words(seat) for seat in seats(event, anna)] == [
        "Runde 1: Tisch 2, Thema 2",
        "Runde 2: Tisch 1, Thema 1",
    ]
    assert seats_in_short(seats(event, anna)) == "Tische 2, 1"
    assert "Runde 1: Tisch 2, Thema 2" in text_of(ticket_pdf(anna))


def test_a_table_checks_in_who_sits_there_by_the_plan(hall):
    event, tables, anna = hall
    publish(event, anna.attendees[0], tables[1])
    devices = [DoorDeviceFactory(event=event, table=table) for table in tables]

    assert [[party.id for party in queries.parties_for(device)] for device in devices] == [[], [anna.id]]
