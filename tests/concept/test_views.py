import pytest
from babel.dates import format_date

from app.concept import queries, services
from app.concept.facts import MeasureFacts
from app.concept.models import Effect, GoalKind
from app.council.models import Outcome
from app.db import db, now
from app.local_time import day_of
from app.monitoring.models import Progress
from app.monitoring.services import note_progress
from app.process_date import ProcessDate
from tests.concept.factories import (
    GoalFactory,
    GoodPracticeFactory,
    MeasureFactory,
    MunicipalIdeaFactory,
    ProcessStepFactory,
    RoadmapTaskFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.structures.factories import OrganizationFactory


@pytest.fixture
def section():
    """A complete working edition of one section."""
    WorkingEditionFactory(concept__title="Beispielkonzept")
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [
        GoalFactory(section=section, wording="Jeder hat einen Kurs.", code="Z-002", is_example=True),
        GoalFactory(section=section, wording="Jeder hat einen Treffpunkt.", code="Z-003"),
    ]
    MeasureFactory(section=section, section__goals=goals, wording="Wir bieten Kurse an.", code="M-001")
    return section


def adopt(number="1.0", effect=Effect.FINAL, decided="2017-12"):
    """Cut an edition, send its paper and let a body decide on it."""
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None), organization__name="Beispielkreistag")
    edition = services.send_paper(
        consultation.paper,
        slug=f"konzept-{number}",
        number=number,
        title="Beispielkonzept",
        reason="Der Anfang",
        by=None,
        dated=ProcessDate(decided),
    )
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=effect, decided=ProcessDate(decided), by=None
    )
    return edition


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_the_concept_in_force_is_shown_with_its_sections(client, section):
    adopt()
    note_progress(queries.get_measure("M-001"), progress=Progress.ADVANCED, noted=ProcessDate("2018-03"), by=None)

    page = client.page("/konzept")

    assert page.h1.text.strip() == "Beispielkonzept"
    assert texts(page, ".lead") == ["Fassung 1.0 vom Dezember 2017: gilt"]
    assert texts(page, ".concept-sections h3") == ["1 Sprache"]
    assert texts(page, ".concept-overall") == ["Alle lernen Deutsch."]
    assert texts(page, ".concept-sections .progressbar-legend") == ["1 fortgeschritten"]
    assert texts(page, ".seal-text") == ["Beispielkreistag verabschiedet Dezember 2017"]
    assert "erfundene Beispiele" in page.select_one(".notice").text


def test_the_concept_says_what_will_be_there(client):
    assert texts(client.page("/konzept"), ".empty-title") == ["Noch gibt es kein Konzept"]

    WorkingEditionFactory()
    assert texts(client.page("/konzept"), ".empty-title") == ["Noch gilt kein Konzept"]


def test_what_is_pending_is_counted_and_shown(client, section):
    adopt()
    services.reword_goal(queries.get_goal("Z-002"), wording="Jede hat einen Kurs.", reason="Für alle", by=None)

    page = client.page("/konzept")

    assert "1 Änderung ist in Arbeit." in page.main.text
    link = page.select_one('a[href^="/konzept/vergleich?"]')
    compared = client.page(link["href"])
    assert texts(compared, ".concept-change h3") == ["Unterziel 1.1 neu gefasst"]
    assert texts(compared, ".diff del, .diff ins") == ["gestrichen: Jeder;", "neu: Jede;"]
    assert "Grund: Für alle" in compared.main.text


def test_a_rejected_edition_is_never_the_one_in_force(client, section):
    adopt("1.0")
    adopt("1.1", Effect.REJECTED, "2018-12")

    assert texts(client.page("/konzept"), ".lead") == ["Fassung 1.0 vom Dezember 2017: gilt"]
    assert texts(client.page("/konzept/konzept-1.1"), ".lead") == ["Fassung 1.1 vom Dezember 2018: abgelehnt"]


def test_the_working_edition_says_that_it_is_not_decided(client, section):
    page = client.page("/konzept/arbeitsfassung")

    assert page.h1.text.strip() == "Arbeitsfassung: Beispielkonzept"
    assert "Beschlossen ist es noch nicht" in page.main.text


def test_an_edition_shows_its_own_wording_after_the_work_went_on(client, section):
    adopt()
    services.reword_goal(queries.get_goal("Z-001"), wording="Wer will, lernt Deutsch.", reason="Freiwillig", by=None)

    assert texts(client.page("/konzept/konzept-1.0"), ".concept-overall") == ["Alle lernen Deutsch."]
    assert texts(client.page("/konzept/arbeitsfassung"), ".concept-overall") == ["Wer will, lernt Deutsch."]


@pytest.mark.parametrize(
    "address",
    [
        "/konzept/unbekannt",
        "/konzept/arbeitsfassung",
        "/konzept/konzept-1.0/unbekannt",
        "/konzept/vergleich",
        "/ziele/Z-999",
        "/massnahmen/M-999",
    ],
)
def test_what_does_not_exist_is_not_found(client, address):
    client.page(address, 404)


def test_comparing_with_an_unknown_edition_is_not_found(client, section):
    adopt()

    client.page("/konzept/vergleich?von=konzept-1.0&bis=unbekannt", 404)


