import io
import re
import zipfile
from datetime import date
from itertools import pairwise

import docx
import odfdo
import pikepdf
import pytest
from sqlalchemy import select

from app import storage
from app.concept import queries, services
from app.concept.models import GlossaryTerm, Indicator, MeasurePartner, RoadmapTask
from app.concept.services import ChapterText
from app.db import db
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from tests.concept.factories import (
    ContentTranslationFactory,
    MeasureFactory,
    PhraseTranslationFactory,
    WorkingEditionFactory,
)
from tests.pdfs import failures, tags_of, text_of, words_of
from tests.structures.factories import OrganizationFactory

URL = "/konzept/2017-konzept-1.0"


def words(tag):
    return " ".join(tag.text.split())


def pdf_of(client, path="konzept.pdf", **arguments):
    response = client.get(f"{URL}/{path}", query_string=arguments)
    assert (response.status_code, response.content_type) == (200, "application/pdf")
    return response.data


def test_chapter_shows_its_body_with_references_and_words_of_the_glossary_as_links(client, frozen):
    page = client.page(f"{URL}/kapitel/2")

    assert (words(page.h1), words(page.select_one(".lead"))) == ("2 Wozu", "Wozu es gut ist.")
    main = page.select_one(".page-body")
    assert [(link.text, link["href"]) for link in main.select("p:not(.concept-where) a")] == [
        ("Teilhabe", f"{URL}/glossar#begriff-teilhabe"),
        ("Unterziel 1.1", "/ziele/Z-002"),
        ("Kapitel 3", f"{URL}/kapitel/3"),
        ("Kreis", "https://example.org/kreis"),
    ]
    assert [words(each) for each in main.select("li")] == ["hören", "handeln"]
    assert (words(main.caption), [words(each) for each in main.select("th, td")]) == (
        "Vorher und nachher",
        ["Vorher", "Nachher", "Papier", "Stand"],
    )
    assert (main.img["alt"], words(main.figcaption)) == ("Menschen an einem Tisch", "Der Tisch")
    assert words(main.select_one(".document-quote")) == "Integration Integration braucht beide Seiten."
    assert client.get(main.img["src"]).content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "Liebe Leute, Erika BeispielLandrätin"),
        (4, "1 Gründung der Steuerungsgruppe Am 29.03.2016. März 2016"),
        (6, "Integration braucht beide Seiten."),
        (7, "Oberziel Alle lernen Deutsch. Unterziel 1.1: Ziel 2 ist da."),
        (8, "Das Konzept wird gedruckt Februar/März 2018"),
    ],
)
def test_chapters_are_made_from_the_rows(client, frozen, number, shown):
    page = client.page(f"{URL}/kapitel/{number}")

    assert shown in " ".join(page.select_one(".page-body").get_text(" ").split()).replace(" Landrätin", "Landrätin")


def test_figures_are_a_chart_and_the_same_values_as_a_table(client, frozen):
    page = client.page(f"{URL}/kapitel/3")

    assert page.select_one(".chart-picture")["aria-label"] == (
        "Balkendiagramm: Menschen in Kursen. 30. Juni 2016: 120; 30. Juni 2017: 150."
    )
    assert [[words(cell) for cell in row.select("td")] for row in page.select("tbody tr")] == [
        ["Menschen in Konstanz (Konstanz)", "84.446 Personen", "30. Juni 2017", "Beispielstatistik"],
        ["30. Juni 2016", "120 Personen"],
        ["30. Juni 2017", "150 Personen"],
    ]


def test_structures_are_those_of_the_chosen_day(client, chapters):
    kind = OrganizationKind.WORKING_GROUP
    OrganizationFactory(name="Kreis der Zukunft", kind=kind, founded=ProcessDate("2030"))
    OrganizationFactory(name="Kreis Sprache", kind=kind, founded=ProcessDate("2015"))
    OrganizationFactory(name="Alter Kreis", kind=kind, founded=ProcessDate("2010"), dissolved=ProcessDate("2016"))
    structures = chapters[4]
    services.write_chapter(
        structures,
        ChapterText(title="Strukturen", summary="Wer es macht.", content=structures.content, as_of=date(2015, 12, 31)),
        by=None,
    )

    page = client.page("/konzept/arbeitsfassung/kapitel/5")

    assert words(page.caption) == "Strukturen und Gremien am 31. Dezember 2015"
    assert [words(row.td) for row in page.select("tbody tr")] == ["Alter Kreis", "Kreis Sprache"]


