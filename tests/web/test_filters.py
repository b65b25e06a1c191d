from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from app.web import filters

pytestmark = pytest.mark.one_database

CONFERENCE = datetime(2017, 6, 24, 7, 30, tzinfo=UTC)


def test_day_says_it_as_people_do():
    assert filters.day(date(2017, 6, 24)) == "Samstag, 24. Juni 2017"


def test_short_day_has_all_digits():
    assert filters.short_day(date(2017, 6, 4)) == "04.06.2017"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (CONFERENCE, "24.06.2017, 9.30 Uhr"),
        (datetime(2017, 1, 24, 7, 30, tzinfo=UTC), "24.01.2017, 8.30 Uhr"),
        (datetime(2017, 6, 24, 12, tzinfo=UTC), "24.06.2017, 14 Uhr"),
        (datetime(2017, 6, 24, 22, 5, tzinfo=UTC), "25.06.2017, 0.05 Uhr"),
    ],
)
def test_moment_is_the_time_in_berlin(moment, words):
    assert filters.moment(moment) == words


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (datetime(2017, 6, 24, 12, tzinfo=UTC), "Samstag, 24. Juni 2017, 9.30 bis 14 Uhr"),
        (datetime(2017, 6, 24, 22, tzinfo=UTC), "Samstag, 24. Juni 2017, 9.30 bis 0 Uhr"),
        (
            datetime(2017, 6, 25, 14, 15, tzinfo=UTC),
            "Samstag, 24. Juni 2017, 9.30 Uhr, bis Sonntag, 25. Juni 2017, 16.15 Uhr",
        ),
    ],
)
def test_period_names_the_second_day_only_when_there_is_one(end, words):
    assert filters.period(CONFERENCE, end) == words


def test_other_languages_write_dates_their_way():
    with force_locale("fr"):
        assert [filters.day(CONFERENCE), filters.short_day(CONFERENCE), filters.clock(CONFERENCE)] == [
            *("samedi 24 juin 2017", "24/06/2017", "09:30")
        ]


def test_number_groups_digits():
    assert (filters.number(12345.5), filters.number(7)) == ("12.345,5", "7")


def test_markdown_makes_lists_emphasis_and_links():
    assert filters.markdown("- *Wohnen*\n- [Amt](https://example.org)") == (
        "<ul>\n<li><em>Wohnen</em></li>\n"
        '<li><a href="https://example.org" rel="noopener noreferrer">Amt</a></li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    "typed", ["<script>x()</script>", "[x](javascript:x())", '<img src="x" onerror="x()">', "<a onclick=x()>x</a>"]
)
def test_markdown_shows_html_as_text(typed):
    shown = filters.markdown(typed)

    assert [tag for tag in ("<script", "<img", "<a ", 'href="javascript') if tag in shown] == []


@given(typed=st.text(alphabet=st.sampled_from(list("<>\"'&[]()!*_`\n -:/jsx=script")), max_size=60))
def test_markdown_never_lets_a_script_through(typed):
    shown = filters.markdown(typed).lower()

    assert ("<script" in shown, 'href="javascript' in shown) == (False, False)


def test_paragraphs_are_what_empty_lines_part():
    assert filters.paragraphs("Eins\nnoch eins\n\n\n  Zwei \n\n") == ["Eins\nnoch eins", "Zwei"]
