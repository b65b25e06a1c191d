import csv
import io

import pytest

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.icons import SectionIcon
from app.concept.models import GoalKind, Section, SectionKind
from app.db import db
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from tests.concept.factories import (
    ChapterFactory,
    GoalFactory,
    GoodPracticeFactory,
    LifeSituationFactory,
    MeasureFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

DESK = "/verwaltung/konzept"


@pytest.fixture
def fields():
    """Two complete fields."""
    WorkingEditionFactory(concept__title="Beispielkonzept")
    return [_complete(slug, number) for number, slug in enumerate(("sprache", "wohnen"), 1)]


def _complete(slug, number):
    section = SectionFactory(slug=slug, title=slug.capitalize(), placement__position=number)
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording=f"Alle haben {slug}.")
    goals = [GoalFactory(section=section, wording=f"Ziel {n} zu {slug}.") for n in (1, 2)]
    MeasureFactory(section=section, section__goals=goals, wording=f"Wir tun etwas für {slug}.")
    return section


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def titles():
    return [(each.number, each.title) for each in queries.working_catalogue().sections]


def test_sections_of_both_kinds_are_moved_freely_and_numbered_by_their_kind(client, editor, fields):
    client.post(f"{DESK}/themen/neu", data={"kind": "cross_cutting", "title": "Ehrenamt", "icon": "hand"})
    client.post(f"{DESK}/themen/neu", data={"kind": "field", "title": "Arbeit", "icon": ""})
    assert titles() == [("1", "Sprache"), ("2", "Wohnen"), ("3", "Arbeit"), ("Q1", "Ehrenamt")]

    for way in ("hoch", "hoch", "hoch", "hoch", "runter"):
        sent = client.post(f"{DESK}/themen/ehrenamt/platz/{way}")

    assert sent.location == f"{DESK}#thema-ehrenamt"
    assert titles() == [("1", "Sprache"), ("Q1", "Ehrenamt"), ("2", "Wohnen"), ("3", "Arbeit")]
    page = client.page("/konzept/arbeitsfassung")
    assert texts(page, ".concept-sections h3") == ["1 Sprache", "Q1 Ehrenamt", "2 Wohnen", "3 Arbeit"]
    assert "4 Themen" in texts(page, "h2")
    assert len(page.select("h3 .section-icon")) == 1


def test_a_section_gets_another_title_and_sign_and_keeps_its_address(client, editor, fields):
    client.page(f"{DESK}/themen/sprache/angaben", 422, "POST", data={"title": "", "icon": "speech"})

    client.post(f"{DESK}/themen/sprache/angaben", data={"title": "Sprachen", "icon": "speech"})

    section = queries.working_catalogue().section("sprache")
    assert (section.title, section.icon) == ("Sprachen", SectionIcon.SPEECH)
    assert client.page("/konzept/arbeitsfassung/sprache").h1.text.strip() == "1 Sprachen"


def test_only_an_empty_section_is_taken_out(client, editor, fields):
    page = client.page(f"{DESK}/themen/wohnen/streichung")
    assert page.select(".confirm") == []
    client.page(f"{DESK}/themen/wohnen/streichung", 409, "POST")
    idea = MunicipalIdeaFactory(section=SectionFactory(slug="arbeit", title="Arbeit"))
    client.page(f"{DESK}/themen/arbeit/streichung", 409, "POST")
    db.session.delete(idea)
    db.session.flush()

    assert client.post(f"{DESK}/themen/arbeit/streichung").location == DESK
    assert titles() == [("1", "Sprache"), ("2", "Wohnen")]


def test_a_section_is_announced_publicly_changed_taken_in_or_dropped(client, editor, fields):
    data = {"kind": "field", "title": "Gesundheit", "focus": "insbesondere Traumata", "planned_for": "2018"}
    client.post(f"{DESK}/themen/ankuendigung", data=data)
    client.post(f"{DESK}/themen/ankuendigung?thema=gesundheit", data=data | {"planned_for": "2019"})
    client.post(f"{DESK}/themen/ankuendigung", data={"kind": "cross_cutting", "title": "Medien"})

    for address in ("/prozess", "/konzept/arbeitsfassung"):
        announced = texts(client.page(address), ".roadmap li")
        assert sorted(announced) == ["Gesundheit, insbesondere Traumata (2019)", "Medien"]
    held = {each.slug: each.planned_for for each in queries.working_catalogue().planned}
    assert held == {"gesundheit": ProcessDate("2019"), "medien": ProcessDate()}

    client.post(f"{DESK}/themen/medien/ankuendigung/ende")
    client.post(f"{DESK}/themen/neu?thema=gesundheit", data={"kind": "field", "title": "Gesundheit", "icon": "heart"})
    assert titles()[-1] == ("3", "Gesundheit")
    assert (queries.planned_sections(), queries.find_section("medien")) == ([], None)
    taken = client.page(f"{DESK}/themen/ankuendigung", 422, "POST", data={"kind": "field", "title": "Gesundheit"})
    assert "steht schon in der Arbeitsfassung" in taken.select_one("#title-error").text