def test_an_edition_keeps_its_chapters_when_the_working_edition_goes_on(client, frozen, chapters):
    before = [pdf_of(client), client.get(f"{URL}/kapitel/2").data, client.get(f"{URL}/glossar").data]
    services.write_chapter(chapters[1], ChapterText(title="Anders", summary="Anders.", body="Anders."), by=None)
    services.move_chapter(chapters[1], position=8, by=None)
    services.remove_chapter(chapters[2], by=None)
    for model in (GlossaryTerm, Indicator, RoadmapTask):
        services.remove_entry(db.session.scalars(select(model)).first(), by=None)

    assert [pdf_of(client), client.get(f"{URL}/kapitel/2").data, client.get(f"{URL}/glossar").data] == before
    assert words(client.page("/konzept/arbeitsfassung/kapitel/7").h1) == "7 Anders"


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("look", ["a4", "a5", "gross"])
def test_the_pdf_keeps_the_standards_in_each_format(client, frozen, look, profile):
    assert failures(pdf_of(client, format=look), profile) == []


def test_the_booklet_says_where_it_is_cut(client, frozen):
    with pikepdf.open(io.BytesIO(pdf_of(client, format="a5"))) as opened:
        boxes = {
            tuple(round(float(edge) * 25.4 / 72, 2) for edge in page.obj[box])
            for page in opened.pages
            for box in ("/MediaBox", "/BleedBox", "/TrimBox")
        }
    assert boxes == {(0, 0, 172, 234), (9, 9, 163, 225), (12, 12, 160, 222)}
    assert pdf_of(client, format="a5") == pdf_of(client, format="a5")


def test_the_pdf_has_headings_heads_of_tables_and_words_for_pictures(client, frozen):
    tags = tags_of(pdf_of(client))

    headings = [int(tag[2:]) for tag, _alt in tags if tag[1:2] == "H" and tag[2:].isdecimal()]
    assert headings[0] == 1
    assert [(before, after) for before, after in pairwise(headings) if after > before + 1] == []
    assert [alt for tag, alt in tags if tag == "/Figure" and alt] == [
        "Menschen an einem Tisch",
        "Balkendiagramm: Menschen in Kursen. 30. Juni 2016: 120; 30. Juni 2017: 150.",
    ]
    kinds = [tag for tag, _alt in tags]
    assert kinds.count("/Table") == 8
    assert kinds.count("/TH") == 2 + 4 + 2 + 4 + 4 + 4 + 4 + 3


