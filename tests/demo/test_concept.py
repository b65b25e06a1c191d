import shutil
from datetime import date

import pytest
from sqlalchemy import func, select

from app.concept import lineage, queries, releases
from app.concept.catalogue import checksum
from app.concept.completeness import shortcomings
from app.concept.models import (
    BudgetLine,
    BudgetState,
    Chapter,
    Definition,
    Edition,
    GlossaryTerm,
    GoodPractice,
    Indicator,
    LifeSituation,
    SectionKind,
    Standing,
    TargetGroup,
)
from app.council.models import Annex, Outcome, Paper
from app.db import db
from app.demo import concept, council, loading, structures
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.demo.world import World
from app.monitoring.models import Progress
from app.monitoring.queries import progress_of
from app.texts import queries as thread
from tests.conftest import application, settings


def load(folder):
    world = World(today=date(2026, 1, 15), accounts=loading.create_accounts())
    for loader in (structures, council, concept):
        loader.load(folder, world)
    db.session.expire_all()
    return world


@pytest.fixture(scope="module")
def loaded(databases, tmp_path_factory):
    """The demo in a database of its own: loaded once for the tests that only read."""
    app = application(settings(tmp_path_factory.mktemp("demo"), databases.copy()))
    with app.app_context():
        world = load(FOLDER)
        db.session.commit()
        yield world
        db.session.remove()
        db.engine.dispose()


def edition(slug):
    return queries.find_edition(slug)


def titles(slug, kind):
    return [section.title for section in queries.catalogue_of(edition(slug)).of_kind(kind)]


