from datetime import UTC, datetime

import pytest

from app.concept import services
from app.concept.models import Effect
from app.council.models import Outcome
from app.process_date import ProcessDate
from tests.concept.factories import ConceptFactory, SectionFactory, WorkingEditionFactory
from tests.council.factories import ConsultationFactory, PaperFactory

PAGE = "/konzept/fassungen"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def cut(number, year, reason="Weiter"):
    """Sent with a paper to a body that adopts it."""
    consultation = ConsultationFactory(paper=PaperFactory(sent_at=None), organization__name="Beispielausschuss")
    edition = services.send_paper(
        consultation.paper,
        slug=f"{year}-konzept-{number}",
        number=number,
        title="Konzept",
        reason=reason,
        by=None,
        cut_at=datetime(year, 11, 20, tzinfo=UTC),
        allow_incomplete=True,
    )
    services.record_resolution(
        consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate(f"{year}-12"), by=None
    )
    return edition


@pytest.fixture
def framework():
    working = WorkingEditionFactory(concept=ConceptFactory(title="Rahmen", slug="rahmen"))
    SectionFactory(title="Sprache")
    return working.concept


def test_all_editions_stand_below_their_concepts(client, framework):
    assert texts(client.page(PAGE), "h3") == []
    cut("1.0", 2016)
    cut("1.1", 2017)
    services.found_concept(title="Gesamt", kind="overall", predecessor=framework, reason="Für alle.", by=None)
    cut("1.0", 2018)

    page = client.page(PAGE)

    assert (texts(page, "h2")[:2], texts(page, "h3")) == (
        ["Gesamt", "Rahmen"],
        ["Fassung 1.0 gilt", "Fassung 1.1 abgelöst", "Fassung 1.0 abgelöst"],
    )
    assert "Es führt fort: Rahmen. Für alle." in texts(page, "h2 + p")[0]
    assert texts(page, "article dd")[1:4] == [
        "Weiter",
        "Sprache",
        "Beispielausschuss, Dezember 2018: verabschiedet",
    ]
    assert [tag["href"] for tag in page.select("article a[href*=vergleich]")] == [
        "/konzept/vergleich?von=2017-konzept-1.1&bis=2018-konzept-1.0",
        "/konzept/vergleich?von=2016-konzept-1.0&bis=2017-konzept-1.1",
    ]
    assert page.select("a[href='/konzept/2018-konzept-1.0/konzept.pdf']")
    assert client.page("/konzept").select(f"aside a[href='{PAGE}']")


def test_the_list_asks_the_same_questions_whatever_its_length(client, framework, count_queries):
    numbers = []
    for years in ((2015,), (2016, 2017)):
        for year in years:
            cut(f"{year}", year)
        with count_queries() as statements:
            client.page(PAGE)
        numbers.append(len(statements))

    assert numbers == [8, 8]
