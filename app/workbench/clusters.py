"""Which contributions say something alike: groups by average similarity, the same ones for the same texts.

Compared as the hint for similar contributions compares (app.proposals.similarity), so within one language; others by
their German working translation. Two groups become one as long as their members are alike on average, the most similar
first. Figures on the labelled pairs: tests/workbench/test_clusters.py.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.proposals.similarity import frequencies

ALIKE = 0.06  # on average between all members of two groups
MOST = 25  # more than one person can condense in one go
WORDS = 4
WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 5
KEPT = 8  # parts of a collection whose groups are kept: with and without what is used, each search
LONG = 12  # from here on a word is not more telling for being longer
# Say nothing about what a group is about
EMPTY_WORDS = """
aber alle allem allen aller alles also andere anderen auch beim bitte dann dass deine denn dich diese diesem
diesen dieser dieses doch dort durch eben eine einem einen einer eines einfach etwas euch euer gerade gibt
gleich haben hatte hier hinter ihnen ihre ihrem ihren ihrer immer jede jedem jeden jeder jemand jetzt kann
kein keine keinen können könnte leider machen manche mein meine mehr mich muss müssen nach nicht nichts
niemand noch oder ohne schon sehr sein seine seit selbst sich sind soll sollen sollte sollten sondern sonst
über unser unsere unter viel viele vielen wann warum weil wenig wenn werden wieder will wird wollen wurde
würde würden zwischen about have more need should that there they this very want with would
"""
EMPTY = frozenset(EMPTY_WORDS.split())

Scores = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Cluster(NamedTuple):
    """Keys in ascending order, and the words that most of them share."""

    keys: tuple[int, ...]
    words: tuple[str, ...]


class Vector(NamedTuple):
    """What is kept of a text: its grams by number, how often each stands there, and its words by stem."""

    grams: Numbers
    frequencies: Scores
    words: dict[str, str]


class Vocabulary:
    """Gives grams their numbers; texts that were counted once are known by key, so only new ones cost time.

    What is kept of a key is counted anew where its words changed: blackened words go. With more texts than `most`
    it forgets all and begins again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._grams: dict[str, int] = {}
        self._vectors: dict[int, tuple[str, Vector]] = {}

    def vectors(self, texts: Mapping[int, str]) -> list[Vector]:
        """In the order of the keys, all counted by the same numbers."""
        if len(self._vectors.keys() | texts.keys()) > self._most:
            self._grams.clear()
            self._vectors.clear()
        return [self._vector(key, texts[key]) for key in sorted(texts)]

    def _vector(self, key: int, text: str) -> Vector:
        known, vector = self._vectors.get(key, (None, None))
        if vector is None or known != text:
            counted = frequencies(text)
            numbers = [self._grams.setdefault(gram, len(self._grams)) for gram in counted]
            vector = Vector(
                np.array(numbers, dtype=np.int64), np.array(list(counted.values()), dtype=np.float32), _words_of(text)
            )
            self._vectors[key] = (text, vector)
        return vector


class Collected:
    """Texts by key with how alike each two are; made once for a collection, grouped for any part of it."""

    def __init__(self, texts: Mapping[int, str], vocabulary: Vocabulary | None = None) -> None:
        self.texts = texts
        self.keys = sorted(texts)
        self._places = {key: place for place, key in enumerate(self.keys)}
        vectors = (vocabulary or Vocabulary(len(texts))).vectors(texts)
        self._words = [vector.words for vector in vectors]
        self._shared = Counter(stem for words in self._words for stem in words)
        self._scores = _scores(vectors)
        self._kept: dict[tuple[int, ...], list[Cluster]] = {}

    def grouped(self, keys: Collection[int]) -> list[Cluster]:
        """The largest first; what is like nothing else is a group of its own, at the end."""
        places = tuple(sorted(self._places[key] for key in keys))
        if places not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[places] = self._group(places)
        return self._kept[places]

    def _group(self, places: tuple[int, ...]) -> list[Cluster]:
        groups = _merge(self._scores[np.ix_(places, places)]) if places else []
        clusters = [
            Cluster(tuple(self.keys[place] for place in members), self._tying(members))
            for members in (tuple(places[each] for each in group) for group in groups)
        ]
        return sorted(clusters, key=lambda cluster: (-len(cluster.keys), cluster.keys))

    def _tying(self, members: Sequence[int]) -> tuple[str, ...]:
        """Words that several members use and few others; only one of each stem."""
        counted = Counter(stem for member in members for stem in self._words[member])
        weight = {
            stem: count * math.log(1 + len(self.keys) / self._shared[stem]) * min(len(self._word(stem, members)), LONG)
            for stem, count in counted.items()
            if count > 1
        }
        best = sorted(weight, key=lambda stem: (-weight[stem], stem))[:WORDS]
        return tuple(self._word(stem, members) for stem in best)

    def _word(self, stem: str, members: Sequence[int]) -> str:
        return next(self._words[member][stem] for member in members if stem in self._words[member])


def _words_of(text: str) -> dict[str, str]:
    """By stem the first word as it is written."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        if word.casefold() in EMPTY:
            continue
        found.setdefault(word.casefold()[:STEM], word)
    return found


def _scores(vectors: Sequence[Vector]) -> Scores:
    """The cosine of each two texts, rare grams weighing more."""
    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    rows = np.repeat(np.arange(len(vectors)), [len(vector.grams) for vector in vectors])
    numbers = np.concatenate([vector.grams for vector in vectors])
    shared = np.bincount(numbers, minlength=1)
    rarity = np.log(1 + len(vectors) / np.maximum(shared, 1)).astype(np.float32)
    weights = np.concatenate([vector.frequencies for vector in vectors]) * rarity[numbers]
    lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(vectors)))
    lengths[lengths == 0] = 1
    column = np.cumsum(shared > 1) - 1  # what stands in one text only ties nothing
    is_shared = shared[numbers] > 1
    matrix = np.zeros((len(vectors), int(np.sum(shared > 1)) or 1), dtype=np.float32)
    matrix[rows[is_shared], column[numbers[is_shared]]] = weights[is_shared]
    matrix /= lengths[:, np.newaxis].astype(np.float32)
    return matrix @ matrix.T


def _merge(scores: Scores) -> list[tuple[int, ...]]:
    """Average link: the two groups that are most alike become one, until none are alike enough."""
    scores = scores.copy()
    np.fill_diagonal(scores, -1)
    groups: dict[int, list[int]] = {place: [place] for place in range(len(scores))}
    while len(groups) > 1:
        first, second = sorted(int(each) for each in np.unravel_index(np.argmax(scores), scores.shape))
        if scores[first, second] < ALIKE:
            break
        if len(groups[first]) + len(groups[second]) > MOST:
            scores[first, second] = scores[second, first] = -1
            continue
        own, other = len(groups[first]), len(groups[second])
        joined = (own * scores[first] + other * scores[second]) / (own + other)
        # What was too large with one of them is too large with both
        joined[(scores[first] < 0) | (scores[second] < 0)] = -1
        scores[first], scores[:, first] = joined, joined
        scores[second], scores[:, second] = -1, -1
        scores[first, first] = -1
        groups[first] += groups.pop(second)
    return [tuple(sorted(group)) for group in groups.values()]
