import pytest

from app.calls import paper
from app.calls.services import calls
from app.calls.services.calls import Words
from app.web.language import PREFIXES
from tests import pdfs
from tests.calls.factories import CallFactory
from tests.concept.factories import SectionFactory

ARABIC = Words("السكن", "ما الذي ينقص؟")
ELEVEN = (
    *("Sprache", "Arbeit", "Bildung", "Wohnen", "Gesundheit", "Kultur und Freizeit", "Antidiskriminierung"),
    *("Beteiligung von Migranten und Migrantinnen", "Zusammenarbeit mit kreisangehörigen Kommunen"),
    *("Interkulturelle Öffnung der Verwaltung", "Ehrenamtliches Engagement"),
)


def test_the_form_is_known_for_every_language_a_call_may_be_asked_in(app):
    german = paper.words_in("de")

    assert {code: paper.words_in(code).keys() for code in PREFIXES} == dict.fromkeys(PREFIXES, german.keys())


def test_every_translation_has_the_same_gaps(app):
    def gaps(words):
        return {name: text.count("{day}") + 10 * text.count("{address}") for name, text in words.items()}

    assert [code for code in PREFIXES if gaps(paper.words_in(code)) != gaps(paper.words_in("de"))] == []


@pytest.mark.parametrize("language", ["de", "uk", "ar"])
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_form_keeps_the_standards(client, language, profile):
    call = CallFactory(return_address="Amt\nBeispielweg 1")
    if language != "de":
        calls.translate(call, language, ARABIC, by=None)

    answer = client.get(f"/aufrufe/{call.slug}/formular.pdf?sprache={language}")

    assert pdfs.failures(answer.data, profile) == []


def test_the_form_says_what_is_asked_until_when_and_where_to(client):
    sections = [SectionFactory(title="Wohnen"), SectionFactory(title="Sprache")]
    call = CallFactory(return_address="Amt für Integration\nBeispielweg 1", sections=sections)
    SectionFactory(title="Arbeit")

    words = pdfs.text_of(client.get(f"/aufrufe/{call.slug}/formular.pdf").data)

    wanted = ["Was fehlt beim Wohnen?", "Wohnen", "Sprache", "bis 30. Juni 2026", "Beispielweg 1", call.form_number]
    assert [each for each in wanted if each not in words] == []
    assert "Arbeit" not in words
    assert f"http://127.0.0.1:8000/aufrufe/{call.slug}" in words


def test_a_form_with_all_sections_fits_one_page(client):
    call = CallFactory(return_address="Amt\nStelle\nBeispielweg 1\n78462 Konstanz")
    for title in ELEVEN:
        SectionFactory(title=title)
    for language in PREFIXES:
        calls.translate(
            call, language, Words("Ein Titel " * 6, "Eine lange Frage, die sich über zwei Zeilen zieht, " * 2), by=None
        )

    pages = {code: client.get(f"/aufrufe/{call.slug}/formular.pdf?sprache={code}").data for code in call.languages}

    assert {code: pdfs.text_of(pdf).count("\f") for code, pdf in pages.items()} == dict.fromkeys(call.languages, 1)


def test_there_is_no_form_in_a_language_nobody_translated_nor_of_a_draft(client):
    call, draft = CallFactory(), CallFactory(is_published=False)

    paths = [
        f"{call.slug}/formular.pdf?sprache=ar",
        f"{call.slug}/formular.pdf?sprache=xx",
        f"{draft.slug}/formular.pdf",
    ]
    assert [client.get(f"/aufrufe/{path}").status_code for path in paths] == [404, 404, 404]


def test_the_page_of_an_open_call_leads_to_its_forms(client):
    call = CallFactory()
    calls.translate(call, "ar", ARABIC, by=None)
    calls.move_end(call, call.closes_at.replace(year=2099), reason="Grund", by=None)

    links = [link["href"] for link in client.page(f"/aufrufe/{call.slug}").select("a[hreflang]")]

    assert links == [f"/aufrufe/{call.slug}/formular.pdf?sprache={code}" for code in ("de", "ar")]
