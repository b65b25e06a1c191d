import pytest
from sqlalchemy import select

from app.concept import lineage, queries, services
from app.concept.errors import GoalMissing, NotAlike, StillInWorkingEdition, TooFewParts, TooFewToMerge, WordingChanged
from app.concept.facts import MeasureFacts
from app.concept.models import CatalogueChange, ChangeKind, Duration, GoalKind, WorkingGoal, WorkingMeasure
from app.concept.services import Part
from app.db import db
from app.errors import ReasonMissing
from app.texts.errors import QuoteNotFound
from app.texts.models import LinkKind, ThreadLink
from tests.concept.factories import GoalFactory, MeasureFactory, SectionFactory, WorkingEditionFactory
from tests.structures.factories import OrganizationFactory

WHY = {"reason": "Es waren zwei Dinge", "by": None}
OLD = "Kurse am Abend und Kinderbetreuung gibt es überall."


@pytest.fixture
def section():
    """Z-002 with M-001 and M-002 under it, Z-003 with M-002 alone."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, code="Z-001")
    goals = [GoalFactory(section=section, code="Z-002", wording=OLD), GoalFactory(section=section, code="Z-003")]
    MeasureFactory(section=section, section__goals=goals[:1], code="M-001", wording="Kurse.")
    MeasureFactory(section=section, section__goals=goals, code="M-002", wording="Betreuung.")
    for model in (WorkingGoal, WorkingMeasure):
        for place, each in enumerate(db.session.scalars(select(model).order_by(model.id)), 1):
            each.position = max(place - (model is WorkingGoal), 1)
    db.session.flush()
    return section


def goal(code):
    return queries.get_goal(code)


def measure(code):
    return queries.get_measure(code)


def split(*parts, **more):
    return services.split_goal(goal("Z-002"), parts=parts, **{**WHY, **more})


def links():
    return [
        (link.source.content[link.source_start : link.source_end], link.target.content, link.kind)
        for link in db.session.scalars(select(ThreadLink).order_by(ThreadLink.id))
    ]


def test_split_goal_puts_its_parts_where_it_stood(section):
    made = split(
        Part(wording="Kurse gibt es am Abend.", words="Kurse am Abend", measures=[measure("M-001")]),
        Part(wording="Kinder werden betreut."),
    )

    catalogue = queries.working_catalogue()
    assert [(each.number, each.code, each.follows) for each in catalogue.goals] == [
        ("1", "Z-001", ()),
        ("1.1", "Z-004", ("Z-002",)),
        ("1.2", "Z-005", ("Z-002",)),
        ("1.3", "Z-003", ()),
    ]
    assert [(each.code, each.goals) for each in catalogue.measures] == [
        ("M-001", ("Z-004", "Z-005")),
        ("M-002", ("Z-003", "Z-005")),
    ]
    assert links() == [
        ("Kurse am Abend", "Kurse gibt es am Abend.", LinkKind.DERIVED),
        (OLD, "Kinder werden betreut.", LinkKind.DERIVED),
    ]
    changes = db.session.scalars(select(CatalogueChange).order_by(CatalogueChange.id)).all()
    assert [(each.goal.code, each.kind, each.reason) for each in changes] == [
        (code, ChangeKind.SPLIT, "Es waren zwei Dinge") for code in ("Z-004", "Z-005", "Z-002")
    ]
    assert [each.code for each in lineage.successors_of("Z-002")] == [each.code for each in made]
    assert [each.follows for each in lineage.predecessors_of("Z-005")] == ["Z-002"]
    assert (goal("Z-002").placement, goal("Z-002").text.current.content) == (None, OLD)


@pytest.mark.parametrize(
    ("parts", "more", "error"),
    [
        ([Part(wording="Eins.")], {}, TooFewParts),
        ([Part(wording="Eins."), Part(wording="Zwei.")], {"reason": " "}, ReasonMissing),
        ([Part(wording="Eins.", words="Steht nicht da"), Part(wording="Zwei.")], {}, QuoteNotFound),
        ([Part(wording="Eins."), Part(wording="Zwei.")], {"expected_version_id": 0}, WordingChanged),
        ([Part(wording="Eins.", measures=[]), Part(wording="Zwei.", measures=[])], {}, GoalMissing),
    ],
)
def test_split_goal_refuses_and_changes_nothing(section, parts, more, error):
    before = queries.working_catalogue()

    with pytest.raises(error):
        split(*parts, **more)

    db.session.expire_all()
    assert queries.working_catalogue() == before
    assert links() == []


def test_merge_goals_takes_all_that_served_them(section):
    new = services.merge_goals(
        [goal("Z-002"), goal("Z-003")], wording="Kurse gibt es überall.", words=["überall", ""], **WHY
    )

    catalogue = queries.working_catalogue()
    assert [(each.number, each.code, each.follows) for each in catalogue.goals] == [
        ("1", "Z-001", ()),
        ("1.1", "Z-004", ("Z-002", "Z-003")),
    ]
    assert [(each.code, each.goals) for each in catalogue.measures] == [("M-001", ("Z-004",)), ("M-002", ("Z-004",))]
    assert [link[:2] for link in links()] == [
        ("überall", "Kurse gibt es überall."),
        (goal("Z-003").text.current.content, "Kurse gibt es überall."),
    ]
    assert [each.kind for each in queries.changes_of(new)] == [ChangeKind.MERGED]


def test_merge_goals_wants_two_of_one_kind(section):
    for wrong, error in (
        (["Z-002"], TooFewToMerge),
        (["Z-002", "Z-002"], TooFewToMerge),
        (["Z-001", "Z-002"], NotAlike),
    ):
        with pytest.raises(error):
            services.merge_goals([goal(code) for code in wrong], wording="Eins.", **WHY)


def test_split_and_merge_again_remembers_all_that_went_before(section):
    split(Part(wording="Eins."), Part(wording="Zwei."))
    services.merge_goals([goal("Z-004"), goal("Z-003")], wording="Drei.", **WHY)

    assert queries.working_catalogue().goal("Z-006").follows == ("Z-002", "Z-003", "Z-004")


def test_split_measure_gives_each_part_all_the_old_one_had(section):
    old = measure("M-002")
    services.split_measure(old, parts=[Part(wording="Räume."), Part(wording="Leute.")], **WHY)

    made = queries.working_catalogue().measures
    assert [(each.number, each.code, each.goals, each.responsible, each.follows) for each in made] == [
        ("M1.1", "M-001", ("Z-002",), measure("M-001").responsible.slug, ()),
        ("M1.2", "M-003", ("Z-002", "Z-003"), old.responsible.slug, ("M-002",)),
        ("M1.3", "M-004", ("Z-002", "Z-003"), old.responsible.slug, ("M-002",)),
    ]


def test_merge_measures_joins_goals_and_partners(section):
    partner = OrganizationFactory(slug="verein")
    services.add_measure(
        MeasureFacts(responsible=OrganizationFactory(slug="zweites-amt"), duration=Duration.PERMANENT),
        section=section,
        goals=[goal("Z-003")],
        wording="Mehr Betreuung.",
        partners=[partner],
        may_name_partners=True,
        **WHY,
    )
    services.merge_measures([measure("M-001"), measure("M-003")], wording="Kurse mit Betreuung.", **WHY)

    merged = queries.working_catalogue().measure("M-004")
    assert (merged.number, merged.goals, merged.partners, merged.duration, merged.follows) == (
        "M1.1",
        ("Z-002", "Z-003"),
        ("verein",),
        Duration.PROJECT,
        ("M-001", "M-003"),
    )


def test_carry_over_keeps_code_and_wording(section):
    services.drop_measure(measure("M-001"), reason="Erledigt", by=None)
    services.carry_over(measure("M-001"), section=section, goals=[goal("Z-003")], position=1, **WHY)

    [first, _second] = queries.working_catalogue().measures
    assert (first.code, first.wording, first.goals, first.follows) == ("M-001", "Kurse.", ("Z-003",), ())
    with pytest.raises(StillInWorkingEdition):
        services.carry_over(measure("M-001"), section=section, goals=[goal("Z-003")], **WHY)
    services.drop_goal(goal("Z-003"), reason="Erledigt", by=None)
    services.carry_over(goal("Z-003"), section=section, **WHY)
    assert queries.working_catalogue().goal("Z-003").number == "1.2"
