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
Signature = tuple[tuple[int, int], ...]


@dataclass
class _Known:
    collections: OrderedDict[Signature, Collected] = field(default_factory=OrderedDict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    lock: Lock = field(default_factory=Lock)


def grouped(statements: Sequence[Statement], keys: Collection[int]) -> list[Cluster]:
    """The groups among those with these keys, compared as parts of all the statements."""
    if len(statements) > LARGEST:
        return [Cluster((key,), ()) for key in sorted(keys)]
    known: _Known = current_app.extensions.setdefault(EXTENSION, _Known())
    # By the words themselves: what is blackened keeps its version
    signature = tuple((each.id, hash(each.comparable)) for each in statements)
    with known.lock:
        if signature not in known.collections:
            known.collections[signature] = Collected(
                {each.id: each.comparable for each in statements}, known.vocabulary
            )
            if len(known.collections) > COLLECTIONS:
                known.collections.popitem(last=False)
        known.collections.move_to_end(signature)
        return known.collections[signature].grouped(keys)
