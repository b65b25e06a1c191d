"""The words around the content: complete files in every language first offered; what is in none is marked as German."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from babel.messages.pofile import read_po
from flask_babel import force_locale

from app.concept.queries import get_goal
from app.concept.services import translate, translate_phrase
from app.fonts import letters
from app.languages import DETECTED, SOURCE
from app.publishing import words
from app.publishing.voice import LANGUAGES
from tests.pdfs import failures, words_of

FILES = sorted(words.FOLDER.glob("*.po"))
PLACEHOLDERS = re.compile(r"%\(\w+\)s")
URL = "/konzept/arbeitsfassung"


def read(file):
    with file.open("rb") as content:
        return [each for each in read_po(content, abort_invalid=True) if each.id]


@pytest.mark.no_database
def test_every_language_first_offered_has_its_file():
    assert {file.stem for file in FILES} == {*DETECTED} - {SOURCE} == {*LANGUAGES} - {SOURCE}


@pytest.mark.no_database
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_says_every_word_once_with_the_same_placeholders(file):
    found = read(file)

    assert sorted(each.id for each in found) == sorted(words.messages())
    assert [each.id for each in found if not each.string.strip() or each.fuzzy] == []
    placeholders = [
        (sorted(PLACEHOLDERS.findall(each.id)), sorted(PLACEHOLDERS.findall(each.string))) for each in found
    ]
    assert [pair for pair in placeholders if pair[0] != pair[1]] == []
    assert "# Entwurf der Entwickler; von einer Person mit dieser Muttersprache zu prüfen." in file.read_text()


@pytest.mark.one_database
def test_the_fonts_have_every_letter_of_the_files(app):
    said = {sign for file in FILES for each in read(file) for sign in each.string}

    assert sorted(said - letters()) == []


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Files of one's own instead of ours: `shipped("tr", 'msgid "Seite"...')`."""
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    words._shipped.cache_clear()
    yield lambda language, content: Path(tmp_path / f"{language}.po").write_text(content)
    words._shipped.cache_clear()


@pytest.mark.one_database
def test_what_is_missing_doubted_or_would_break_stays_german_and_says_so(app, shipped):
    shipped(
        "tr",
        'msgid "Glossar"\nmsgstr "Sözlük"\n\nmsgid "Register"\nmsgstr ""\n\n#, fuzzy\nmsgid "Seite"\nmsgstr "Sayfa"\n\n'
        'msgid "bis %(end)s"\nmsgstr "%(ende)s kadar"\n\nmsgid "seit %(start)s"\nmsgstr "%(start)s, 5 %"\n',
    )

    with force_locale("tr"):
        said = words.labels()

    assert (said["glossary"].text, said["glossary"].language) == ("Sözlük", "")
    german = {name: (said[name].text, said[name].language) for name in ("index", "page", "until", "since", "money")}
    assert german == {
        "index": ("Register", "de"),
        "page": ("Seite", "de"),
        "until": ("bis %(end)s", "de"),
        "since": ("seit %(start)s", "de"),
        "money": ("Geld", "de"),
    }


@pytest.mark.one_database
def test_a_page_marks_and_isolates_words_nobody_translated(client, shipped, working):
    translate(get_goal("Z-002").text.current, language="fa", wording="هدف دو", by=None)
    translate_phrase("Sprache", language="fa", wording="زبان", by=None)

    page = client.page(f"{URL}/uebersetzung/fa/thema/sprache")
    german = [" ".join(tag.text.split()) for tag in page.select("main [lang=de]")]

    assert {"Unterziel", "Maßnahme", "Verbindlich ist die deutsche Fassung.", "Alle Themen und Kapitel"} <= {*german}
    assert {tag.get("dir") for tag in page.select("main [lang=de]")} == {"ltr"}
    assert [tag.text for tag in page.select("h1 [lang=de]")] == []  # that is translated
    for tag in page.select("main [lang=de]"):
        tag.decompose()
    assert re.findall("Unterziel|Maßnahme|Verbindlich|Hinweis|Oberziel|Zeitraum|Projekt|Themen", page.main.text) == []


@pytest.mark.one_database
def test_a_pdf_marks_and_isolates_words_nobody_translated(client, shipped, frozen):
    half = "/konzept/2017-konzept-1.0/konzept.pdf?sprache=fa"
    pdf = client.get(half).data
    assert failures(pdf, "ua1") == []
    assert "\N{LEFT-TO-RIGHT ISOLATE}Abbildung\N{POP DIRECTIONAL ISOLATE} 1" in " ".join(named_links(pdf)).replace(
        "\N{NO-BREAK SPACE}", " "
    )

    shipped("fa", next(file for file in FILES if file.stem == "fa").read_text())
    words._shipped.cache_clear()
    assert german_spans(pdf) > german_spans(client.get(half).data) + 30


def german_spans(pdf):
    """How many pieces of text say that they are German."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        stream = [each for page in opened.pages for each in pikepdf.parse_content_stream(page, "BDC")]
        marks = [each.operands[1] for each in stream]
        return sum(1 for each in marks if isinstance(each, pikepdf.Dictionary) and each.get("/Lang") == "de")


def named_links(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(each.get("/Contents", "")) for page in opened.pages for each in page.get("/Annots", [])]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("language", "direction", "said"),
    [
        ("tr", "ltr", ("Alt hedef 1.1: 2", "Bağlayıcı olan Almanca metindir.", "Künye")),
        ("fa", "rtl", ("هدف فرعی 1.1: 2", "متن آلمانی معتبر و الزام‌آور است.", "شناسنامه")),
    ],
)
def test_page_and_pdf_say_them_in_their_language(client, frozen, language, direction, said):
    heading, note, imprint = said
    translate(get_goal("Z-002").text.current, language=language, wording="2", by=None)

    page = client.page(f"{URL}/uebersetzung/{language}/thema/sprache")
    assert (page.main["lang"], page.main["dir"]) == (language, direction)
    assert page.select_one("main h2").text == heading
    assert note in page.select_one(".notice").text
    assert list(page.select(".notice [lang=de], th [lang=de], .page-aside [lang=de]")) == []

    pdf = client.get(f"/konzept/2017-konzept-1.0/konzept.pdf?sprache={language}").data
    assert (failures(pdf, "ua1"), failures(pdf, "2a")) == ([], [])
    assert {"Impressum", "Handlungsfeld", "Seite"} & {*words_of(pdf).split()} == set()
    assert imprint in words_of(pdf, "-raw")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language
