from functools import partial

import pytest

from app.db import db
from app.events.models import Event
from app.registrations import services as registrations
from app.registrations.models import Registration
from app.seating import queries, services
from app.seating.errors import PlanGone
from app.seating.models import PlanStatus, SeatingPlan
from tests.registrations.scene import letters
from tests.seating.factories import event_with_tables, party
from tests.threads import at_once


@pytest.fixture
def site(own_app):
    return own_app()


def publish(plan_id):
    return services.publish(db.session.get_one(SeatingPlan, plan_id), by=None)


def make(event_id):
    return services.make(db.session.get_one(Event, event_id), by=None).id


def cancel(registration_id):
    registrations.cancel(db.session.get_one(Registration, registration_id))


def test_two_organisers_publish_and_one_wins(site):
    with site.app_context():
        event, tables = event_with_tables(5, 5)
        party(event, tables[0])
        plan_id = services.make(event, by=None).id

    outcomes = at_once(site, *[partial(publish, plan_id)] * 2)

    assert sorted(map(str, outcomes)) == ["1", str(PlanGone())]
    with site.app_context():
        assert letters() == ["seated"]


def test_four_organisers_make_a_plan_and_one_draft_remains(site):
    with site.app_context():
        event, tables = event_with_tables(5, 5)
        party(event, tables[0])
        event_id = event.id

    made = at_once(site, *[partial(make, event_id)] * 4)

    with site.app_context():
        assert len(set(made)) == 4
        assert queries.plan_of(event_id, PlanStatus.DRAFT).id == max(made)
        assert len(db.session.get_one(SeatingPlan, max(made)).seats) == 1


def test_whoever_cancels_while_it_is_published_is_seated_nowhere(site):
    with site.app_context():
        event, tables = event_with_tables(5, 5)
        leaving, staying = party(event, tables[0]), party(event, tables[0])
        plan_id = services.make(event, by=None).id
        event_id, leaving_id, staying_id = event.id, leaving.id, staying.id

    outcomes = at_once(site, partial(cancel, leaving_id), partial(publish, plan_id))

    assert outcomes[0] is None
    with site.app_context():
        assert [seat.attendee.registration_id for seat in queries.seats_of(event_id)] == [staying_id]
