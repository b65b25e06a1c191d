import contextlib
from datetime import timedelta

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db, now
from app.errors import DomainError
from app.registrations import queries, services
from app.registrations.models import OCCUPYING, RegistrationStatus
from tests.events.factories import EventFactory

S = RegistrationStatus
WHO = st.integers(0, 11)
SIZE = st.integers(1, 4)
STEPS = st.one_of(
    st.tuples(st.just("register"), SIZE),
    st.tuples(st.just("confirm"), WHO),
    st.tuples(st.just("accept_offer"), WHO),
    st.tuples(st.just("cancel"), WHO),
    st.tuples(st.just("change"), WHO, SIZE),
    st.tuples(st.just("resize"), st.integers(1, 9)),
    st.tuples(st.just("wait"), st.integers(1, 50)),
    st.tuples(st.just("expire")),
)


class Story:
    """One event, and what each party was promised."""

    def __init__(self, capacity, traveller):
        self.event = EventFactory(capacity=capacity)
        self.parties = []
        self.sizes = {}
        self.traveller = traveller

    def play(self, step, *arguments):
        line = list(queries.queue_of(self.event.id))
        with contextlib.suppress(DomainError):
            getattr(self, step)(*arguments)
        self.check(line)

    def register(self, size):
        party = services.register(self.event, name="Beispielperson", email="person@example.org", persons=size)
        self.parties.append(party)
        self.sizes[party.id] = size

    def confirm(self, who):
        services.confirm(self._party(who))

    def accept_offer(self, who):
        services.accept_offer(self._party(who))

    def cancel(self, who):
        services.cancel(self._party(who))

    def change(self, who, size):
        party = self._party(who)
        services.change(party, persons=size)
        self.sizes[party.id] = size

    def resize(self, capacity):
        services.change_capacity(self.event, capacity, by=None)

    def wait(self, hours):
        self.traveller.shift(timedelta(hours=hours))

    def expire(self):
        services.expire_due()

    def check(self, line_before):
        db.session.expire_all()
        free = self.event.capacity - queries.persons_at([self.event.id])[self.event.id].occupied
        assert free >= 0
        assert {party.id: party.persons for party in self.parties} == self.sizes
        assert all(party.confirmed_at for party in self.parties if party.status in {S.CONFIRMED, S.OFFERED})
        line = list(queries.queue_of(self.event.id))
        if now() < self.event.registration_closes_at:
            assert [party.id for party in line if party.persons <= free] == []
        staying = [party for party in line_before if party in line]
        assert [party for party in line if party in line_before] == staying
        for place, party in enumerate(line_before):
            if party.status is S.OFFERED:
                skipped = [other for other in line_before[:place] if other in staying]
                assert all(other.persons > party.persons for other in skipped)

    def _party(self, who):
        if who >= len(self.parties):
            raise DomainError
        return self.parties[who]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 6), steps=st.lists(STEPS, min_size=5, max_size=30))
def test_whatever_happens_nobody_is_promised_a_place_that_is_not_there(capacity, steps):
    with time_machine.travel(now(), tick=False) as traveller:
        story = Story(capacity, traveller)
        for step in steps:
            story.play(*step)
    assert {party.status for party in story.parties if party.occupies_places} <= set(OCCUPYING)
