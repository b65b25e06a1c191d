from datetime import UTC, date, datetime, timedelta

import pytest

from app.calls.models import CallState
from app.calls.words import time_left
from tests.calls.factories import CallFactory

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def call():
    """By local time from 1 June, 0 o'clock, to 30 June, 24 o'clock."""
    return CallFactory()


def test_a_call_is_open_from_the_first_moment_of_its_first_day_to_the_last_of_its_last(call):
    states = [call.state(at) for at in (call.opens_at - MOMENT, call.opens_at, call.closes_at - MOMENT, call.closes_at)]

    assert states == [CallState.COMING, CallState.OPEN, CallState.OPEN, CallState.OVER]
    assert (call.first_day, call.last_day) == (date(2026, 6, 1), date(2026, 6, 30))


def test_a_draft_is_never_open():
    call = CallFactory(is_published=False)

    assert call.state(call.opens_at) is CallState.DRAFT


def test_a_letter_came_in_time_on_the_first_and_on_the_last_day(call):
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)]

    assert [call.covers(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 5, 28, 10, tzinfo=UTC), "beginnt in 4 Tagen"),
        (datetime(2026, 5, 31, 21, 59, tzinfo=UTC), "beginnt morgen"),
        (datetime(2026, 5, 31, 22, 0, tzinfo=UTC), "noch 4 Wochen"),
        (datetime(2026, 6, 18, 10, tzinfo=UTC), "noch 12 Tage"),
        (datetime(2026, 6, 28, 22, 0, tzinfo=UTC), "endet morgen"),
        (datetime(2026, 6, 29, 22, 0, tzinfo=UTC), "endet heute um 24 Uhr"),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), ""),
    ],
)
def test_the_time_left_is_told_as_people_say_it(call, at, words):
    assert time_left(call, at) == words


def test_a_call_ended_in_the_middle_of_a_day_says_the_hour():
    call = CallFactory(closes_at=datetime(2026, 6, 10, 12, 30, tzinfo=UTC))

    assert time_left(call, datetime(2026, 6, 10, 8, tzinfo=UTC)) == "endet heute um 14.30 Uhr"
    assert call.last_day == date(2026, 6, 10)


def test_who_reads_another_language_gets_german_where_nobody_translated(call):
    assert call.wording_in("ar").language == "de"
