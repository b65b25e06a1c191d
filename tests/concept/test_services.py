from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.concept import queries, services
from app.concept.errors import (
    AlreadyInWorkingEdition,
    GoalMissing,
    NotInWorkingEdition,
    NoWorkingEdition,
    SectionNotEmpty,
    WordingChanged,
)
from app.concept.facts import MeasureFacts
from app.concept.models import CatalogueChange, ChangeKind, Goal, GoalKind, Section, SectionKind
from app.db import db
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from app.texts.errors import TextEmpty
from tests.concept.factories import (
    GoalFactory,
    LifeSituationFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory
from tests.threads import at_once


@pytest.fixture
def section():
    WorkingEditionFactory()
    return SectionFactory(slug="sprache", title="Sprache")


@pytest.fixture
def editor():
    return AccountFactory(roles=(Role.EDITOR,))


def numbers(section):
    """What is printed where in the section: numbers and wordings."""
    db.session.expire_all()
    found = queries.working_catalogue().section(section.slug)
    return [(item.number, item.wording) for item in [*found.goals, *found.measures]]


def changes():
    statement = select(CatalogueChange).order_by(CatalogueChange.id)
    return [(change.kind, change.reason) for change in db.session.scalars(statement)]


def test_add_goal_gives_the_next_code_and_the_last_place(section, editor):
    first = services.add_goal(section=section, wording="Eins.", reason="Aus dem Dialog", by=editor)
    second = services.add_goal(section=section, wording="Zwei.", reason="", by=editor)

    assert (first.code, second.code) == ("Z-001", "Z-002")
    assert numbers(section) == [("1.1", "Eins."), ("1.2", "Zwei.")]
    assert changes() == [(ChangeKind.ADDED, "Aus dem Dialog"), (ChangeKind.ADDED, "")]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "concept.add_goal")).all()
    assert [(entry.actor_id, entry.subject_id) for entry in entries] == [(editor.id, first.id), (editor.id, second.id)]


def test_add_goal_puts_the_oberziel_apart(section):
    services.add_goal(section=section, wording="Unten.", reason="", by=None)
    services.add_goal(section=section, kind=GoalKind.OVERALL, wording="Oben.", reason="", by=None)

    assert numbers(section) == [("1", "Oben."), ("1.1", "Unten.")]


def test_add_goal_never_reuses_a_code(section):
    goal = services.add_goal(section=section, wording="Eins.", reason="", by=None)
    services.drop_goal(goal, reason="Überholt", by=None)

    assert services.add_goal(section=section, wording="Zwei.", reason="", by=None).code == "Z-002"


def test_add_goal_refuses_a_section_outside_the_working_edition(section):
    with pytest.raises(NotInWorkingEdition):
        services.add_goal(section=SectionFactory(placement=None), wording="Eins.", reason="", by=None)

    assert db.session.scalars(select(Goal)).all() == []


def test_add_goal_needs_a_working_edition():
    section = SectionFactory()

    with pytest.raises(NoWorkingEdition):
        services.add_goal(section=section, wording="Eins.", reason="", by=None)


def test_add_goal_refuses_an_empty_wording(section):
    with pytest.raises(TextEmpty):
        services.add_goal(section=section, wording=" \n", reason="", by=None)


def test_reword_goal_appends_a_version_with_its_reason(section, editor):
    goal = GoalFactory(section=section, wording="Alle lernen Deutsch.")

    version = services.reword_goal(goal, wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=editor)

    assert [each.content for each in goal.text.versions] == ["Alle lernen Deutsch.", "Wer will, lernt Deutsch."]
    [change] = db.session.scalars(select(CatalogueChange))
    assert (change.kind, change.version, change.reason) == (ChangeKind.REWORDED, version, "Freiwillig")


def test_reword_goal_with_the_same_words_changes_nothing(section):
    goal = GoalFactory(section=section, wording="Alle lernen Deutsch.")

    services.reword_goal(goal, wording=" Alle lernen Deutsch.\n", reason="Nichts", by=None)

    assert (len(goal.text.versions), changes()) == (1, [])


def test_reword_goal_refuses_to_overwrite_what_somebody_else_wrote(section):
    goal = GoalFactory(section=section, wording="Erst.")
    seen = goal.text.current.id
    services.reword_goal(goal, wording="Dann.", reason="Besser", by=None)

    with pytest.raises(WordingChanged):
        services.reword_goal(goal, wording="Anders.", reason="Auch besser", by=None, expected_version_id=seen)

    assert goal.text.current.content == "Dann."


def test_reword_goal_wants_a_reason(section):
    goal = GoalFactory(section=section)

    with pytest.raises(ReasonMissing):
        services.reword_goal(goal, wording="Anders.", reason=" ", by=None)


