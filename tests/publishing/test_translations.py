"""The concept as people read it in another language: what is translated, what is not, and that German binds."""

import pytest

from app.concept import services
from app.concept.queries import get_goal
from app.concept.services import ChapterText, translate_phrase
from tests.concept.factories import GlossaryTermFactory, GoalFactory, SectionFactory, WorkingEditionFactory

HERE = "/konzept/arbeitsfassung/uebersetzung/ar"


@pytest.fixture
def section():
    WorkingEditionFactory()
    section = SectionFactory(slug="wohnen", title="Wohnen")
    GoalFactory(section=section, code="Z-001", wording="Alle wohnen gut.")
    GoalFactory(section=section, code="Z-002", wording="Niemand ist allein.")
    chapter = services.add_chapter(ChapterText(title="Wozu", summary="Kurz", body="Lang"), by=None)
    services.translate(chapter.body.current, language="ar", wording="نص طويل", by=None)
    services.translate(get_goal("Z-001").text.current, language="ar", wording="سكن للجميع", is_machine=True, by=None)
    translate_phrase("Wohnen", language="ar", wording="السكن", by=None)
    GlossaryTermFactory(term="Wohnung")
    return section


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_a_theme_is_read_in_arabic_and_says_what_is_german(client, section):
    page = client.page(f"{HERE}/thema/wohnen")

    assert (page.main["lang"], page.main["dir"], page.h1.text.split()) == ("ar", "rtl", ["1", "السكن"])
    assert texts(page, "main h2, main h3") == ["الهدف الفرعي 1.1: سكن للجميع", "الهدف الفرعي 1.2: Niemand ist allein."]
    assert texts(page, "main [lang=de]") == ["Niemand ist allein."]
    assert texts(page, ".notice p, .kern-alert p")[:1] == ["ملاحظة: النسخة الألمانية هي الملزِمة."]
    services.reword_goal(get_goal("Z-001"), wording="Alle wohnen.", reason="Kürzer", by=None)
    assert texts(client.page(f"{HERE}/thema/wohnen"), "main [lang=de]") == ["Alle wohnen.", "Niemand ist allein."]


def test_every_page_leads_on_in_the_same_language(client, section):
    [link] = client.page("/konzept/arbeitsfassung/wohnen").select(".read-in a")
    assert (link["href"], link["lang"], link.text) == (f"{HERE}/thema/wohnen", "ar", "العربية")
    assert client.page("/ziele/Z-001").select_one(".read-in a")["href"] == f"{HERE}/thema/wohnen#Z-001"

    index = client.page(HERE)
    assert [link["href"] for link in index.select(".concept-sections a, .concept-chapters a")] == [
        f"{HERE}/thema/wohnen",
        f"{HERE}/kapitel/1",
    ]
    assert texts(client.page(f"{HERE}/kapitel/1"), ".page-body > p") == ["نص طويل"]
    assert client.page(f"{HERE}/glossar").select("dt#begriff-wohnung")
    for missing in (f"{HERE}/thema/arbeit", f"{HERE}/kapitel/2", "/konzept/arbeitsfassung/uebersetzung/tr"):
        client.page(missing, 404)