@pytest.mark.no_database
class TestNumbers:
    """The numbers and dates that the demo must reproduce exactly."""

    @pytest.fixture(autouse=True)
    def world(self, loaded):
        return loaded

    def test_the_sections_of_2016_are_four_in_their_order(self):
        assert titles("2016-rahmenkonzept-1.0", SectionKind.FIELD) == ["Sprache", "Bildung", "Arbeit", "Wohnen"]
        assert titles("2016-rahmenkonzept-1.0", SectionKind.CROSS_CUTTING) == []

    def test_the_framework_announces_health(self):
        catalogue = queries.catalogue_of(edition("2016-rahmenkonzept-1.0"))

        assert [(each.title, each.focus) for each in catalogue.planned] == [("Gesundheit", "insbesondere Traumata")]

    def test_the_sections_of_2017_are_six_and_five_in_their_order(self):
        assert titles("2017-integrationskonzept-1.0", SectionKind.FIELD) == [
            "Sprache",
            "Arbeit",
            "Bildung",
            "Wohnen",
            "Gesundheit",
            "Kultur und Freizeit",
        ]
        assert titles("2017-integrationskonzept-1.0", SectionKind.CROSS_CUTTING) == [
            "Beteiligung von Migranten und Migrantinnen",
            "Ehrenamtliches Engagement",
            "Zusammenarbeit mit kreisangehörigen Kommunen",
            "Interkulturelle Öffnung der Verwaltung",
            "Antidiskriminierung",
        ]

    def test_there_are_eleven_oberziele(self):
        catalogue = queries.catalogue_of(edition("2017-integrationskonzept-1.0"))

        assert [section.overall is not None for section in catalogue.sections] == [True] * 11
        assert [section.overall.number for section in catalogue.sections[5:7]] == ["6", "Q1"]

    @pytest.mark.parametrize(
        "slug",
        [
            "2016-rahmenkonzept-1.0",
            "2017-integrationskonzept-0.9",
            "2017-integrationskonzept-1.0",
            "fortschreibung-beispiel-1.1",
            "fortschreibung-beispiel-1.2.1",
        ],
    )
    def test_every_edition_is_complete_and_unchanged(self, slug):
        found = edition(slug)

        assert checksum(found.document) == found.sha256
        assert shortcomings(queries.catalogue_of(found)) == []

    def test_the_ten_steps_have_their_dates_in_words(self):
        steps = queries.process_steps()

        assert [(step.number, str(step.held)) for step in steps] == [
            (1, "März 2016"),
            (2, "März 2016"),
            (3, "Juli 2016"),
            (4, "Mai 2016 bis Juli 2017"),
            (5, "Februar 2017"),
            (6, "seit April 2017"),
            (7, "Juni 2017"),
            (8, "Juli 2017 bis Oktober 2017"),
            (9, "November 2017"),
            (10, "Dezember 2017"),
        ]
        assert (steps[2].paper.number, steps[2].edition.slug) == ("2016/114", "2016-rahmenkonzept-1.0")

    def test_there_are_nine_chapters(self):
        found = db.session.scalars(select(Chapter).order_by(Chapter.number)).all()

        assert [chapter.number for chapter in found] == list(range(1, 10))
        assert [chapter.title for chapter in found][6:8] == [
            "Zentrale Handlungsfelder im Bereich Integration",
            "Querschnittsthemen im Bereich Integration",
        ]
        assert len(queries.catalogue_of(edition("2017-integrationskonzept-1.0")).chapters) == 9
        assert queries.catalogue_of(edition("2016-rahmenkonzept-1.0")).chapters == ()

    def test_the_paper_of_2017_has_two_annexes(self, world):
        annexes = db.session.scalars(select(Annex).join(Paper).where(Paper.slug == "integrationskonzept-2017")).all()

        assert len(annexes) == 2

    def test_there_are_four_lebenslagen(self):
        found = db.session.scalars(select(LifeSituation.title).order_by(LifeSituation.id)).all()

        assert found == ["Kinder", "Jugendliche", "Frauen", "Ältere Menschen"]

    def test_the_budget_year_is_2018_and_what_is_new_has_three_years_of_its_own(self, world):
        new = [world.measures["sprache-abendkurse"], world.measures["kultur-schwimmkurse"]]
        years = {each: sorted(line.year for line in each.budget) for each in world.measures.values() if each.budget}

        assert [years.pop(each) for each in new] == [[2026, 2027, 2028]] * 2
        assert set(map(tuple, years.values())) == {(2018,)}
        unknown = select(BudgetLine).where(BudgetLine.state == BudgetState.NOT_QUANTIFIABLE)
        assert {line.amount for line in db.session.scalars(unknown)} == {None}

    def test_the_concept_is_printed_in_two_months(self):
        task = queries.roadmap()[0]

        assert (task.kind, str(task.due)) == ("print", "Februar/März 2018")

    def test_the_definition_stands_once(self):
        found = db.session.scalars(select(Definition).where(Definition.slug == "integration")).one()

        assert found.text.current.content.startswith("Integration ist ein langfristiger, gesamtgesellschaftlicher Proz")

    def test_target_groups_were_merged(self):
        found = db.session.scalars(select(TargetGroup).where(TargetGroup.slug == "gefluechtete")).one()

        assert (found.merged_into.title, str(found.merged_into.valid)) == ("Zugewanderte", "seit Juli 2016")

    def test_the_rest_is_there(self):
        counts = {
            model: db.session.scalar(select(func.count()).select_from(model)) for model in (GlossaryTerm, Indicator)
        }

        assert counts == {GlossaryTerm: 15, Indicator: 7}
        catalogue = queries.working_catalogue()
        assert sum(len(section.ideas) for section in catalogue.sections) == 15
        assert sum(len(section.good_practice) for section in catalogue.sections) == 9
        assert [group.name for group in queries.working_groups_of("sprache")] == ["Arbeitskreis Sprache"]


