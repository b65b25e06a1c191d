import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import docx
import pikepdf
import pytest
from openpyxl import load_workbook

from app import typesetting
from app.concept import queries, services
from app.concept.catalogue import canonical, checksum, parse, texts_of
from app.concept.models import BudgetState, GoalKind, MeasureLifeSituation, MeasureTargetGroup
from app.db import db
from app.process_date import ProcessDate
from app.texts import services as texts
from app.texts.services import Span
from tests.concept.factories import (
    BudgetLineFactory,
    GoalFactory,
    GoodPracticeFactory,
    LifeSituationFactory,
    MeasureFactory,
    MunicipalIdeaFactory,
    SectionFactory,
    TargetGroupFactory,
    WorkingEditionFactory,
)
from tests.pdfs import failures, text_of
from tests.structures.factories import OrganizationFactory

WORDINGS = ["Jeder hat einen Kurs.", "=SUMME(A1:A9) lernen alle."]


@pytest.fixture
def edition():
    """A frozen edition: one section, two Unterziele, a measure for both."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    GoalFactory(section=section, kind=GoalKind.OVERALL, wording="Alle lernen Deutsch.", code="Z-001")
    goals = [GoalFactory(section=section, wording=wording) for wording in WORDINGS]
    MeasureFactory(
        section=section,
        section__goals=goals,
        code="M-001",
        wording="Wir bieten Kurse an.",
        responsible=OrganizationFactory(name="Beispielamt"),
        starts=ProcessDate("2018-03"),
        is_example=True,
    )
    MunicipalIdeaFactory(section=section)
    GoodPracticeFactory(section=section, title="Reden beim Bügeln")
    return services.cut_edition(
        slug="2017-konzept-1.0",
        number="1.0",
        title="Beispielkonzept",
        reason="Der Anfang",
        by=None,
        cut_at=datetime(2017, 12, 1, 11, tzinfo=UTC),
        dated=ProcessDate("2017-12"),
    )


def words(tag):
    return " ".join(tag.text.split())


def test_the_page_shows_goals_and_measures_and_which_edition_it_is(client, edition):
    shown = client.page("/konzept/2017-konzept-1.0/anlage-2")

    assert words(shown.select_one(".lead")) == "Beispielkonzept, Fassung 1.0 vom Dezember 2017"
    assert [[words(cell) for cell in row.select("th, td")] for row in shown.select("tbody tr")] == [
        [f"1.{n} {wording}", "M1.1 Wir bieten Kurse an.", "Beispielamt", "", "ab März 2018"]
        for n, wording in enumerate(WORDINGS, 1)
    ]
    assert shown.select_one(".checksum").text == edition.sha256


def test_the_annex_leaves_out_ideas_and_good_practice(client, edition):
    for ending in ("", ".csv", ".json"):
        content = client.get(f"/konzept/2017-konzept-1.0/anlage-2{ending}").text
        assert "Wir bieten Kurse an." in content
        assert "Eine Bank vor dem Rathaus" not in content
        assert "Bügeln" not in content


def test_the_annex_goes_into_the_office_as_a_table_with_heads(client, edition):
    response = client.get("/konzept/2017-konzept-1.0/anlage-2.docx")

    assert response.headers["Content-Disposition"] == "attachment; filename=anlage-2-2017-konzept-1.0.docx"
    book = docx.Document(io.BytesIO(response.data))
    assert book.core_properties.title == "Beispielkonzept, Anlage 2: Tabellarische Übersicht der Ziele und Maßnahmen"
    rows = [[cell.text for cell in row.cells] for row in book.tables[0].rows]
    assert rows == [
        ["Unterziel", "Maßnahme", "Verantwortlich", "Mit dabei", "Zeitraum"],
        *(
            [f"1.{n} {wording}", "M1.1 Wir bieten Kurse an.", "Beispielamt", "", "ab März 2018"]
            for n, wording in enumerate(WORDINGS, 1)
        ),
    ]
    assert client.get("/konzept/2017-konzept-1.0/anlage-2.odt").data[:2] == b"PK"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_concept_as_a_table_is_its_annex(client, edition, ending):
    table, annex = (client.get(f"/konzept/2017-konzept-1.0/{name}.{ending}") for name in ("konzept", "anlage-2"))

    assert (table.status_code, table.headers["Content-Disposition"]) == (200, annex.headers["Content-Disposition"])


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_keeps_the_standards(client, edition, profile):
    response = client.get("/konzept/2017-konzept-1.0/anlage-2.pdf")

    assert (response.content_type, failures(response.data, profile)) == ("application/pdf", [])


def test_the_pdf_reads_from_left_to_right_and_says_which_edition_it_is(client, edition):
    text = text_of(client.get("/konzept/2017-konzept-1.0/anlage-2.pdf").data, "-layout")

    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert lines[:6] == [
        "Anlage 2: Tabellarische Übersicht der Integrationsziele und geplanten Maßnahmen",
        "Beispielkonzept",
        "Fassung 1.0 vom Dezember 2017",
        "Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele.",
        "1 Sprache",
        "Handlungsfeld, Oberziel: Alle lernen Deutsch.",
    ]
    assert lines[6] == "Unterziel Maßnahme Verantwortlich Mit dabei Zeitraum"
    assert lines[7] == "1.1 Jeder hat einen Kurs. M1.1 Wir bieten Kurse an. Beispielamt ab März 2018"
    assert lines[-1] == f"2017-konzept-1.0, Dezember 2017 · Prüfsumme (SHA-256) {edition.sha256} Seite 1 / 1"


def test_the_pdf_is_german_with_title_and_header_cells(client, edition):
    with pikepdf.open(io.BytesIO(client.get("/konzept/2017-konzept-1.0/anlage-2.pdf").data)) as found:
        assert str(found.Root.Lang) == "de"
        assert str(found.docinfo["/Title"]).startswith("Anlage 2: Tabellarische Übersicht")
        tags = [str(each["/S"]) for each in found.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        assert (tags.count("/TH"), tags.count("/H1"), tags.count("/H2")) == (5, 1, 1)


def test_the_pdf_of_an_edition_is_always_the_same(client, edition):
    first = client.get("/konzept/2017-konzept-1.0/anlage-2.pdf").data
    typesetting._compile.cache_clear()

    assert client.get("/konzept/2017-konzept-1.0/anlage-2.pdf").data == first


def test_the_pdf_survives_signs_no_font_has_and_words_that_were_blackened(client, edition):
    goal = queries.get_goal("Z-001")
    services.reword_goal(goal, wording="Alle 😀 lernen *Deutsch* #strong[nun].", reason="Probe", by=None)
    texts.redact(Span.of(goal.text.current, "lernen"), role="editor", reason="Probe", by=None)

    text = text_of(client.get("/konzept/arbeitsfassung/anlage-2.pdf").data)

    assert "Alle ? ×××××× *Deutsch* #strong[nun]." in text


def test_the_csv_opens_in_a_german_spreadsheet_and_calculates_nothing(client, edition):
    response = client.get("/konzept/2017-konzept-1.0/anlage-2.csv")

    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Unterziel"] for row in rows] == [WORDINGS[0], "'" + WORDINGS[1]]
    assert {(row["Fassung"], row["vom"], row["Prüfsumme (SHA-256)"]) for row in rows} == {
        ("2017-konzept-1.0", "Dezember 2017", edition.sha256)
    }
    assert response.headers["Content-Disposition"] == "attachment; filename=anlage-2-2017-konzept-1.0.csv"


def test_the_xlsx_holds_text_and_no_formulas(client, edition):
    book = load_workbook(io.BytesIO(client.get("/konzept/2017-konzept-1.0/anlage-2.xlsx").data))

    sheet, facts = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[5] for row in rows] == ["Unterziel", *WORDINGS]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells if cell.value != datetime(2018, 3, 1)} == {"s"}  # noqa: DTZ001 -- no zone
    assert dict(facts.iter_rows(values_only=True))["Prüfsumme (SHA-256)"] == edition.sha256


@pytest.fixture
def costly():
    """A working edition with a measure for two Unterziele, one that serves none, and what they cost."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    goals = [GoalFactory(section=section, wording=wording, code=f"Z-{wording}") for wording in ("Eins", "Zwei")]
    both = MeasureFactory(
        section=section, section__goals=goals, code="M-001", wording="Kurse.", starts=ProcessDate("2018-03-05")
    )
    both.ends = ProcessDate("2019")
    both.life_situations = [MeasureLifeSituation(life_situation=LifeSituationFactory(title="Frauen"))]
    both.target_groups = [MeasureTargetGroup(target_group=TargetGroupFactory(title="Neu im Kreis"))]
    BudgetLineFactory(measure=both, year=2018, amount=Decimal("1000.50"))
    BudgetLineFactory(measure=both, year=2018, amount=Decimal(200), state=BudgetState.REQUESTED)
    BudgetLineFactory(measure=both, year=2019, amount=None, state=BudgetState.NOT_QUANTIFIABLE)
    alone = MeasureFactory(section=section, code="M-002", wording="Fest.", starts=ProcessDate("2018-05/2018-07"))
    BudgetLineFactory(measure=alone, year=2018, amount=Decimal(300))
    db.session.commit()


