from app.concept import queries, services
from app.concept.models import GoalKind
from tests.concept.factories import (
    ChapterFactory,
    DefinitionFactory,
    EditionFactory,
    GoalFactory,
    GoodPracticeFactory,
    MeasureFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    WorkingEditionFactory,
)


def fill(count):
    """So many of everything in the working edition."""
    WorkingEditionFactory()
    for _ in range(count):
        section = SectionFactory()
        goals = [GoalFactory(section=section, kind=GoalKind.OVERALL), *(GoalFactory(section=section) for _ in "ab")]
        MeasureFactory(section=section, section__goals=goals[1:])
        MunicipalIdeaFactory(section=section)
        GoodPracticeFactory(section=section)
        ChapterFactory()
        DefinitionFactory()


def cut(number):
    return services.cut_edition(
        slug=f"konzept-{number}", number=number, title=f"Konzept {number}", reason="Weiter", by=None
    )


def test_working_catalogue_takes_as_many_queries_for_three_sections_as_for_one(count_queries):
    fill(1)
    with count_queries() as one:
        queries.working_catalogue()
    fill_more = SectionFactory(), SectionFactory()
    for section in fill_more:
        goal = GoalFactory(section=section)
        MeasureFactory(section=section, section__goals=[goal])
        MunicipalIdeaFactory(section=section)
        GoodPracticeFactory(section=section)
    with count_queries() as three:
        found = queries.working_catalogue()

    assert (len(found.sections), len(found.measures)) == (3, 3)
    assert (len(one), len(three)) == (16, 16)


def test_catalogue_of_loads_its_wordings_in_one_query(count_queries):
    fill(3)
    edition = queries.find_edition(cut("1.0").slug)

    with count_queries() as statements:
        found = queries.catalogue_of(edition)

    assert (len(found.goals), len(found.chapters), len(statements)) == (9, 3, 1)


def test_wordings_in_editions_are_oldest_first_with_their_numbers():
    WorkingEditionFactory()
    section = SectionFactory()
    GoalFactory(section=section, kind=GoalKind.OVERALL)
    goals = [GoalFactory(section=section, wording="Eins."), GoalFactory(section=section, wording="Zwei.")]
    MeasureFactory(section=section, section__goals=goals)
    first = cut("1.0")
    services.reword_goal(goals[1], wording="Zwei, neu.", reason="Besser", by=None)
    services.move_goal(goals[1], section=section, position=1, reason="Wichtiger", by=None)
    second = cut("1.1")
    services.reword_goal(goals[1], wording="Zwei, noch nicht vorgelegt.", reason="Besser", by=None)
    EditionFactory()

    found = queries.wordings_in_editions(goals[1])

    assert [(each.edition, each.version.content, each.number) for each in found] == [
        (first, "Zwei.", "1.2"),
        (second, "Zwei, neu.", "1.1"),
    ]
    measure = queries.get_measure(queries.working_catalogue().measures[0].code)
    assert [each.number for each in queries.wordings_in_editions(measure)] == ["M1.1", "M1.1"]


def test_reasons_between_two_editions_leave_out_what_came_before_and_after():
    WorkingEditionFactory()
    section = SectionFactory()
    goals = [services.add_goal(section=section, wording=f"{n}.", reason="Vorher", by=None) for n in "abc"]
    MeasureFactory(section=section, section__goals=goals)
    GoalFactory(section=section, kind=GoalKind.OVERALL, code="Z-900")
    first = cut("1.0")
    for wording in ("b1.", "b2."):
        services.reword_goal(goals[1], wording=wording, reason="Dazwischen", by=None)
    second = cut("1.1")
    services.reword_goal(goals[2], wording="c1.", reason="Nachher", by=None)

    assert queries.reasons_between(first.cut_at, second.cut_at) == {goals[1].code: ["Dazwischen"]}
    assert queries.reasons_between(first.cut_at, None) == {
        goals[1].code: ["Dazwischen"],
        goals[2].code: ["Nachher"],
    }
