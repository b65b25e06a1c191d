from app.concept import services
from app.concept.models import Effect
from app.concept.services.lineage import Part
from tests.concept.factories import (
    AdoptionFactory,
    GoalFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import texts

WHY = {"reason": "Das Land hat es übernommen.", "by": None}


def cut(number):
    edition = services.cut_edition(
        slug=f"konzept-{number}", number=number, title="Konzept", reason="Neu", by=None, allow_incomplete=True
    )
    AdoptionFactory(edition=edition, effect=Effect.FINAL)
    return edition


def test_what_left_the_concept_is_listed_with_its_reason_and_what_became_of_it(client):
    WorkingEditionFactory()
    section = SectionFactory()
    goal = GoalFactory(section=section, code="Z-001", wording="Alle lernen Deutsch und alle lesen.")
    served = [GoalFactory(section=section, code="Z-002")]
    MeasureFactory(section=section, section__goals=served, code="M-001")
    left = MeasureFactory(section=section, section__goals=served, code="M-002", wording="Wir laden ein.")
    never = MeasureFactory(section=section, section__goals=served, code="M-003")
    services.drop_measure(never, reason="Ein Versehen.", by=None)
    assert client.get("/konzept/entfallen").status_code == 404
    cut("1.0")
    services.drop_measure(left, **WHY)

    page = client.page("/konzept/entfallen")
    assert texts(page, "tbody th") == []  # what holds still has it

    parts = services.split_goal(goal, parts=[Part(wording="Alle lernen Deutsch."), Part(wording="Alle lesen.")], **WHY)
    cut("1.1")

    page = client.page("/konzept/entfallen")
    assert texts(page, "tbody th") == ["Alle lernen Deutsch und alle lesen. Z-001", "Wir laden ein. M-002"]
    assert texts(page, "tbody td") == [
        "Konzept 1.0",
        f"Aufgeteilt. Grund: Das Land hat es übernommen. Weiter bei: {parts[0].code}, {parts[1].code}",
        "Konzept 1.0",
        "Entfallen. Grund: Das Land hat es übernommen.",
    ]


def test_what_left_is_listed_at_constant_queries(client, count_queries):
    WorkingEditionFactory()
    section = SectionFactory()
    goals = [GoalFactory(section=section) for _ in "abc"]
    cut("1.0")
    services.drop_goal(goals[0], **WHY)
    cut("1.1")
    with count_queries() as one:
        client.page("/konzept/entfallen")
    for goal in goals[1:]:
        services.drop_goal(goal, **WHY)
    cut("1.2")
    with count_queries() as three:
        page = client.page("/konzept/entfallen")

    assert len(texts(page, "tbody th")) == 3
    assert len(one) == len(three)
