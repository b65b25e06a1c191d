import pytest

from app.concept.numbering import Suggestions, corrected, is_number, suggested

pytestmark = pytest.mark.no_database


def test_suggested_comes_after_the_highest_number():
    assert suggested([]) == Suggestions("1.0", "1.0")
    assert suggested(["0.9"]) == Suggestions("0.10", "1.0")
    assert suggested(["1.9", "1.10", "1.10.1"]) == Suggestions("1.11", "2.0")


def test_corrected_is_the_next_that_is_free():
    assert corrected("1.1", ["1.0", "1.1"]) == "1.1.1"
    assert corrected("1.1", ["1.1", "1.1.1"]) == "1.1.2"
    assert corrected("1.1.1", ["1.1.1"]) == "1.1.2"


def test_number_is_told_from_what_is_none():
    assert [each for each in ("1", "1.0", "1.1.1", "1.1.1.1", "eins", "1.", "") if is_number(each)] == [
        "1",
        "1.0",
        "1.1.1",
    ]
