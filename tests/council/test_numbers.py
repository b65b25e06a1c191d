from time import process_time

import pytest

from app.council.numbers import follows, shown


@pytest.mark.parametrize(
    ("number", "pattern", "is_usual"),
    [
        ("2016/114", "YYYY/NNN", True),
        ("2016/1140", "YYYY/NNN", True),
        ("2016/14", "YYYY/NNN", False),
        ("16/114", "YYYY/NNN", False),
        ("2016-114", "YYYY/NNN", False),
        ("DS 7.YY", "DS N.YY", False),
        ("DS 12.16", "DS N.YY", True),
        ("\u0662\u0660\u0661\u0666/114", "YYYY/NNN", False),
        ("wie auch immer", "frei", True),
        ("201612", "YYYYNN", True),
        ("20161", "YYYYNN", False),
        (f"{'1' * 39}x", "NY" * 12, False),
    ],
)
def test_a_number_follows_the_pattern_or_not(number, pattern, is_usual):
    assert follows(number, pattern) is is_usual


def test_a_pattern_is_shown_in_german():
    assert [shown(pattern) for pattern in ("YYYY/NNN", "frei")] == ["JJJJ/NNN", ""]


def test_no_pattern_makes_anybody_wait():
    began = process_time()
    assert not follows(f"{'1' * 39}x", "N1" * 12)
    assert process_time() - began < 1