def test_a_section_shows_goals_measures_ideas_and_good_practice(client, section):
    MunicipalIdeaFactory(section=section)
    GoodPracticeFactory(section=section, municipality__name="Beispielort")
    adopt()

    page = client.page("/konzept/konzept-1.0/sprache")

    assert page.h1.text.strip() == "1 Sprache"
    assert texts(page, ".lead") == ["Alle lernen Deutsch."]
    assert texts(page, ".concept-goal h3") == ["1.1 Jeder hat einen Kurs.", "1.2 Jeder hat einen Treffpunkt."]
    assert texts(page, "tbody th") == ["M1.1 Wir bieten Kurse an."] * 2
    assert "Eine Bank vor dem Rathaus lädt zum Reden ein." in page.main.text
    assert texts(page, ".concept-practice .muted") == ["Beispielort"]


def test_a_section_names_only_partners_that_agree_today(client, section):
    measure = services.add_measure(
        MeasureFacts(responsible=OrganizationFactory()),
        section=section,
        goals=[queries.get_goal("Z-002")],
        wording="Wir laden ein.",
        partners=[OrganizationFactory(name="Verein Offen"), OrganizationFactory(name="Verein Verborgen")],
        may_name_partners=True,
        reason="",
        by=None,
    )
    adopt()
    measure.partners[1].named_at_entry = False
    db.session.commit()

    for address in ("/konzept/konzept-1.0/sprache", f"/massnahmen/{measure.code}"):
        page = client.page(address)
        assert "Verein Offen" in page.main.text
        assert "Verein Verborgen" not in page.main.text


def test_a_section_takes_as_many_queries_for_three_measures_as_for_one(client, section, count_queries):
    adopt("1.0")
    with count_queries() as one:
        client.page("/konzept/konzept-1.0/sprache")
    for _ in range(2):
        MeasureFactory(section=section, section__goals=[queries.get_goal("Z-002")])
    adopt("1.1")
    with count_queries() as three:
        page = client.page("/konzept/konzept-1.1/sprache")

    assert len(page.select("tbody tr")) == 4
    assert (len(one), len(three)) == (13, 13)


def test_a_goal_shows_how_its_wording_came_about(client, section):
    adopt("1.0", decided="2017-12")
    goal = queries.get_goal("Z-002")
    services.reword_goal(goal, wording="Jede hat einen Kurs.", reason="Für alle", by=None)
    adopt("1.1", decided="2018-12")
    adopt("1.2", decided="2019-12")
    services.reword_goal(goal, wording="Jede hat einen guten Kurs.", reason="Güte", by=None)

    page = client.page("/ziele/Z-002")

    assert page.h1.text.split() == ["Unterziel", "1.1", "(Z-002)"]
    assert texts(page, ".lead") == ["Jede hat einen Kurs."]
    assert texts(page, ".pending-summary .diff") == ["Jede hat einen neu: guten ; Kurs."]
    assert texts(page, ".wordings .timeline-date") == [
        "Dezember 2017 · Nummer 1.1",
        "Dezember 2018 · Nummer 1.1",
        "Dezember 2019 · Nummer 1.1",
        "heute · Nummer 1.1",
    ]
    assert texts(page, ".wordings .diff") == [
        "Jeder hat einen Kurs.",
        "gestrichen: Jeder; neu: Jede; hat einen Kurs.",
        "Jede hat einen neu: guten ; Kurs.",
    ]
    day = format_date(day_of(now()), "full", locale="de")
    assert [text for text in texts(page, ".wordings .timeline-text") if "Grund" in text] == [
        f"Am {day} neu gefasst. Grund: Für alle",
        f"Am {day} neu gefasst. Grund: Güte",
    ]


def test_a_goal_that_was_dropped_stays_readable_and_says_why(client, section):
    adopt()
    services.drop_goal(queries.get_goal("Z-002"), reason="Überholt", by=None)

    page = client.page("/ziele/Z-002")

    assert texts(page, ".lead") == ["Jeder hat einen Kurs."]
    assert "Grund: Überholt" in page.select(".notice")[-1].text


def test_a_measure_shows_who_when_and_how_far(client, section):
    measure = queries.get_measure("M-001")
    note_progress(measure, progress=Progress.PLANNED, noted=ProcessDate("2018-01"), by=None)
    note_progress(measure, progress=Progress.STARTED, noted=ProcessDate("2018-03"), text="Zwei Kurse.", by=None)
    adopt()

    page = client.page("/massnahmen/M-001")

    assert texts(page, ".lead") == ["Wir bieten Kurse an."]
    assert texts(page, "[reversed] > li") == ["März 2018 begonnen Zwei Kurse.", "Januar 2018 geplant"]
    assert texts(page, ".page-body li[dir]") == ["1.1 Jeder hat einen Kurs.", "1.2 Jeder hat einen Treffpunkt."]


def test_the_process_shows_steps_what_holds_and_what_comes_next(client, section):
    edition = adopt()
    ProcessStepFactory(number=1, title="Gründung", held=ProcessDate("2016-03"))
    ProcessStepFactory(number=2, title="Aufbau", held=ProcessDate("2017-04/.."), edition=edition)
    RoadmapTaskFactory(title="Das Konzept wird gedruckt", due=ProcessDate("2018-02..2018-03"))

    page = client.page("/prozess")

    assert texts(page, ".timeline-date") == ["März 2016", "seit April 2017"]
    assert [tag["class"] for tag in page.select(".timeline > li")] == [[], ["is-open"]]
    assert texts(page, ".roadmap li") == ["Das Konzept wird gedruckt (vorgesehen war Februar/März 2018)"]
    assert texts(page, ".facts dd")[0] == "Beispielkonzept, Fassung 1.0 (Dezember 2017)"
