from app.accounts.models import Role
from app.demo import events, needs
from app.demo.cli import FOLDER
from app.events.rules import is_in_team
from app.registrations import needs as reading
from app.registrations.models import NeedKind
from tests.demo.test_events import world  # noqa: F401 -- a fixture
from tests.factories import AccountFactory


def test_load_brings_needs_and_plans_with_gaps(world):  # noqa: F811 -- the fixture
    world.accounts[Role.ORGANISER] = AccountFactory(roles=(Role.ORGANISER,))
    events.load(FOLDER, world)

    needs.load(FOLDER, world)

    event = world.events["dialog-beispiel"]
    covers = reading.covers_at(event.id, reading.demands_at(event.id))
    assert [(cover.kind, cover.language, cover.needed, cover.is_planned) for cover in covers if cover.is_gap] == [
        (NeedKind.INTERPRETATION, "ti", 3, False),
        (NeedKind.SIGN_LANGUAGE, "", 1, True),
    ]
    assert is_in_team(world.accounts[Role.ORGANISER], event)