def test_reword_goal_refuses_a_goal_that_was_dropped(section):
    goal = GoalFactory(section=section)
    services.drop_goal(goal, reason="Überholt", by=None)

    with pytest.raises(NotInWorkingEdition):
        services.reword_goal(goal, wording="Anders.", reason="Doch noch", by=None)


def test_move_goal_shifts_the_others(section):
    goals = [services.add_goal(section=section, wording=f"{n}.", reason="", by=None) for n in "abc"]

    services.move_goal(goals[2], section=section, position=1, reason="Wichtiger", by=None)

    assert numbers(section) == [("1.1", "c."), ("1.2", "a."), ("1.3", "b.")]


def test_move_goal_to_another_section_closes_the_gap_and_keeps_the_code(section):
    other = SectionFactory(slug="arbeit", kind=SectionKind.CROSS_CUTTING)
    goals = [services.add_goal(section=section, wording=f"{n}.", reason="", by=None) for n in "ab"]
    services.add_goal(section=other, wording="x.", reason="", by=None)

    services.move_goal(goals[0], section=other, position=None, reason="Gehört dorthin", by=None)

    assert numbers(section) == [("1.1", "b.")]
    assert numbers(other) == [("Q1.1", "x."), ("Q1.2", "a.")]
    assert goals[0].code == "Z-001"
    assert changes()[-1] == (ChangeKind.MOVED, "Gehört dorthin")


def test_drop_goal_leaves_its_measures_without_it(section):
    goal, kept = GoalFactory(section=section), GoalFactory(section=section)
    MeasureFactory(section=section, section__goals=[goal, kept], code="M-001")

    services.drop_goal(goal, reason="Überholt", by=None)

    assert queries.working_catalogue().measure("M-001").goals == (kept.code,)
    assert changes() == [(ChangeKind.DROPPED, "Überholt")]


def test_add_measure_stands_under_several_goals(section, editor):
    goals = [GoalFactory(section=section), GoalFactory(section=section)]
    office, partner = OrganizationFactory(name="Beispielamt"), OrganizationFactory(slug="beispielverein")

    services.add_measure(
        MeasureFacts(
            responsible=office,
            life_situations=[LifeSituationFactory(slug="frauen")],
            starts=ProcessDate("2018-03"),
        ),
        section=section,
        goals=goals,
        wording="Wir bieten einen Kurs an.",
        partners=[partner],
        may_name_partners=True,
        reason="Aus dem Netzwerk",
        by=editor,
    )

    [measure] = queries.working_catalogue().measures
    assert (measure.code, measure.number, measure.wording) == ("M-001", "M1.1", "Wir bieten einen Kurs an.")
    assert measure.goals == tuple(goal.code for goal in goals)
    assert (measure.responsible_name, measure.partners) == ("Beispielamt", ("beispielverein",))
    assert (measure.life_situations, measure.starts) == (("frauen",), ProcessDate("2018-03"))


def test_add_measure_names_no_partner_that_did_not_agree(section):
    services.add_measure(
        MeasureFacts(responsible=OrganizationFactory()),
        section=section,
        goals=[GoalFactory(section=section)],
        wording="Wir bieten einen Kurs an.",
        partners=[OrganizationFactory()],
        reason="",
        by=None,
    )

    assert queries.working_catalogue().measures[0].partners == ()


@pytest.mark.parametrize("goals", [[], ["overall"], ["outside"]])
def test_add_measure_needs_an_unterziel_of_the_working_edition(section, goals):
    known = {
        "overall": GoalFactory(section=section, kind=GoalKind.OVERALL),
        "outside": GoalFactory(section=None),
    }
    GoalFactory(section=section)

    with pytest.raises(GoalMissing):
        services.add_measure(
            MeasureFacts(responsible=OrganizationFactory()),
            section=section,
            goals=[known[goal] for goal in goals],
            wording="Wir bieten einen Kurs an.",
            reason="",
            by=None,
        )


def test_reword_measure_refuses_to_overwrite_what_somebody_else_wrote(section):
    measure = MeasureFactory(section=section, wording="Erst.")
    seen = measure.text.current.id
    services.reword_measure(measure, wording="Dann.", reason="Besser", by=None)

    with pytest.raises(WordingChanged):
        services.reword_measure(measure, wording="Anders.", reason="Auch", by=None, expected_version_id=seen)

    assert [each.content for each in measure.text.versions] == ["Erst.", "Dann."]


def test_move_measure_changes_its_goals(section):
    first, second = GoalFactory(section=section), GoalFactory(section=section)
    measures = [MeasureFactory(section=section, section__goals=[first], wording=f"{n}.") for n in "ab"]

    services.move_measure(measures[1], section=section, position=1, goals=[second, first], reason="Passt", by=None)

    assert numbers(section)[2:] == [("M1.1", "b."), ("M1.2", "a.")]
    assert queries.working_catalogue().measure(measures[1].code).goals == (second.code, first.code)