def test_the_pdf_reads_in_order_with_contents_and_pages(client, frozen):
    flat = words_of(pdf_of(client), "-raw")

    order = [
        "Beispielkonzept",
        "Fassung 1.0 vom Dezember 2017",
        "Zum Geleit.",
        "Liebe Leute, Erika Beispiel",
        "Inhalt",
        "Abbildungen",
        "Tabellen",
        "Wozu es gut ist.",
        "Teilhabe heißt:",
        "Vorher Nachher Papier Stand",
        "Integration braucht beide Seiten.",
        "Was wir zählen.",
        "Alle lernen Deutsch.",
        "Unterziel 1.1: Ziel 2 ist da.",
        "Maßnahme Verantwortlich Mit dabei Zeitraum",
        "M1.1 Wir bieten Kurse an. Schwerpunkt, Projekt Beispielamt ab März 2018",
        "Februar/März 2018",
        "Teilhabe: Alle können mitmachen.",
        client.application.config["BASE_URL"] + URL,
        frozen.sha256,
    ]
    places = [flat.find(each) for each in order]
    assert [each for each, place in zip(order, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    with pikepdf.open(io.BytesIO(pdf_of(client))) as opened:
        assert str(opened.Root.Lang) == "de"
        assert [str(entry.title) for entry in opened.open_outline().root][:3] == [
            "1\u00a0\u00a0Vorwort",
            "2\u00a0\u00a0Wozu",
            "3\u00a0\u00a0Zahlen",
        ]


def test_references_contents_and_index_name_the_page_where_it_stands(client, frozen):
    pdf = pdf_of(client)
    text = words_of(pdf)

    for said, there in (
        (r"Unterziel 1\.1 \(Seite (\d+)\)", "Unterziel 1.1: Ziel 2 ist da."),
        (r"Kapitel 3 \(Seite (\d+)\)", "3 Zahlen"),
        (r"7 Felder[. ]+(\d+)", "7 Felder"),
        (r"Abbildung 1 Der Tisch[. ]+(\d+)", "Abbildung 1"),
        (r"Teilhabe: (\d+)", "Teilhabe heißt:"),
    ):
        [page] = set(re.findall(said, text))
        assert there in words_of(pdf, "-f", page, "-l", page), (said, page)


def test_the_pdf_in_arabic_runs_from_right_to_left_and_says_what_binds(client, frozen):
    goal = queries.get_goal("Z-001").text.current
    ContentTranslationFactory(source=goal, wording="يتعلم الجميع هنا.")
    PhraseTranslationFactory(phrase="Sprache", wording="اللغة")

    pdf = pdf_of(client, sprache="ar")

    assert (failures(pdf, "ua1"), failures(pdf, "2a")) == ([], [])
    text = words_of(pdf)
    assert "يتعلم الجميع هنا." in text
    assert "Ziel 2 ist da." in text  # not translated: German
    assert "Verbindlich" not in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "ar"
        languages = {str(each.get("/Lang")) for each in opened.objects if isinstance(each, pikepdf.Dictionary)}
    assert languages >= {"ar", "de"}


def test_an_edition_without_chapters_prints_its_fields_and_themes(client, working):
    services.cut_edition(slug="2017-konzept-1.0", number="1.0", title="Rahmen", reason="Anfang", by=None)

    flat = words_of(pdf_of(client), "-raw")

    order = ["Rahmen", "Handlungsfelder", "Alle lernen Deutsch.", "Unterziel 1.1: Ziel 2 ist da.", "M1.1", "Impressum"]
    places = [flat.find(each) for each in order]
    assert (places == sorted(places), min(places) >= 0, "Querschnittsthemen" in flat) == (True, True, False)
    assert failures(pdf_of(client), "ua1") == []


def test_a_partner_who_withdraws_disappears_from_the_pdf(client, frozen):
    measure = queries.get_measure("M-001")
    partner = MeasurePartner(
        organization=OrganizationFactory(name="Partnerverein Brücke", kind=OrganizationKind.PARTNER),
        named_at_entry=True,
    )
    measure.partners.append(partner)
    db.session.flush()
    later = services.cut_edition(slug="zwei", number="1.1", title="Zwei", reason="Partner", by=None)
    named = text_of(client.get(f"/konzept/{later.slug}/konzept.pdf").data)

    partner.named_at_entry = False
    db.session.flush()

    assert (
        "Partnerverein Brücke" in named,
        "Partnerverein Brücke" in text_of(client.get("/konzept/zwei/konzept.pdf").data),
    ) == (
        True,
        False,
    )


def test_word_gets_headings_heads_of_tables_and_words_for_pictures(client, frozen):
    response = client.get(f"{URL}/konzept.docx")

    assert response.headers["Content-Disposition"] == "attachment; filename=2017-konzept-1.0.docx"
    made = docx.Document(io.BytesIO(response.data))
    properties = made.core_properties
    assert (properties.comments, properties.created.date().isoformat()) == ("", "2017-12-01")
    assert "thumbnail" not in " ".join(each.reltype for each in made.part.package.rels.values())
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert headings[:3] == ["1 Vorwort", "2 Wozu", "3 Zahlen"]
    assert [p.text for p in made.paragraphs if p.style.name == "List Bullet"][:2] == ["hören", "handeln"]
    first = made.tables[0]
    assert [cell.text for cell in first.rows[0].cells] == ["Vorher", "Nachher"]
    assert "w:tblHeader" in first.rows[0]._tr.xml
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "Menschen an einem Tisch"
    assert 'w:lang w:val="de"' in made.styles.element.xml


def test_libreoffice_gets_headings_and_heads_of_tables(client, frozen):
    response = client.get(f"{URL}/konzept.odt")

    made = odfdo.Document(io.BytesIO(response.data))
    assert made.meta.creation_date.date().isoformat() == "2017-12-01"
    headings = [each.inner_text for each in made.body.get_elements("//text:h[@text:outline-level='1']")]
    assert headings[:3] == ["1 Vorwort", "2 Wozu", "3 Zahlen"]
    content = zipfile.ZipFile(io.BytesIO(response.data)).read("content.xml").decode()
    assert content.count("<table:table-header-rows>") == 8
    assert "<svg:desc>Menschen an einem Tisch</svg:desc>" in content


def test_arabic_runs_from_right_to_left_in_word_and_libreoffice(client, frozen):
    word = docx.Document(io.BytesIO(client.get(f"{URL}/konzept.docx?sprache=ar").data))
    odt = zipfile.ZipFile(io.BytesIO(client.get(f"{URL}/konzept.odt?sprache=ar").data))

    assert ("<w:bidi/>" in word.element.xml, "<w:bidiVisual/>" in word.tables[0]._tbl.xml) == (True, True)
    assert 'style:writing-mode="rl-tb"' in odt.read("styles.xml").decode()


def test_an_extract_leaves_out_where_a_partner_is_no_longer_to_be_named(client, chapters):
    body = OrganizationFactory(slug="verein", name="Verein am See", kind=OrganizationKind.PARTNER)
    served, section = [queries.get_goal("Z-002")], queries.find_section("sprache")
    other = MeasureFactory(section=section, section__goals=served, code="M-009", wording="Andere tun etwas.")
    first, second = (
        MeasurePartner(organization=body, measure=each, named_at_entry=True)
        for each in (queries.get_measure("M-001"), other)
    )
    db.session.add_all([first, second])
    services.cut_edition(slug="2017-konzept-1.0", number="1.0", title="Konzept", reason="Anfang", by=None)
    first.named_at_entry = False
    db.session.flush()

    text = text_of(pdf_of(client, "auszug/partner/verein.pdf"))
    assert ("Andere tun etwas." in text, "Wir bieten Kurse an." in text) == (True, False)
    named = [line for line in client.get(f"{URL}/anlage-2.csv").text.splitlines() if "Verein am See" in line]
    assert ["Andere tun etwas." in line for line in named] == [True]
    second.named_at_entry = False
    db.session.flush()
    client.page(f"{URL}/auszug/partner/verein.pdf", 404)


def test_short_version_says_the_oberziel_its_focus_and_what_comes_next(client, frozen):
    page = client.page(f"{URL}/auf-einen-blick")

    body = words(page.select_one(".page-body"))
    for each in ("Integration braucht beide Seiten.", "Alle lernen Deutsch.", "Wir bieten Kurse an.", "gedruckt"):
        assert each in body
    assert failures(pdf_of(client, "auf-einen-blick.pdf"), "ua1") == []


@pytest.mark.parametrize(
    ("path", "there", "missing"),
    [
        ("auszug/gemeinde/08335043.pdf", "Reden beim Bügeln", "Wir bieten Kurse an."),
        ("auszug/partner/amt.pdf", "Wir bieten Kurse an.", "Andere tun etwas."),
        ("auszug/lebenslage/frauen.pdf", "Wir bieten Kurse an.", "Andere tun etwas."),
    ],
)
def test_extracts_hold_what_concerns_one_reader(client, chapters, path, there, missing):
    section = queries.find_section("sprache")
    goal = queries.get_goal("Z-002")
    MeasureFactory(section=section, section__goals=[goal], code="M-009", wording="Andere tun etwas.")
    services.cut_edition(slug="2017-konzept-1.0", number="1.0", title="Konzept", reason="Anfang", by=None)

    pdf = pdf_of(client, path)

    text = text_of(pdf)
    assert (there in text, missing in text, failures(pdf, "ua1")) == (True, False, [])


def test_the_page_of_all_forms_offers_what_there_is(client, frozen):
    page = client.page(f"{URL}/ausgaben")

    links = {words(link): link["href"] for link in page.select(".page-body li a")}
    assert links["PDF: Großdruck"] == f"{URL}/konzept.pdf?format=gross"
    assert links["Konstanz (PDF)"] == f"{URL}/auszug/gemeinde/08335043.pdf"
    assert links["Frauen (PDF)"] == f"{URL}/auszug/lebenslage/frauen.pdf"
    for address in links.values():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "konzept.pdf?format=a3",
        "konzept.pdf?sprache=xx",
        "kapitel/99",
        "auszug/gemeinde/unbekannt.pdf",
        "auszug/partner/unbekannt.pdf",
    ],
)
def test_what_there_is_not_is_not_found(client, frozen, path):
    client.page(f"{URL}/{path}", 404)


def test_a_picture_of_something_else_is_not_found(client):
    key = storage.keep(b"anderes", suffix="jpg")

    client.page(f"/konzept/bilder/{key}", 404)


@pytest.mark.parametrize("path", ["kapitel/1", "glossar", "auf-einen-blick", "ausgaben", "konzept.pdf"])
def test_an_unknown_edition_has_no_documents(client, path):
    WorkingEditionFactory()

    client.page(f"/konzept/unbekannt/{path}", 404)
