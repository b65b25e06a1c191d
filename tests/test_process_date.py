from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, insert, select

from app.db import db
from app.process_date import ProcessDate, ProcessDateColumn, Shape

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2999, 12, 31))
LENGTHS = st.sampled_from([4, 7, 10])


@st.composite
def process_dates(draw) -> ProcessDate:
    start = draw(DAYS).isoformat()[: draw(LENGTHS)]
    shape = draw(st.sampled_from(Shape))
    if shape is Shape.UNKNOWN:
        return ProcessDate()
    if shape is Shape.POINT:
        return ProcessDate(start)
    if shape is Shape.OPEN:
        return ProcessDate(f"{start}/..")
    later = ProcessDate(start).last_day + timedelta(days=draw(st.integers(1, 4000)))
    return ProcessDate(f"{start}{shape}{later.isoformat()[: draw(LENGTHS.filter(lambda n: n >= len(start)))]}")


@pytest.mark.parametrize(
    ("notation", "shape", "first_day", "last_day", "words"),
    [
        ("", Shape.UNKNOWN, date.min, date.max, "unbekannt"),
        ("2016", Shape.POINT, date(2016, 1, 1), date(2016, 12, 31), "2016"),
        ("2016-03", Shape.POINT, date(2016, 3, 1), date(2016, 3, 31), "März 2016"),
        ("2016-02", Shape.POINT, date(2016, 2, 1), date(2016, 2, 29), "Februar 2016"),
        ("2016-03-29", Shape.POINT, date(2016, 3, 29), date(2016, 3, 29), "29. März 2016"),
        ("2016-05/2017-07", Shape.RANGE, date(2016, 5, 1), date(2017, 7, 31), "Mai 2016 bis Juli 2017"),
        ("2016/2017-04-01", Shape.RANGE, date(2016, 1, 1), date(2017, 4, 1), "2016 bis 1. April 2017"),
        ("2017-04/..", Shape.OPEN, date(2017, 4, 1), date.max, "seit April 2017"),
        ("2018-02..2018-03", Shape.WINDOW, date(2018, 2, 1), date(2018, 3, 31), "Februar/März 2018"),
        ("2017-12..2018-01", Shape.WINDOW, date(2017, 12, 1), date(2018, 1, 31), "Dezember 2017/Januar 2018"),
    ],
)
def test_process_date_knows_its_shape_days_and_words(notation, shape, first_day, last_day, words):
    value = ProcessDate(notation)

    assert (value.shape, value.first_day, value.last_day, str(value)) == (shape, first_day, last_day, words)


@pytest.mark.parametrize(
    "notation",
    [
        *("16", "2016-3", "2016-13", "2016-00", "2016-02-30", "0000", "März 2016", " 2016", "2016 ", "２０１６"),
        *("/", "..", "/..", "../2017", "2016/", "2016..", "2016/..2017", "2016/2017/2018", "2016/2017/.."),
        *("2017/2016", "2017-07/2016-05", "2018-03..2018-02", "2016/2016", "2016-03-29/2016-03-29"),
    ],
)
def test_process_date_refuses_what_is_none(notation):
    with pytest.raises(ValueError, match=r"date|month|day|year|after the start"):
        ProcessDate(notation)


def test_process_date_is_made_from_a_day():
    assert ProcessDate.on(date(2016, 3, 29)) == ProcessDate("2016-03-29")


def test_process_date_covers_its_days_and_no_others():
    steps = ProcessDate("2016-05/2017-07")

    days = (date(2016, 4, 30), date(2016, 5, 1), date(2017, 7, 31), date(2017, 8, 1))
    assert [steps.covers(day) for day in days] == [False, True, True, False]


def test_process_date_speaks_the_language_of_the_reader():
    with force_locale("fr"):
        assert str(ProcessDate("2016-03-29")) == "29 mars 2016"


@given(values=st.lists(process_dates(), min_size=2, max_size=12))
def test_process_date_comes_back_and_sorts_in_sql_as_in_python(values):
    table = Table("probe", MetaData(), Column("at", ProcessDateColumn), prefixes=["TEMPORARY"])
    connection = db.session.connection()
    table.create(connection)
    try:
        connection.execute(insert(table), [{"at": value} for value in values])
        assert connection.scalars(select(table.c.at).order_by(table.c.at)).all() == sorted(values)
        later = connection.scalars(select(table.c.at).where(table.c.at > values[0])).all()
        assert sorted(later) == sorted(value for value in values if value > values[0])
    finally:
        table.drop(connection)


@pytest.mark.parametrize(
    ("notation", "starts", "day", "is_open"),
    [
        ("2016-03-29", "2016-03-29", date(2016, 3, 29), False),
        ("2016-03", "2016-03", None, False),
        ("2016-03-29/2016-04", "2016-03-29", None, False),
        ("2017-04/..", "2017-04", None, True),
        ("", "", None, False),
    ],
)
def test_process_date_knows_its_start_and_its_day(notation, starts, day, is_open):
    process_date = ProcessDate(notation)

    assert (process_date.starts, process_date.day, process_date.is_open) == (ProcessDate(starts), day, is_open)


@pytest.mark.parametrize(
    ("notation", "months", "later"),
    [
        ("2018-01-31", 1, "2018-02-28"),
        ("2018-08", 6, "2019-02"),
        ("2018", 12, "2019"),
        ("2018-02..2018-03", 12, "2019-02..2019-03"),
        ("2018-01-30..2018-01-31", 1, "2018-02-28"),
        ("2017-12/2018-01", 1, "2018-01/2018-02"),
        ("2017-04/..", 3, "2017-07/.."),
        ("", 6, ""),
    ],
)
def test_process_date_is_so_many_months_later(notation, months, later):
    assert ProcessDate(notation).later(months) == ProcessDate(later)


def test_a_year_is_not_some_months_later():
    with pytest.raises(ValueError, match="give no year"):
        ProcessDate("2018").later(6)