ANNEX = "/konzept/arbeitsfassung/anlage-2"
COSTS = "2018: 1.000,50 Euro (bewilligt); 2018: 200 Euro (angemeldet); 2019: derzeit nicht bezifferbar"
TOTALS = [["2018", "1.500,50 Euro"], ["2019", "derzeit nicht bezifferbar"]]


def test_the_page_says_for_whom_measures_are_and_what_they_cost(client, costly):
    tables = [
        [[words(cell) for cell in row.select("th, td")] for row in table.select("tr")]
        for table in client.page(ANNEX).select("table")
    ]

    heads = ["Unterziel", "Maßnahme", "Verantwortlich", "Mit dabei", "Für wen", "Zeitraum", "Kosten"]
    assert [row[4:] for row in tables[0]] == [
        heads[4:],
        ["Frauen, Neu im Kreis", "5. März 2018 bis 2019", COSTS],
        ["Frauen, Neu im Kreis", "5. März 2018 bis 2019", COSTS],
        ["", "ab Mai 2018 bis Juli 2018", "2018: 300 Euro (bewilligt)"],
    ]
    assert [row[0] for row in tables[0]] == ["Unterziel", "1.1 Eins", "1.2 Zwei", "Weitere Maßnahmen"]
    assert tables[1] == [["Jahr", "Alle Maßnahmen zusammen, jede einmal gezählt"], *TOTALS]


