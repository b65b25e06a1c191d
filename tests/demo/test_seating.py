from app.accounts.models import Role
from app.demo import events, seating
from app.demo.cli import FOLDER
from app.seating import queries
from app.seating.models import PlanStatus
from tests.demo.test_events import world
from tests.factories import AccountFactory

__all__ = ["world"]


def test_load_makes_a_proven_draft_for_everybody(world):
    world.accounts[Role.ORGANISER] = AccountFactory(roles=(Role.ORGANISER,))
    events.load(FOLDER, world)

    seating.load(FOLDER, world)

    plan = queries.plan_of(world.events["tischrunden-beispiel"].id, PlanStatus.DRAFT)
    assert (plan.persons, plan.rounds, plan.gap, plan.is_proven, plan.figures["unseated"]) == (59, 3, 0, True, 0)
    assert plan.created_by is world.accounts[Role.ORGANISER]
    assert {seat.attendee.registration.email.partition("@")[2] for seat in plan.seats} == {"example.org"}
