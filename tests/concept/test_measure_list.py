import pytest

from app.concept import services
from app.concept.facts import MeasureFacts
from app.concept.models import Priority
from tests.concept.factories import (
    GoalFactory,
    LifeSituationFactory,
    MeasureFactory,
    SectionFactory,
    TargetGroupFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import texts
from tests.structures.factories import OrganizationFactory


@pytest.fixture
def section():
    """With one measure that bears all and one that bears nothing."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache")
    goals = [GoalFactory(section=section)]
    full = MeasureFactory(code="M-001", section=section, section__goals=goals, wording="Wir bieten Kurse an.")
    MeasureFactory(code="M-002", section=section, section__goals=goals, wording="Wir laden ein.")
    facts = MeasureFacts(
        responsible=OrganizationFactory(slug="referat"),
        priority=Priority.FOCUS,
        life_situations=[LifeSituationFactory(slug="frauen")],
        target_groups=[TargetGroupFactory(slug="zugewanderte")],
    )
    services.amend_measure(full, facts, reason="Wichtig", by=None)
    return section


@pytest.mark.parametrize(
    "asked",
    [
        "suche=m1.1",
        "suche=KURSE wir",
        "lebenslage=frauen",
        "zielgruppe=zugewanderte",
        "stelle=referat",
        "vorrang=focus&stand=not_planned",
    ],
)
def test_measures_are_narrowed_by_what_they_bear(client, section, asked):
    assert texts(client.page(f"/massnahmen?{asked}"), "tbody th") == ["M1.1 Wir bieten Kurse an."]


def test_all_measures_are_listed_at_constant_queries(client, section, count_queries):
    with count_queries() as two:
        page = client.page("/massnahmen")
    MeasureFactory(section=section)
    with count_queries() as three:
        client.page("/massnahmen?stand=completed")

    assert texts(page, "tbody th") == ["M1.1 Wir bieten Kurse an.", "M1.2 Wir laden ein."]
    assert len(two) == len(three)
