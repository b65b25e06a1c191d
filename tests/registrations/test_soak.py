import json
import random
from collections import Counter

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.db import db, now
from app.errors import DomainError
from tests.registrations.recount import Recount
from tests.registrations.stories import make_scene
from tests.registrations.test_places_report import as_recounted, as_shown
from tests.threads import at_once

THREADS = 16
PATIENCE = 10  # how often somebody tries again
CROWD = 40  # registrations that are acted on


def some_steps(count, seed):
    """What one thread does: a mix in which places are always short."""
    chance = random.Random(seed)
    who = lambda: chance.randrange(CROWD)  # noqa: E731
    chosen = lambda: chance.randrange(96)  # noqa: E731
    size = lambda: chance.choice([1, 1, 1, 2, 2, 3])  # noqa: E731
    steps = {
        "register": (8, lambda: (size(), chosen(), chance.random() < 0.3, chance.random() < 0.2)),
        "type_in": (2, lambda: (size(), chosen(), chance.random() < 0.2)),
        "confirm": (8, lambda: (who(),)),
        "cancel": (4, lambda: (who(),)),
        "change": (3, lambda: (who(), size(), chosen())),
        "switch": (1, lambda: (who(), chance.random() < 0.5)),
        "resize": (2, lambda: (chance.randrange(9), chance.randrange(4, 24))),
        "offer": (1, lambda: (who(),)),
        "admit_beyond": (1, lambda: (who(),)),
        "move": (2, lambda: (who(), chance.randrange(7), chance.random() < 0.2)),
        "book_beyond": (1, lambda: (who(),)),
        "expire": (1, tuple),
        "wait": (1, lambda: (chance.randrange(1, 20),)),
    }
    names = chance.choices(list(steps), weights=[weight for weight, _ in steps.values()], k=count)
    return [(name, steps[name][1]()) for name in names]


class Person:
    """One thread; what came of each step."""

    def __init__(self, scene, steps):
        self.scene = scene
        self.steps = steps
        self.outcomes = Counter()

    def __call__(self):
        for name, arguments in self.steps:
            self.outcomes[name, self._act(name, arguments)] += 1
            db.session.remove()
        return self.outcomes

    def _act(self, name, arguments):
        for _again in range(PATIENCE):
            try:
                getattr(self.scene, name)(*arguments)
            except DomainError as error:
                return type(error).__name__
            except (
                OperationalError,
                NoConnection,
            ):  # waited longer than the database lets anybody wait: nothing was changed
                db.session.remove()
            else:
                return "done"
        return "busy"


@pytest.fixture
def site(own_app):
    return own_app()


def soak(site, steps):
    with site.app_context():
        scene = make_scene(12, 5)
        assert scene.ids
    outcomes = at_once(site, *(Person(scene, some_steps(steps // THREADS + 1, seed)) for seed in range(THREADS)))
    with site.app_context():
        return scene.event_id, outcomes, Recount(scene.event_id).broken_rules(now())


def test_nobody_is_overbooked_or_left_out_by_many_at_once(site, scaled, command):
    """16 people and organisers at the same moment; afterwards the rules of test_properties hold, counted from the rows,
    and `teilhabe events show --json` says the same."""
    event_id, outcomes, broken = soak(site, scaled(200, 2000))

    assert [outcome for outcome in outcomes if not isinstance(outcome, Counter)] == []
    assert broken == []
    assert sum(count for each in outcomes for (_, result), count in each.items() if result == "busy") == 0
    done = {name for each in outcomes for name, result in each if result == "done"}
    assert {"register", "type_in", "confirm", "cancel", "change", "resize", "wait", "expire"} - done == set()
    with site.app_context():
        shown = json.loads(command("events", "show", str(event_id), "--json", app=site).output)
        assert as_shown(shown) == as_recounted(event_id)
