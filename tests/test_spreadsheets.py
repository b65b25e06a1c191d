import io
import json
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import spreadsheets
from app.spreadsheets import FileUnreadable, Sheet

pytestmark = pytest.mark.one_database

# What a spreadsheet keeps: no control signs but line breaks, nothing blank around, no half signs
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=40).map(str.strip)
FORMULA = st.sampled_from(["=1+1", "'=1", "''-x", "@a", "'ok"])
CELL = st.one_of(CELL, FORMULA)
ROWS = st.lists(st.tuples(CELL.filter(bool), CELL), min_size=1, max_size=6)
HEADS = ("text", "title")


def cells_of(content):
    return [tuple(line.cells.values()) for line in spreadsheets.read(content, required="text")]


def book(*rows):
    file = io.BytesIO()
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("latin-1", ";"), ("cp1252", ","), ("utf-8", "\t")],
)
def test_read_knows_encoding_and_separator(encoding, separator):
    content = f'ID{separator}Text\r\n1{separator}"Grüße, und ""mehr""; bitte"\r\n\r\n'.encode(encoding)

    assert spreadsheets.read(content, required="text") == [(2, {"id": "1", "text": 'Grüße, und "mehr"; bitte'})]


def test_read_takes_a_spreadsheet():
    content = book(["id", "text", "received_on"], [7, "Mehr Bänke", datetime(2017, 6, 24)])  # noqa: DTZ001 -- no zone

    found = spreadsheets.read(content, required="text")

    assert found == [(2, {"id": "7", "text": "Mehr Bänke", "received_on": "2017-06-24"})]


def test_read_takes_json_with_rows_of_different_columns():
    content = json.dumps([{"text": "Eins", "id": 1}, {"title": "Zwei", "text": "Mehr"}]).encode()

    assert spreadsheets.read(content, required="text") == [
        (2, {"text": "Eins", "id": "1", "title": ""}),
        (3, {"text": "Mehr", "id": "", "title": "Zwei"}),
    ]


def bomb():
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (spreadsheets.MOST_UNPACKED + 1))
    return file.getvalue()


def broken(name):
    """A spreadsheet with one part that is no XML."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(book(["text"], ["x"]))) as whole, ZipFile(file, "w") as packed:
        for entry in whole.namelist():
            packed.writestr(entry, b"<no" if entry == name else whole.read(entry))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"id,titel\n1,x\n",
        b"",
        b"   \n\n",
        b"PK\x03\x04 but no zip",
        b"text\0,id\n1,2",
        b'text\n"x',
        b'{"text": "one object"}',
        b'["text"]',
        b"[1, 2",
        b"[" * 100_000,
        b"\x89PNG\r\n\x1a\n\0",
        b"text\n" + b"x" * 200_000,
        bomb(),
        broken("xl/workbook.xml"),
        broken("[Content_Types].xml"),
        book(["text"], ["x"])[:-60],
    ],
    ids=range(16),
)
def test_read_refuses_what_is_no_table_of_texts(content):
    with pytest.raises(FileUnreadable):
        spreadsheets.read(content, required="text")


@given(rows=ROWS)
def test_what_is_written_is_read_again(app, rows):
    with app.test_request_context():
        written = [
            spreadsheets.csv_of(HEADS, rows),
            spreadsheets.json_of(HEADS, rows),
            spreadsheets.xlsx_of(Sheet("Beiträge", HEADS, rows)),
        ]

    assert [cells_of(content) for content in written] == [rows] * 3


@pytest.mark.parametrize("formula", ["=1+1", "+49 7531", "-5", "@SUM(A1)", '=HYPERLINK("http://example.org")'])
def test_no_cell_is_a_formula(app, formula):
    with app.test_request_context():
        csv = spreadsheets.csv_of(["text"], [[formula]]).decode("utf-8-sig")
        xlsx = spreadsheets.xlsx_of(Sheet("Beiträge", ["text"], [[formula]]))

    assert csv.splitlines()[1].lstrip('"').startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(xlsx)).active["A2"]
    assert (cell.value, cell.data_type) == (formula, "s")


def test_half_signs_are_left_out():
    content = b'[{"text": "Eine \\ud800Bank\\u0000"}]'

    assert spreadsheets.read(content, required="text") == [(2, {"text": "Eine Bank"})]
