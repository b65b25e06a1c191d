import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drafting.models import SuggestionKind
from app.drafting.passages import apply, place_in

TEXT = "Alle lernen Deutsch. Kurse sind kostenlos. Es gibt viele."
KURSE = (21, 42)


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        (SuggestionKind.REWORD, "Kurse kosten nichts.", "Alle lernen Deutsch. Kurse kosten nichts. Es gibt viele."),
        (SuggestionKind.ADD, "Auch abends.", "Alle lernen Deutsch. Kurse sind kostenlos. Auch abends. Es gibt viele."),
        (SuggestionKind.DROP, "", "Alle lernen Deutsch. Es gibt viele."),
    ],
)
def test_suggestion_stands_at_its_passage(kind, words, expected):
    applied = apply(kind, words, version=TEXT, start=KURSE[0], stop=KURSE[1])

    assert applied == (expected, True)


def test_suggestion_follows_its_passage_when_the_text_moved_on():
    present = "Heute schon: Alle lernen schnell Deutsch. Kurse sind kostenlos. Es gibt einige."

    applied = apply(SuggestionKind.REWORD, "Kurse kosten nichts.", version=TEXT, start=21, stop=42, present=present)

    assert applied.content == "Heute schon: Alle lernen schnell Deutsch. Kurse kosten nichts. Es gibt einige."


def test_suggestion_to_words_that_are_gone_is_left_to_a_person():
    present = "Alle lernen Deutsch. Kurse kosten wenig. Es gibt viele."

    applied = apply(SuggestionKind.REWORD, "Kurse kosten nichts.", version=TEXT, start=21, stop=42, present=present)

    assert applied == (present, False)


def test_addition_behind_a_paragraph_is_a_paragraph():
    applied = apply(SuggestionKind.ADD, "Drittens.", version="Erstens.\n\nZweitens.", start=10, stop=19)

    assert applied.content == "Erstens.\n\nZweitens.\n\nDrittens."


def test_dropping_the_whole_leaves_nothing():
    assert apply(SuggestionKind.DROP, "", version=TEXT, start=0, stop=len(TEXT)) == ("", True)


WORDS = st.lists(st.sampled_from(["alle", "lernen", "früh", "Deutsch", "„gut“"]), max_size=5).map(" ".join)


@given(WORDS, WORDS, WORDS, WORDS)
def test_a_passage_is_found_only_where_its_very_characters_stand(before, behind, new_before, new_behind):
    version, present = f"{before}X Y{behind}", f"{new_before}X Y{new_behind}"

    found = place_in(version, len(before), len(before) + 3, present)

    assert found is None or present[found[0] : found[1]] == "X Y"
