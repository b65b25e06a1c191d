import pytest

from app.registrations.models import Booking, BookingStatus, RegistrationStatus
from app.seating import queries, services
from tests.registrations.factories import RegistrationFactory
from tests.seating.factories import event_with_tables, party

S = RegistrationStatus


def test_seated_at_follows_choices_and_first_wishes_before_a_plan():
    event, (one, other) = event_with_tables(5, 5)
    wishing = party(event, one, other)
    booked = RegistrationFactory(event=event, bookings=[Booking(table=one, status=BookingStatus.BOOKED)])
    RegistrationFactory(event=event, bookings=[Booking(table=one, status=BookingStatus.WAITING)])
    party(event, one, status=S.CANCELLED)

    assert [list(queries.seated_at(table)) for table in (one, other)] == [[wishing, booked], []]


def test_seated_at_follows_the_published_seats_of_all_rounds(organiser):
    event, (one, other) = event_with_tables(5, 5, rounds=2)
    registration = party(event, one, persons=2)
    plan = services.make(event, by=organiser)
    late = party(event, one)
    assert list(queries.seated_at(one)) == [registration, late]

    services.publish(plan, by=organiser)

    assert [list(queries.seated_at(table)) for table in (one, other)] == [[registration], [registration]]


def test_seats_of_shows_only_what_is_published_and_who_still_comes(organiser):
    event, (one, _) = event_with_tables(5, 5)
    leaving, staying = party(event, one, name="Geht"), party(event, one, name="Bleibt")
    plan = services.make(event, by=organiser)
    assert list(queries.seats_of(event.id)) == []

    services.publish(plan, by=organiser)
    leaving.move_to(S.CANCELLED, plan.published_at)

    assert [(seat.attendee.registration, seat.table) for seat in queries.seats_of(event.id)] == [(staying, one)]
    assert list(queries.seats_of_party(leaving)) == []


@pytest.mark.parametrize("parties", [1, 3])
def test_seats_of_asks_once(organiser, count_queries, parties):
    event, _ = event_with_tables(5, 5)
    for _ in range(parties):
        party(event, persons=2)
    services.publish(services.make(event, by=organiser), by=organiser)
    event_id = event.id

    with count_queries() as statements:
        named = [(seat.attendee.registration.name, seat.table.title) for seat in queries.seats_of(event_id)]

    assert (len(named), len(statements)) == (parties * 2, 1)
