from app.attendance import queries
from app.demo import day, events
from app.demo.cli import FOLDER
from app.registrations.queries import persons_at
from tests.demo.test_events import world

__all__ = ["world"]


def test_tomorrow_families_are_expected_and_the_door_has_its_links(world):
    events.load(FOLDER, world)
    event = world.events["begegnungsabend-beispiel"]

    day.load(FOLDER, world)

    assert persons_at([event.id])[event.id].confirmed == 14
    families = [party for party in queries.parties_at(event.id, None) if len(party.people) > 1]
    assert sorted(len(party.people) for party in families) == [2, 3, 4]
    assert [(device.name, device.table_id, device.may_exceed) for device in queries.devices_of(event.id)] == [
        ("Telefon am Haupteingang", None, False),
        ("Telefon am Seiteneingang", None, True),
        ("Telefon an Tisch 1", world.tables["begegnungsabend-beispiel", 1].id, False),
    ]
