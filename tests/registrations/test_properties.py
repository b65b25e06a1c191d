import contextlib

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db, now
from app.errors import DomainError
from tests.registrations.recount import Recount
from tests.registrations.stories import HOUR, make_scene

WHO = st.integers(0, 9)
SIZE = st.integers(1, 4)
CHOSEN = st.integers(0, 95)
YES = st.booleans()
BY_PEOPLE = st.one_of(
    st.tuples(st.just("register"), SIZE, CHOSEN, YES, YES),
    st.tuples(st.just("register"), SIZE, CHOSEN, YES, YES),
    st.tuples(st.just("confirm"), WHO),
    st.tuples(st.just("confirm"), WHO),
    st.tuples(st.just("cancel"), WHO),
    st.tuples(st.just("change"), WHO, SIZE, CHOSEN),
    st.tuples(st.just("switch"), WHO, YES),
    st.tuples(st.just("wait"), st.integers(1, 50)),
    st.tuples(st.just("expire")),
)
BY_ORGANISERS = st.one_of(
    st.tuples(st.just("type_in"), SIZE, CHOSEN, YES),
    st.tuples(st.just("resize"), st.integers(0, 8), st.integers(1, 9)),
    st.tuples(st.just("offer"), WHO),
    st.tuples(st.just("admit_beyond"), WHO),
    st.tuples(st.just("move"), WHO, st.integers(0, 6), YES),
    st.tuples(st.just("book_beyond"), WHO),
    st.tuples(st.just("decide"), WHO, YES),
)
STEPS = st.one_of(BY_PEOPLE, BY_PEOPLE, BY_ORGANISERS)
OUT_OF_TURN = {"offer", "admit_beyond", "move", "book_beyond"}  # an organiser decides otherwise


class Story:
    """A scene, and what each party was promised."""

    def __init__(self, scene, traveller):
        self.scene = scene
        self.sizes = {}
        self.traveller = traveller

    def play(self, step, *arguments):
        before = Recount(self.scene.event_id)
        with contextlib.suppress(DomainError):
            if step == "wait":
                self.traveller.shift(arguments[0] * HOUR)
            else:
                getattr(self.scene, step)(*arguments)
                self._promise(step, arguments)
        db.session.expire_all()
        after = Recount(self.scene.event_id)
        assert after.broken_rules(now()) == []
        assert after.persons == self.sizes
        self._check_order(before, after, step in OUT_OF_TURN or (step == "type_in" and arguments[2]))

    def _promise(self, step, arguments):
        if step in {"register", "type_in"}:
            self.sizes[max(Recount(self.scene.event_id).registrations)] = arguments[0]
        elif step == "change":
            self.sizes[self.scene.party(arguments[0]).id] = arguments[1]

    def _check_order(self, before, after, is_by_hand):
        for thing, row in before.things.items():
            staying = {claim for _, claim, _ in after.things[thing].line}
            line = [claim for _, claim, _ in row.line if claim in staying]
            assert [claim for _, claim, _ in after.things[thing].line if claim in line] == line
            if not is_by_hand:
                for claim, persons in after.things[thing].holding.items():
                    if claim not in row.holding:
                        self._check_passing(row.line, staying, claim, persons)

    def _check_passing(self, line, staying, claim, persons):
        """Whoever comes from outside has everybody in line before it."""
        places = [place for place, (_, other, _) in enumerate(line) if other == claim]
        before_it = line[: places[0]] if places else line
        passed = [size for _, other, size in before_it if other in staying]
        assert all(size > persons for size in passed), f"{claim} passed somebody"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=settings.default.max_examples // 2,
)
@given(
    capacity=st.integers(1, 6),
    capacity_of_things=st.integers(1, 4),
    requires_approval=st.sampled_from([False, False, True]),
    hours_before=st.sampled_from([700, 26, 20]),  # from 24 on nothing is given by itself
    steps=st.lists(STEPS, min_size=5, max_size=25),
)
def test_whatever_happens_nobody_is_promised_a_place_that_is_not_there(
    capacity, capacity_of_things, requires_approval, hours_before, steps
):
    """After each step of any story, counted once more from the bare rows:

    - no event, online part, table, item or option holds more than its capacity, but for those whom an organiser let in
      beyond the limit, and each of these is marked;
    - a booking counts only while its party has a place at the event; nobody has a sure place without having confirmed;
    - what is free and gives by itself has nobody in line who fits into it;
    - whoever stays in a queue keeps the order there; who gets a place passes only larger parties;
    - every party has as many persons as it last said: none is split, none loses or gains anybody;
    - nobody is at two tables or at two items at the same time; by a code come no more persons than it is good for.
    """
    with time_machine.travel(now(), tick=False) as traveller:
        starts_at = now() + hours_before * HOUR
        event = {"starts_at": starts_at, "registration_closes_at": starts_at, "requires_approval": requires_approval}
        story = Story(make_scene(capacity, capacity_of_things, **event), traveller)
        for step in steps:
            story.play(*step)