def test_drop_measure_closes_the_gap(section):
    goal = GoalFactory(section=section)
    measures = [MeasureFactory(section=section, section__goals=[goal], wording=f"{n}.") for n in "ab"]

    services.drop_measure(measures[0], reason="Erledigt", by=None)

    assert numbers(section)[1:] == [("M1.1", "b.")]
    with pytest.raises(NotInWorkingEdition):
        services.drop_measure(measures[0], reason="Noch einmal", by=None)


def test_add_section_takes_its_place_among_those_of_its_kind():
    WorkingEditionFactory()
    for slug in ("sprache", "wohnen"):
        services.add_section(slug=slug, kind=SectionKind.FIELD, title=slug.title())
    services.add_section(slug="ehrenamt", kind=SectionKind.CROSS_CUTTING, title="Ehrenamt")

    services.add_section(slug="arbeit", kind=SectionKind.FIELD, title="Arbeit", position=2)

    assert [(each.number, each.title) for each in queries.working_catalogue().sections] == [
        ("1", "Sprache"),
        ("2", "Arbeit"),
        ("3", "Wohnen"),
        ("Q1", "Ehrenamt"),
    ]


def test_add_section_takes_a_planned_one_in(section):
    services.plan_section(slug="gesundheit", kind=SectionKind.FIELD, title="Gesundheit", focus="insbesondere Traumata")
    planned = [(each.slug, each.focus) for each in queries.working_catalogue().planned]
    services.add_section(slug="gesundheit", kind=SectionKind.FIELD, title="Gesundheit")

    assert planned == [("gesundheit", "insbesondere Traumata")]
    assert queries.working_catalogue().planned == ()
    assert len(db.session.scalars(select(Section).where(Section.slug == "gesundheit")).all()) == 1
    with pytest.raises(AlreadyInWorkingEdition):
        services.add_section(slug="gesundheit", kind=SectionKind.FIELD, title="Gesundheit")


def test_move_section_renumbers_the_goals(section):
    other = SectionFactory(slug="arbeit", title="Arbeit")
    GoalFactory(section=other, wording="Alle arbeiten.")

    services.move_section(other, position=1, by=None)

    assert numbers(other) == [("1.1", "Alle arbeiten.")]


def test_remove_section_refuses_one_that_holds_goals(section):
    GoalFactory(section=section)

    with pytest.raises(SectionNotEmpty):
        services.remove_section(section, by=None)


def test_remove_section_closes_the_gap(section):
    SectionFactory(title="Arbeit")

    services.remove_section(section, by=None)

    assert [(each.number, each.title) for each in queries.working_catalogue().sections] == [("1", "Arbeit")]


def test_begin_working_edition_keeps_what_stands_in_it(section):
    GoalFactory(section=section, wording="Alle lernen Deutsch.")
    concept = queries.find_working_edition().concept
    next_concept = type(concept)(slug="gesamtkonzept", title="Gesamtkonzept", kind=concept.kind)

    services.begin_working_edition(next_concept, by=None)

    assert queries.working_catalogue().concept == "gesamtkonzept"
    assert numbers(section) == [("1.1", "Alle lernen Deutsch.")]


def test_add_goal_at_once_gives_every_code_and_place_once(own_app):
    app = own_app()
    with app.app_context():
        WorkingEditionFactory()
        section_id = SectionFactory(slug="sprache").id
        db.session.remove()

    def add():
        section = db.session.get(Section, section_id)
        goal = services.add_goal(section=section, wording="Alle lernen Deutsch.", reason="", by=None)
        return goal.code, goal.placement.position

    results = at_once(app, *[add] * 8)

    assert sorted(results) == [(f"Z-{n:03}", n) for n in range(1, 9)]


def test_reword_goal_at_once_lets_one_through(own_app):
    app = own_app()
    with app.app_context():
        WorkingEditionFactory()
        goal = GoalFactory(section=SectionFactory())
        goal_id, seen = goal.id, goal.text.current.id
        db.session.remove()

    def reword(wording):
        def run():
            goal = db.session.get(Goal, goal_id)
            services.reword_goal(goal, wording=wording, reason="Besser", by=None, expected_version_id=seen)

        return run

    results = at_once(app, *[reword(f"Wortlaut {n}.") for n in range(4)])

    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["WordingChanged"] * 3]


def test_changes_keep_the_time_given(section):
    at = datetime(2017, 12, 1, tzinfo=UTC)

    goal = services.add_goal(section=section, wording="Eins.", reason="", by=None, at=at)

    assert (goal.created_at, db.session.scalars(select(CatalogueChange)).one().made_at) == (at, at)
