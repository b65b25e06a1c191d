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

Scores = NDArray[np.float32]


class Cluster(NamedTuple):
    """Keys in ascending order, and the words that most of them share."""

    keys: tuple[int, ...]
    words: tuple[str, ...]


class Collected:
    """Texts by key with how alike each two are; made once for a collection, grouped for any part of it."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.keys = sorted(texts)
        self._places = {key: place for place, key in enumerate(self.keys)}
        self._words = [_words_of(texts[key]) for key in self.keys]
        self._shared = Counter(stem for words in self._words for stem in words)
        self._scores = _scores([frequencies(texts[key]) for key in self.keys])

    def grouped(self, keys: Collection[int]) -> list[Cluster]:
        """The largest first; what is like nothing else is a group of its own, at the end."""
        places = sorted(self._places[key] for key in keys)
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
            stem: count * math.log(1 + len(self.keys) / self._shared[stem])
            for stem, count in counted.items()
            if count > 1
        }
        best = sorted(weight, key=lambda stem: (-weight[stem], stem))[:WORDS]
        return tuple(
            next(self._words[member][stem] for member in members if stem in self._words[member]) for stem in best
        )


def _words_of(text: str) -> dict[str, str]:
    """By stem the first word as it is written."""
    found: dict[str, str] = {}
    for word in WORD.findall(text):
        found.setdefault(word.casefold()[:STEM], word)
    return found


def _scores(vectors: Sequence[Mapping[str, float]]) -> Scores:
    """The cosine of each two texts, rare grams weighing more."""
    shared = Counter(gram for vector in vectors for gram in vector)
    rarity = {gram: math.log(1 + len(vectors) / count) for gram, count in shared.items()}
    columns = {gram: column for column, gram in enumerate(gram for gram, count in shared.items() if count > 1)}
    weights = np.zeros((len(vectors), max(len(columns), 1)), dtype=np.float32)
    for row, vector in enumerate(vectors):
        weighted = {gram: value * rarity[gram] for gram, value in vector.items()}
        length = math.sqrt(sum(value**2 for value in weighted.values())) or 1
        known = [gram for gram in weighted if gram in columns]
        weights[row, [columns[gram] for gram in known]] = [weighted[gram] / length for gram in known]
    return weights @ weights.T


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
