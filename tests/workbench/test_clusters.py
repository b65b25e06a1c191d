"""How well groups keep together what is about the same matter, on the pairs of tests/proposals/test_similarity.py."""

import pytest

from app.workbench.clusters import MOST, Collected, Vocabulary
from tests.proposals.test_similarity import contributions, pairs

__all__ = ["contributions", "pairs"]

pytestmark = pytest.mark.no_database


@pytest.fixture(scope="module")
def collected(contributions):
    numbers = {name: number for number, name in enumerate(contributions)}
    return numbers, Collected({numbers[name]: text for name, text in contributions.items()})


def test_groups_keep_together_what_is_related(collected, pairs):
    """Of the labelled pairs in one group 78 in 100 are related; of the related pairs 54 in 100, of those with the same
    concern 73 in 100 are in one group. A pair apart may still stand in two groups that one person sees one below the
    other."""
    numbers, texts = collected
    groups = texts.grouped(numbers.values())
    group_of = {key: place for place, group in enumerate(groups) for key in group.keys}
    together = [(group_of[numbers[a]] == group_of[numbers[b]], grade) for a, b, grade in pairs]
    found = [grade for is_together, grade in together if is_together]

    precision = sum(grade > 0 for grade in found) / len(found)
    recall = sum(grade > 0 for grade in found) / sum(grade > 0 for _, grade in together)
    same = sum(grade == 2 for grade in found) / sum(grade == 2 for _, grade in together)
    assert (round(precision, 2), round(recall, 2), round(same, 2)) == (0.78, 0.54, 0.73)
    sizes = [len(group.keys) for group in groups]
    assert (len([size for size in sizes if size > 1]), sizes.count(1), max(sizes) <= MOST) == (65, 9, True)


def test_groups_hold_each_contribution_once_and_are_the_same_again(collected):
    numbers, texts = collected
    half = sorted(numbers.values())[::2]

    groups = texts.grouped(half)

    assert sorted(key for group in groups for key in group.keys) == half
    assert texts.grouped(list(reversed(half))) == groups


def test_groups_name_the_words_that_tie_them():
    texts = Collected({1: "Mehr Sitzbänke am Rathaus", 2: "Eine Sitzbank vor dem Rathaus", 3: "Deutschkurse"})

    assert [(group.keys, group.words) for group in texts.grouped([1, 2, 3])] == [
        ((1, 2), ("Sitzbänke", "Rathaus")),
        ((3,), ()),
    ]


def test_groups_never_grow_beyond_what_one_can_condense():
    texts = Collected(dict.fromkeys(range(60), "Mehr Sitzbänke am Rathaus"))

    assert [len(group.keys) for group in texts.grouped(range(60))] == [MOST, MOST, 10]


def test_vocabulary_counts_changed_words_anew_and_forgets_when_it_is_full():
    vocabulary = Vocabulary(most=3)
    first = Collected({1: "Frau Beispiel am Rathaus", 2: "Das Rathaus von Frau Beispiel"}, vocabulary)
    assert first.grouped([1, 2])[0].words == ("Beispiel", "Rathaus", "Frau")

    blackened = Collected({1: "████ ████████ am Rathaus", 2: "Das Rathaus von ████ ████████"}, vocabulary)
    assert blackened.grouped([1, 2])[0].words == ("Rathaus",)
    known = vocabulary.vectors({1: "████ ████████ am Rathaus"})
    assert vocabulary.vectors({1: "████ ████████ am Rathaus"})[0] is known[0]
    full = vocabulary.vectors({1: "████ ████████ am Rathaus", 3: "Kurse", 4: "Busse"})
    assert full[0] is not known[0]


@pytest.mark.parametrize("text", ["", "🚲", "ab"])
def test_groups_of_nothing_are_single(text):
    texts = Collected({1: text, 2: text})

    assert [group.keys for group in texts.grouped([1, 2])] == [(1,), (2,)]
    assert texts.grouped([]) == []
