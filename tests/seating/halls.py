"""Halls full of made-up people, the same for the same seed."""

import random

from app.seating.problem import Group, Problem, Table

KINDS = ("volunteer", "migrant", "organization", "administration", None)
LANGUAGES = ((), (), ("de",), ("de",), ("de", "en"), ("ar",), ("uk",), ("de", "uk"))
SIZES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5)


def hall(seed, *, persons=150, tables=11, rounds=3, capacity=14, sizes=SIZES):
    """Some tables are wished for more than others, a tenth wishes nothing, four places are left."""
    rng = random.Random(seed)
    likes = [rng.random() + 0.2 for _ in range(tables)]
    groups = []
    while persons:
        size = min(persons, rng.choice(sizes))
        wishes = dict.fromkeys(rng.choices(range(tables), likes, k=3 * (rng.random() > 0.1)))
        languages = frozenset(rng.choice(LANGUAGES))
        groups.append(Group(len(groups) + 1, size, tuple(wishes), languages, rng.choice(KINDS)))
        persons -= size
    spoken = [{"de", "ar"}, {"de", "uk"}, {"de", "ar"}, {"de", "uk"}, {"de", "en"}]
    halls = [Table(number, capacity, frozenset(spoken[number] if number < 5 else ())) for number in range(tables)]
    return Problem(tuple(halls), tuple(groups), rounds)