@pytest.mark.no_database
class TestHistory:
    @pytest.fixture(autouse=True)
    def world(self, loaded):
        return loaded

    def test_editions_stand_where_the_bodies_put_them(self):
        editions = queries.all_editions()
        standings = queries.standings(editions)

        assert [(each.slug, standings[each.id]) for each in editions] == [
            ("2016-rahmenkonzept-1.0", Standing.SUPERSEDED),
            ("2017-integrationskonzept-0.9", Standing.SUPERSEDED),
            ("2017-integrationskonzept-1.0", Standing.SUPERSEDED),
            ("fortschreibung-beispiel-1.1", Standing.SUPERSEDED),
            ("fortschreibung-beispiel-1.2", Standing.SUPERSEDED),
            ("fortschreibung-beispiel-1.2.1", Standing.ADOPTED),
        ]

    def test_editions_bear_the_date_that_is_known(self):
        dated = [str(queries.catalogue_of(each).dated) for each in queries.all_editions()[:3]]

        assert dated == ["16. Juni 2016", "27. November 2017", "Dezember 2017"]

    def test_papers_are_sent_with_their_editions(self, world):
        papers = {key: [each.number for each in queries.editions_of(paper)] for key, paper in world.papers.items()}

        assert papers == {
            "rahmenkonzept-2016": ["1.0"],
            "integrationskonzept-2017": ["0.9", "1.0"],
            "fortschreibung-beispiel": ["1.1", "1.2"],
        }

    def test_adoptions_are_those_of_the_papers(self):
        found = [
            (each.organization.name, str(each.effect), str(each.decided), each.resolution.outcome)
            for one in queries.all_editions()[:3]
            for each in one.adoptions
        ]

        assert found == [
            ("Sozialausschuss", "recommended", "4. Juli 2016", Outcome.RECOMMENDED),
            ("Kreistag", "final", "25. Juli 2016", Outcome.AGREED),
            ("Sozialausschuss", "provisional", "27. November 2017", Outcome.RECOMMENDED),
            ("Steuerungsgruppe Integration", "final", "Dezember 2017", Outcome.AGREED),
        ]

    def test_goals_keep_their_code_through_their_wordings(self, world):
        found = queries.wordings_in_editions(world.goals["sprache-kurs"])

        assert [(each.edition.number, each.number, each.version.number) for each in found] == [
            ("1.0", "1.1", 1),
            ("0.9", "1.1", 2),
            ("1.0", "1.1", 3),
            *((number, "1.1", 3) for number in ("1.1", "1.2", "1.2.1")),
        ]

    def test_the_council_changed_a_wording_and_a_typing_error_was_corrected(self, world):
        laid_before, amended, corrected = (
            queries.catalogue_of(world.editions[f"fortschreibung-beispiel-{number}"])
            for number in ("1.1", "1.2", "1.2.1")
        )
        goal, measure = world.goals["wohnen-nachbarschaft"].code, world.measures["kultur-schwimmkurse"].code

        assert [each.goal(goal).wording[80:90] for each in (laid_before, amended)] == ["zweimal im", "dreimal im"]
        assert [each.measure(measure).wording[-10:] for each in (amended, corrected)] == ["lehr sind.", "leer sind."]
        assert releases.unreleased() == []

    def test_a_goal_that_was_dropped_says_why(self, world):
        goal = world.goals["kommunen-jahresbericht"]

        assert queries.working_catalogue().goal(goal.code) is None
        assert queries.changes_of(goal)[-1].reason.startswith("Erfundenes Beispiel: Zwei Unterziele kommen")

    def test_goals_were_split_and_merged_with_their_reasons(self, world):
        parts, whole = ["bildung-elternwissen", "bildung-augenhoehe"], "ehrenamt-rueckhalt"
        descents = {
            key: [(str(each.kind), each.follows) for each in lineage.predecessors_of(world.goals[key].code)]
            for key in [*parts, whole]
        }

        assert descents == {
            **{key: [("split", world.goals["bildung-eltern"].code)] for key in parts},
            whole: [
                ("merged", world.goals["ehrenamt-begleitung"].code),
                ("merged", world.goals["ehrenamt-qualifizierung"].code),
            ],
        }
        change = queries.changes_of(world.goals[parts[0]])[-1]
        assert (change.reason[:30], change.made_at.date()) == ("Beispiel: Das waren zwei Ziele", date(2025, 11, 6))
        assert [
            link.source.quote(link.source_start, link.source_end)
            for key in parts
            for link in thread.links_into([world.goals[key].text.current.id])
        ] == ["Eltern kennen die Wege durch unser Schulsystem", "sprechen auf Augenhöhe mit den Lehrkräften"]

    def test_measures_say_for_whom_and_what_is_to_change(self, world):
        pool = queries.catalogue_of(edition("fortschreibung-beispiel-1.1")).measure(
            world.measures["sprache-mittlungspool"].code
        )

        assert [group.title for group in pool.target_groups] == ["Zugewanderte"]
        assert (pool.target.title, pool.target.goal) == ("Beispiel: geschulte Sprachmittelnde", "40")
        assert [each.field for each in queries.changes_of(world.measures["sprache-mittlungspool"])[-1].amendments] == [
            *("target_groups", "indicator", "target_from", "target_to", "target_by"),
        ]

    def test_one_good_practice_has_a_picture_and_somebody_to_ask(self):
        [shown] = db.session.scalars(select(GoodPractice).where(GoodPractice.picture_id.is_not(None)))

        assert (shown.title, shown.picture_alt[:21]) == ("Beispiel: Lesebank am See", "Zeichnung: eine leere")
        assert (shown.contact.email, shown.contact.may_be_named) == ("lesebank@example.org", True)

    def test_the_working_edition_holds_what_the_last_one_holds(self):
        last = queries.catalogue_of(edition("fortschreibung-beispiel-1.2.1"))
        working = queries.working_catalogue()

        assert (working.sections, working.chapters) == (last.sections, last.chapters)
        assert (len(working.goals), len(working.measures)) == (54, 56)
        assert working.holds_examples

    def test_what_is_invented_says_so(self):
        found = queries.working_catalogue()

        assert {item.is_example for item in [*found.goals, *found.measures]} == {True}

    def test_progress_is_noted_for_every_measure(self, world):
        notes = progress_of([measure.id for measure in world.measures.values()])

        assert len(notes) == len(world.measures)
        started = world.measures["sprache-mittlungspool"]
        assert (notes[started.id].progress, str(notes[started.id].noted)) == (Progress.STARTED, "September 2017")


