import io
from itertools import pairwise

import pikepdf
import pytest
from flask_babel import force_locale

from app.publishing.document import whole
from app.publishing.pdf import document_pdf
from app.publishing.voice import Voice
from tests.pdfs import failures, tags_of, words_of
from tests.publishing.concepts import arabic, large_concept

pytestmark = pytest.mark.one_database

CATALOGUE = large_concept()


@pytest.fixture(params=["de", "ar"])
def concept(request, app):
    language = request.param
    with force_locale(language):
        voice = Voice(language, *(arabic(CATALOGUE) if language == "ar" else ({}, {})))
        made = whole(CATALOGUE, None, voice, county="Landkreis Beispiel")
        return language, document_pdf(made, look="a4", at=None)


def test_it_is_as_large_as_the_real_one():
    kinds = [goal.kind for goal in CATALOGUE.goals]

    assert (len(CATALOGUE.sections), kinds.count("overall"), kinds.count("sub")) == (11, 11, 60)
    assert (len({measure.code for measure in CATALOGUE.measures}), len(CATALOGUE.chapters)) == (240, 9)


def test_it_keeps_the_standards_and_is_tagged(concept):
    language, pdf = concept

    assert (failures(pdf, "ua1"), failures(pdf, "2a")) == ([], [])
    kinds = [tag for tag, _alt in tags_of(pdf)]
    headings = [int(kind[2:]) for kind in kinds if kind[1] == "H" and kind[2:].isdecimal()]
    assert [pair for pair in pairwise([0, *headings]) if pair[1] > pair[0] + 1] == []
    assert headings.count(3) >= 60
    assert kinds.count("/TOC") >= 1
    tables = kinds.count("/Table")
    assert (tables >= 60, kinds.count("/THead"), kinds.count("/TH") >= 3 * tables) == (True, tables, True)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language
        assert len(opened.open_outline().root) >= 9


def test_it_reads_in_the_order_of_its_chapters(concept):
    language, pdf = concept
    flat = words_of(pdf, "-raw")

    if language == "de":
        wanted = [f"{each.chapter} {each.title}" for each in CATALOGUE.chapters[1:]]  # the foreword stands before
        wanted[6:6] = ["M1.1 Wir bieten", "M6.20 "]
        wanted[-1:] = ["MQ1.1 ", "MQ5.20 ", wanted[-1]]
        wanted += ["Glossar Teilhabe: Teilhabe, einfach gesagt.", "Register Ehrenamt: ", "Prüfsumme"]
    else:
        wanted = ["6001", "6002", "6009"]
        assert flat.count("التشارك") == 2  # glossary and index name the word in Arabic
    places = [flat.rfind(each) for each in wanted]
    assert [each for each, place in zip(wanted, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_each_cell_of_a_head_says_that_it_heads_a_column(concept):
    _language, pdf = concept

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        cells = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"]
        scopes = {str(attributes.Scope) for cell in cells for attributes in _attributes(cell)}
    assert (len(cells) >= 240, scopes) == (True, {"/Column"})


def test_what_a_measure_bears_stands_below_it(concept):
    language, pdf = concept
    flat = words_of(pdf, "-raw").replace("\N{SOFT HYPHEN} ", "")

    if language == "de":
        for each in (
            "Schwerpunkt, Projekt Für: Frauen",
            "Woran wir es messen: Menschen in Kursen: von 148 auf 200 Personen, bis 2019",
            "Geld: 2018: 18.000 Euro (bewilligt); 2019: derzeit nicht bezifferbar",
        ):
            assert each in flat
    assert flat.count("18.000 Euro (bewilligt)") == 60


def _attributes(cell):
    found = cell.get("/A", [])
    return [each for each in (found if isinstance(found, pikepdf.Array) else [found]) if "/Scope" in each]