def test_a_dropped_announcement_stays_where_something_points_to_it(fields):
    planned = services.plan_section(slug="medien", kind=SectionKind.FIELD, title="Medien")
    GoodPracticeFactory(section=planned)

    services.drop_plan(planned, by=None)

    assert db.session.get(Section, planned.id).is_planned is False


def test_an_active_working_group_ends_the_duty_on_the_desk(client, editor, fields):
    group = OrganizationFactory(slug="ak", name="Arbeitskreis Sprache", kind=OrganizationKind.WORKING_GROUP)
    counts = ".counts a"
    assert "2 Handlungsfelder ohne Arbeitskreis" in texts(client.page("/verwaltung"), counts)

    client.post(f"{DESK}/themen/sprache/arbeitskreise", data={"groups": ["ak"]})
    assert "1 Handlungsfeld ohne Arbeitskreis" in texts(client.page("/verwaltung"), counts)
    assert [each.slug for each in queries.working_groups_of("sprache")] == ["ak"]

    group.dissolved = ProcessDate("2020")
    db.session.flush()
    assert "2 Handlungsfelder ohne Arbeitskreis" in texts(client.page("/verwaltung"), counts)
    client.post(f"{DESK}/themen/sprache/arbeitskreise", data={"csrf_token": "in a browser there is one"})
    assert queries.working_groups_of("sprache") == []


def test_words_numbers_and_codes_are_found(client, editor, fields):
    ChapterFactory(title="Vorwort", number=1)
    catalogue = queries.working_catalogue()
    goal, measure = catalogue.goals[1], catalogue.measures[0]
    named = [f"Unterziel {each.number} ({each.code})" for each in catalogue.sections[1].sub_goals]

    for asked, found in (
        ("unterziel WOHNEN", named),
        ("M1.1", [f"Maßnahme M1.1 ({measure.code})"]),
        (goal.code, [f"Unterziel 1.1 ({goal.code})"]),
        ("vorwort", ["Kapitel 1, Zusammenfassung"]),
        ("xyz", []),
    ):
        page = client.page(DESK, query_string={"suche": asked})
        assert texts(page, ".concept-items a") == found, asked


def test_a_goal_or_measure_is_led_to_where_it_stands(client, editor, fields):
    code = queries.working_catalogue().measures[1].code

    assert client.get(f"{DESK}/stelle/{code}").location == f"{DESK}/themen/wohnen#{code}"
    client.page(f"{DESK}/stelle/M-999", 404)


def test_the_report_names_what_stops_and_what_only_informs_with_where_it_is_mended(client, editor, fields):
    LifeSituationFactory(slug="frauen", title="Frauen")
    LifeSituationFactory(slug="alt", title="Damals", valid=ProcessDate("2016/2017"))
    overall = queries.working_catalogue().section("sprache").overall.code
    services.drop_goal(queries.get_goal(overall), reason="Überholt", by=None)

    page = client.page(f"{DESK}/vollstaendigkeit")

    sentences = {tag.contents[0].strip(): tag.a["href"] for tag in page.select(".desk-rule li")}
    assert sentences["Sprache hat kein Oberziel."] == f"{DESK}/ziele/neu?thema=sprache"
    assert sentences["Wohnen: keine Maßnahme für „Frauen“."] == f"{DESK}/themen/wohnen"
    assert [sentence for sentence in sentences if "Damals" in sentence] == []
    assert texts(page, ".lead")[0].startswith("Ein Punkt hält eine Vorlage auf.")
    rows = list(csv.reader(io.StringIO(client.get(f"{DESK}/vollstaendigkeit/tabelle.csv").text), delimiter=";"))
    assert [row[1] for row in rows[1:]].count("ja") == 1
    assert len(rows) - 1 == len(sentences)
    assert rows[1][3:] == ["Sprache hat kein Oberziel.", f"http://127.0.0.1:8000{DESK}/ziele/neu?thema=sprache"]


def test_the_desk_asks_the_database_no_more_for_more_sections(client, editor, fields, count_queries):
    for section in (f"{DESK}", f"{DESK}/vollstaendigkeit", f"{DESK}/themen/sprache"):
        with count_queries() as few:
            client.page(section)
        for number in (3, 4):
            _complete(f"feld{number}-{section.count('/')}", number)
        with count_queries() as many:
            client.page(section)
        assert len(few) == len(many), section


def test_an_organiser_reads_and_an_outsider_sees_nothing(client, fields):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    assert client.page(DESK).select(".action-form") == []
    client.page(f"{DESK}/themen/sprache")
    for path in ("themen/sprache/angaben", "themen/sprache/streichung", "themen/ankuendigung"):
        client.page(f"{DESK}/{path}", 403)

    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    for path in ("themen/sprache", "vollstaendigkeit", "vollstaendigkeit/tabelle.csv"):
        client.page(f"{DESK}/{path}", 403)


def test_a_wording_that_waits_leads_to_its_release(client, editor, fields):
    goal = queries.working_catalogue().section("sprache").overall.code
    services.reword_goal(queries.get_goal(goal), wording="Neu gesagt.", reason="Klarer", by=editor)

    page = client.page(f"{DESK}/vollstaendigkeit")

    [link] = page.select(f"main a[href='{DESK}/freigabe']")
    assert link.text.startswith("Zur Freigabe")