def test_the_spreadsheet_reckons_with_days_and_amounts_and_counts_each_measure_once(client, costly):
    table, costs, _facts = load_workbook(io.BytesIO(client.get(f"{ANNEX}.xlsx").data)).worksheets

    march, end, open_costs = datetime(2018, 3, 5), datetime(2019, 12, 31), "derzeit nicht bezifferbar"  # noqa: DTZ001 -- no zone
    again = "siehe 1.1"
    assert [row[12:] for row in table.iter_rows(values_only=True)] == [
        ("Beginn", "Ende", "Lebenslagen", "Zielgruppen", "2018 in Euro", "2019 in Euro"),
        (march, end, "Frauen", "Neu im Kreis", 1200.5, open_costs),
        (march, end, "Frauen", "Neu im Kreis", again, again),
        ("Mai 2018 bis Juli 2018", None, None, None, 300, None),
    ]
    assert [table["M2"].number_format, table["N2"].number_format, table["Q2"].number_format] == [
        "dd.mm.yyyy",
        "yyyy",
        "#,##0.00",
    ]
    assert [(row[0], *row[4:]) for row in costs.iter_rows(values_only=True)] == [
        ("Maßnahme Nr.", "2018 in Euro", "2019 in Euro", "Zusammen in Euro", "Posten ohne Zahl"),
        ("M1.1", 1200.5, open_costs, 1200.5, 1),
        ("M1.2", 300, None, 300, 0),
        ("Zusammen", 1500.5, open_costs, 1500.5, 1),
    ]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ANNEX}.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Beginn"], row["Ende"], row["2018 in Euro"], row["2019 in Euro"]) for row in rows] == [
        ("05.03.2018", "2019", "1200,50", open_costs),
        ("05.03.2018", "2019", again, again),
        ("Mai 2018 bis Juli 2018", "", "300,00", ""),
    ]


def test_the_pdf_holds_the_same_columns_and_the_costs_of_each_year(client, costly):
    content = client.get(f"{ANNEX}.pdf").data

    shown = " ".join(text_of(content, "-raw").split())
    assert "Unterziel Maßnahme Verantwortlich Mit dabei Für wen Zeitraum Kosten" in shown
    assert ("Weitere Maßnahmen" in shown, "Kosten je Jahr" in shown, "2018 1.500,50 Euro" in shown) == (True,) * 3
    assert [failures(content, profile) for profile in ("ua1", "2a")] == [[], []]


def test_the_edition_as_json_can_be_checked_and_read_back(client, edition):
    content = json.loads(client.get("/konzept/2017-konzept-1.0/konzept.json").data)

    document = json.dumps(content["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert (document, checksum(document)) == (edition.document, content["sha256"])
    read = queries.catalogue_of(edition)
    assert {each["digest"]: each["wording"] for each in content["texts"]} == {
        each.digest: each.wording for each in texts_of(read)
    }
    assert canonical(parse(document)) == document


@pytest.mark.parametrize("path", ["anlage-2", "anlage-2.pdf", "konzept.json"])
def test_an_unknown_edition_has_no_files(client, edition, path):
    client.page(f"/konzept/unbekannt/{path}", 404)


def test_an_unknown_format_is_not_found(client, edition):
    client.page("/konzept/2017-konzept-1.0/anlage-2.exe", 404)
