"""Groups of contributions, kept by each process until a text in them changes: making them anew takes a moment."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from threading import Lock

from flask import current_app

from app.workbench.clusters import Cluster, Collected, Vocabulary
from app.workbench.statements import Statement

EXTENSION = "groups of contributions"
COLLECTIONS = 8  # sections, calls, events that are worked on at the same time
LARGEST = 1500  # so many texts are compared with each other; more have to be narrowed first


@dataclass
class _Known:
    collections: OrderedDict[frozenset[int], Collected] = field(default_factory=OrderedDict)
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary(COLLECTIONS * LARGEST))
    lock: Lock = field(default_factory=Lock)


def is_too_large(statements: Sequence[Statement]) -> bool:
    return len(statements) > LARGEST


def grouped(statements: Sequence[Statement], keys: Collection[int]) -> list[Cluster]:
    """The groups among those with these keys, compared as parts of all the statements; each alone of too many."""
    if is_too_large(statements):
        return [Cluster((key,), ()) for key in sorted(keys)]
    known: _Known = current_app.extensions.setdefault(EXTENSION, _Known())
    texts = {each.id: each.comparable for each in statements}
    with known.lock:
        return _collected(known, texts).grouped(keys)


def _collected(known: _Known, texts: dict[int, str]) -> Collected:
    """Made anew where a word changed: what is blackened keeps its version, and its words are not kept here either."""
    ids = frozenset(texts)
    if ids not in known.collections or known.collections[ids].texts != texts:
        known.collections[ids] = Collected(texts, known.vocabulary)
        if len(known.collections) > COLLECTIONS:
            known.collections.popitem(last=False)
    known.collections.move_to_end(ids)
    return known.collections[ids]