def broken(tmp_path, name, old, new):
    folder = tmp_path / "data"
    shutil.copytree(FOLDER, folder)
    file = folder / name
    content = file.read_text()
    assert old in content
    file.write_text(content.replace(old, new, 1))
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("goals.csv", "sprache-kurs,sprache,sub", "sprache-kurs,spache,sub", "section „spache“ ist nicht bekannt"),
        ("measures.csv", "permanent,focus,referat-integration", "permanent,focus,referat", "responsible „referat“ ist"),
        ("measures.csv", "2016-09,,advanced", "2016-9,,advanced", "start „2016-9“ ist keine Zeitangabe"),
        ("editions.csv", "slug,concept", "slug,konzept", "Spalten zu viel: ['konzept'], Spalten fehlen: ['concept']"),
        ("sections.csv", "arbeit,field,Arbeit,2016-03,no,,work", "arbeit,field", "2 Zellen statt 7"),
        ("process_steps.csv", "5,Aufbau", "fünf,Aufbau", "number ist keine ganze Zahl"),
        ("budget_lines.csv", "18000.00,approved", ",approved", "amount fehlt, oder state müsste"),
        ("municipal_ideas.csv", "sprache-idee-1,sprache,", "x,ehrenamt,", "Ideen für Kommunen gibt es nur zu Handlun"),
        ("chapters.csv", "foreword", "prologue", "content „prologue“ ist nicht bekannt"),
        ("editions.csv", "2016-06-16", "16.06.2016", "cut_on „16.06.2016“ ist kein Datum"),
    ],
)
def test_load_stops_at_a_broken_file(tmp_path, name, old, new, reason):
    folder = broken(tmp_path, name, old, new)

    with pytest.raises(DataError) as refused:
        loading.load(folder)

    assert str(refused.value).startswith(f"{name}, Zeile ")
    assert reason in str(refused.value)
    assert loading.is_database_empty()


def test_load_refuses_an_edition_that_is_not_complete(tmp_path):
    folder = broken(
        tmp_path, "measures.csv", "sprache-beratungstag,sprache,sprache-kurs", "x,sprache,sprache-treffpunkt"
    )

    with pytest.raises(DataError) as refused:
        loading.load(folder)

    assert str(refused.value) == (
        "editions.csv, Zeile 2: Die Arbeitsfassung ist nicht vollständig. "
        "Zum Unterziel 1.1 (Z-002) gibt es keine Maßnahme."
    )
    assert db.session.scalars(select(Edition)).all() == []
