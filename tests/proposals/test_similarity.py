"""How well the hint finds what is about the same matter, on pairs of real contributions.

250 pairs of the 459 contributions of the Raddialog Moers 2017 (CC BY 4.0, T. Escher) were labelled by reading both
titles and the first 330 characters, without knowing how a pair was drawn: 2 the same concern (same demand and place or
no place), 1 related (the same kind of demand elsewhere, or one instance of it), 0 neither. Drawn by chance from the two
nearest neighbours of each contribution by multilingual sentence vectors (Universal Sentence Encoder) and by trigrams
(Jaccard), stratified: 75 in both lists, 75 and 70 in one of them, 30 by chance. So recall is among pairs that one of
the two methods finds at all, and 30 others.
"""

import csv
from pathlib import Path

import pytest

from app.proposals.similarity import LIKELY, Index

pytestmark = pytest.mark.one_database

REAL = Path(__file__).parents[3] / "shared" / "data" / "contributions_moers_2017.csv"
LABELS = Path(__file__).with_name("similar_pairs.csv")


@pytest.fixture(scope="module")
def contributions():
    if not REAL.exists():
        pytest.skip("contributions_moers_2017.csv is not beside the repository: ../shared/data")
    with REAL.open(encoding="utf-8") as file:
        return {row["id"]: f"{row['title']}\n{row['text']}" for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def pairs():
    with LABELS.open(encoding="utf-8") as file:
        return [(row["first"], row["second"], int(row["grade"])) for row in csv.DictReader(file)]


def trigrams(text):
    words = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
    return {word[n : n + 3] for word in (f"  {word} " for word in words) for n in range(len(word) - 2)}


def trigram_scores(contributions, pairs):
    """What pg_trgm's similarity() says."""
    grams = {name: trigrams(text) for name, text in contributions.items()}
    return [len(grams[a] & grams[b]) / len(grams[a] | grams[b]) for a, b, _ in pairs]


def index_scores(contributions, pairs):
    numbers = {name: number for number, name in enumerate(contributions)}
    index = Index()
    for name, text in contributions.items():
        index.add(numbers[name], text)
    found = {a: dict(index.nearest(contributions[a], limit=len(index), least=0)) for a, _, _ in pairs}
    return [found[a].get(numbers[b], 0.0) for a, b, _ in pairs]


def precision_and_recall(scores, pairs, *, least, grade):
    wanted = [own >= grade for _, _, own in pairs]
    shown = [score >= least for score in scores]
    hits = sum(one and other for one, other in zip(wanted, shown, strict=True))
    return hits / sum(shown), hits / sum(wanted)


def average_precision(scores, pairs, *, grade):
    in_order = [own >= grade for _, (_, _, own) in sorted(zip(scores, pairs, strict=True), key=lambda row: -row[0])]
    ranks = [rank for rank, is_wanted in enumerate(in_order, 1) if is_wanted]
    return sum(number / rank for number, rank in enumerate(ranks, 1)) / len(ranks)


def test_pairs_are_labelled_once_each(pairs):
    assert len({frozenset(pair[:2]) for pair in pairs}) == 250
    assert [sum(own == grade for _, _, own in pairs) for grade in (0, 1, 2)] == [163, 57, 30]


def test_index_finds_what_is_related_better_than_trigrams(contributions, pairs):
    ours, theirs = index_scores(contributions, pairs), trigram_scores(contributions, pairs)
    precision, recall = precision_and_recall(ours, pairs, least=LIKELY, grade=1)

    assert (round(precision, 2), round(recall, 2)) == (0.78, 0.60)
    assert round(average_precision(ours, pairs, grade=1), 2) == 0.76
    assert round(average_precision(theirs, pairs, grade=1), 2) == 0.55
    # The baseline at the threshold that gives it the same recall
    same_recall = sorted((s for s, (_, _, own) in zip(theirs, pairs, strict=True) if own), reverse=True)[51]
    assert round(precision_and_recall(theirs, pairs, least=same_recall, grade=1)[0], 2) < precision


def test_nearest_leaves_out_what_was_removed():
    index = Index()
    index.add(1, "Mehr Deutschkurse am Abend")
    index.add(2, "Deutschkurse mit Kinderbetreuung")
    index.add(3, "Eine Bank vor dem Rathaus")

    assert [match.key for match in index.nearest("Deutschkurs am Abend", limit=5)] == [1, 2]
    index.remove(1)
    assert [match.key for match in index.nearest("Deutschkurs am Abend", limit=5)] == [2]


def test_add_replaces_a_text_that_is_known():
    index = Index()
    index.add(1, "Mehr Deutschkurse am Abend")
    index.add(1, "Eine Bank vor dem Rathaus")

    assert (len(index), index.nearest("Deutschkurse", limit=5)) == (1, [])
    assert index.nearest("eine BANK vor dem Rathaus", limit=5)[0].score == pytest.approx(1)


@pytest.mark.parametrize("text", ["", "  ", "42", "🚲🚲", "ab"])
def test_nearest_of_nothing_is_nothing(text):
    index = Index()
    index.add(1, "Mehr Deutschkurse am Abend")

    assert index.nearest(text, limit=5) == []
