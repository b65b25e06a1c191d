import json

import pytest

from app.registrations import services
from app.registrations.places_report import describe
from app.registrations.services import Companion
from tests.events.factories import EventFactory
from tests.registrations.recount import Recount
from tests.registrations.scene import PARTY, item_of
from tests.registrations.stories import make_scene

NAMES = ("confirmed", "held", "waitlisted", "requested", "beyond_limit")
KINDS = {"table": "tables", "item": "items", "option": "options"}


def as_recounted(event_id):
    """The same document, from the bare rows."""
    recount = Recount(event_id)
    found = {"ways": {}, "tables": [], "items": [], "options": []}
    for thing, row in recount.things.items():
        numbers = {"capacity": row.capacity} | dict(zip(NAMES, row.counts, strict=True))
        if thing.kind in KINDS:
            found[KINDS[thing.kind]].append({"id": thing.id} | numbers)
        else:
            found["ways"]["online" if thing.kind == "online" else "on_site"] = numbers
    return found


def as_shown(row):
    """Without what is not about numbers."""
    things = {name: [without_title(each) for each in row[name]] for name in KINDS.values()}
    return {"ways": row["ways"]} | things


def without_title(each):
    return {name: value for name, value in each.items() if name != "title"}


def test_show_tells_of_each_way_and_each_thing(command, organiser):
    scene = make_scene(2, 2)
    services.register(
        scene.event, **PARTY, persons=2, companions=[Companion("Zweite")], **scene.choices(1 + 3 * 0b11001)
    )
    services.register(scene.event, **PARTY, is_online=True, **scene.choices(1 + 3 * 0b00001))
    services.register(scene.event, name="Gast", email=None, by=organiser, beyond=True)

    row = json.loads(command("events", "show", str(scene.event_id), "--json").output)

    assert as_shown(row) == as_recounted(scene.event_id)
    assert (row["capacity"], row["confirmed"], row["held"], row["beyond_limit"]) == (4, 1, 3, 1)
    assert [(each["held"], each["waitlisted"]) for each in row["tables"]] == [(2, 1), (0, 0)]
    assert json.loads(command("events", "list", "--json").output) == [row]


@pytest.mark.parametrize("count", [1, 3])
def test_describe_costs_the_same_for_one_and_three(count, count_queries):
    events = EventFactory.create_batch(count, capacity=None)
    for event in events:
        services.register(event, **PARTY, items=[item_of(event)])
    assert [event.title for event in events]

    with count_queries() as statements:
        rows = describe(events)

    assert [(row["capacity"], row["held"], len(row["items"])) for row in rows] == [(None, 1, 1)] * count
    assert len(statements) == 3
