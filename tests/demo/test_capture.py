from app.accounts.models import Role
from app.capture import queries
from app.demo import capture, events
from app.demo.cli import FOLDER
from tests.demo.test_events import world
from tests.factories import AccountFactory

__all__ = ["world"]


def test_two_tables_write_with_points_and_one_is_closed(world):
    events.load(FOLDER, world)
    for role in (Role.MODERATOR, Role.ORGANISER):
        world.accounts[role] = AccountFactory(roles=(role,))

    capture.load(FOLDER, world)

    event = world.events["begegnungsabend-beispiel"]
    first, second = queries.overview(event.tables)
    assert (first.lines, first.points, first.closed_at) == (4, 14, None)
    assert (second.lines, second.points, second.closed_at is None) == (3, 9, False)
    assert queries.settings_of(event.id).points_each == capture.POINTS_EACH
    assert {line.proposal.is_example for line in queries.lines_of(first.table)} == {True}
