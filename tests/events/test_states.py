from datetime import timedelta

import pytest

from app.db import now
from app.events.models import AttendanceMode, EventState, EventStatus
from tests.events.factories import EventFactory

pytestmark = pytest.mark.no_database
DAY = timedelta(days=1)
AT = now()
OVER = {"starts_at": AT - 2 * DAY, "ends_at": AT - DAY, "registration_closes_at": AT - 3 * DAY}
HYBRID = {"attendance_mode": AttendanceMode.HYBRID, "capacity": 5, "online_capacity": 10}


@pytest.mark.parametrize(
    ("attributes", "occupied", "state"),
    [
        ({"status": EventStatus.PLANNED}, (0,), EventState.PLANNED),
        ({"status": EventStatus.PLANNED, **OVER}, (0,), EventState.PLANNED),
        ({"registration_opens_at": AT + DAY}, (0,), EventState.NOT_OPEN_YET),
        ({"registration_opens_at": AT}, (0,), EventState.OPEN),
        ({"capacity": 5}, (4,), EventState.OPEN),
        ({"capacity": 5}, (5,), EventState.FULL),
        ({"capacity": 5}, (6,), EventState.FULL),
        (HYBRID, (5, 0), EventState.OPEN),
        (HYBRID, (14, 10), EventState.OPEN),
        (HYBRID, (15, 10), EventState.FULL),
        ({**HYBRID, "online_capacity": None}, (500, 495), EventState.OPEN),
        ({"registration_closes_at": AT}, (0,), EventState.CLOSED),
        ({"status": EventStatus.CLOSED}, (0,), EventState.CLOSED),
        ({"status": EventStatus.CLOSED, "registration_opens_at": AT + DAY}, (0,), EventState.CLOSED),
        (OVER, (0,), EventState.OVER),
        ({"status": EventStatus.POSTPONED, **OVER}, (0,), EventState.POSTPONED),
        ({"status": EventStatus.CANCELLED, **OVER}, (0,), EventState.CANCELLED),
    ],
)
def test_state_is_what_people_see(attributes, occupied, state):
    event = EventFactory.build(**{"status": EventStatus.OPEN, "attendance_mode": AttendanceMode.ON_SITE} | attributes)

    assert event.state(AT, *occupied) is state


def test_places_left_are_counted_apart_at_a_hybrid_event():
    event = EventFactory.build(**HYBRID)

    assert event.places_left(12, 8) == [1, 2]
    event.online_capacity = None
    assert event.places_left(20, 8) == [0, None]
