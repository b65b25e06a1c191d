from datetime import UTC, datetime

import pytest

from app.concept.models import Effect, Standing
from app.concept.standing import Act, Cut, in_force, standings
from app.process_date import ProcessDate

pytestmark = pytest.mark.no_database


def cuts(*years):
    return [Cut(number, datetime(year, 1, 1, tzinfo=UTC)) for number, year in enumerate(years, 1)]


def act(edition_id, effect, decided, consultation_id=None, resolution_id=None):
    resolution_id = resolution_id or int(decided.replace("-", "").replace("/", ""))
    return Act(edition_id, consultation_id or resolution_id, resolution_id, effect, ProcessDate(decided))


def test_standing_is_submitted_until_somebody_decides():
    found = standings(cuts(2017), [act(1, Effect.RECOMMENDED, "2017-06")])

    assert found == {1: Standing.SUBMITTED}
    assert in_force(cuts(2017), []) is None


def test_standing_follows_the_history_of_2016_and_2017():
    acts = [
        act(1, Effect.RECOMMENDED, "2016-07-04"),
        act(1, Effect.FINAL, "2016-07-25"),
        act(2, Effect.PROVISIONAL, "2017-11-27"),
    ]
    assert standings(cuts(2016, 2017), acts) == {1: Standing.ADOPTED, 2: Standing.PROVISIONAL}

    acts.append(act(3, Effect.FINAL, "2017-12"))
    assert standings(cuts(2016, 2017, 2018), acts) == {
        1: Standing.SUPERSEDED,
        2: Standing.SUPERSEDED,
        3: Standing.ADOPTED,
    }


def test_in_force_is_the_latest_by_date_not_by_recording():
    acts = [
        act(2, Effect.FINAL, "2017-12", resolution_id=1),
        act(1, Effect.FINAL, "2016-07-25", resolution_id=2),
    ]

    assert in_force(cuts(2016, 2017), acts) == 2


def test_in_force_of_two_on_one_day_is_the_one_cut_later():
    acts = [act(2, Effect.FINAL, "2017-12", 1, 1), act(1, Effect.FINAL, "2017-12", 2, 2)]

    assert in_force(cuts(2016, 2017), acts) == 2


def test_standing_rejected_keeps_the_one_before_in_force():
    acts = [act(1, Effect.FINAL, "2016-07-25"), act(2, Effect.REJECTED, "2017-12")]

    assert standings(cuts(2016, 2017), acts) == {1: Standing.ADOPTED, 2: Standing.REJECTED}


def test_standing_counts_the_correction_of_a_resolution():
    acts = [
        act(1, Effect.FINAL, "2016-07-25", consultation_id=1, resolution_id=1),
        act(1, Effect.REJECTED, "2016-07-25", consultation_id=1, resolution_id=2),
    ]

    assert standings(cuts(2016), acts) == {1: Standing.REJECTED}


def test_a_correction_has_the_standing_of_the_one_it_corrects():
    found = [*cuts(2017, 2018), Cut(3, datetime(2019, 1, 1, tzinfo=UTC), corrects=1)]
    acts = [act(1, Effect.PROVISIONAL, "2017-11-27")]
    assert standings(found, acts) == {1: Standing.SUPERSEDED, 2: Standing.SUBMITTED, 3: Standing.PROVISIONAL}

    acts.append(act(1, Effect.FINAL, "2019-12"))  # also what is decided later
    assert (in_force(found, acts), standings(found, acts)) == (
        3,
        {1: Standing.SUPERSEDED, 2: Standing.SUBMITTED, 3: Standing.ADOPTED},
    )

    acts.append(act(2, Effect.FINAL, "2020-12"))
    assert standings(found, acts) == {1: Standing.SUPERSEDED, 2: Standing.ADOPTED, 3: Standing.SUPERSEDED}
