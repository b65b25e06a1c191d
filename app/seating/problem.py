"""What a plan has to answer: who wishes to sit where, how many tables and rounds there are; and how good a plan is.

The order of what counts, each only as far as it costs nothing of what stands above it:

1. As many persons as possible have a seat. No table holds more than its places, a group stays together, whoever was
   pinned stays where they are, nobody sits twice at one table while there are others left. Where the places do not
   suffice, those who registered last are left out.
2. Everyone sits at a table that is held in a language they said they speak; a table that names none is held in German.
3. The total rank is as low as possible: the first wish costs nothing, the second 1, the third 2; a round that could
   have been a wish and is none costs 4. Each wish counts once, each person for itself.
4. Volunteers, migrants, organisations and administration sit at each table as they are in the hall; who said nothing
   counts for none. Then: the tables are filled alike.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

UNMET = 4
FILL = 0.2  # what a person too many or too few at a table costs beside one who should be another
DEFAULT_LANGUAGE = "de"

Seats = dict[tuple[int, int], int]  # (key of the group, round) to the id of a table; who has no seat is missing


@dataclass(frozen=True)
class Table:
    """`capacity`: persons in each round, None for any number."""

    id: int
    capacity: int | None
    languages: frozenset[str] = frozenset()

    def takes(self, persons: int) -> bool:
        return self.capacity is None or persons <= self.capacity

    def speaks(self, languages: frozenset[str]) -> bool:
        """Also to those who did not say what they speak."""
        return not languages or not languages.isdisjoint(self.languages or {DEFAULT_LANGUAGE})


@dataclass(frozen=True)
class Group:
    """Persons who sit together. `wishes`: tables, the first wish first; `pins`: round to table.

    The key orders them by registration.
    """

    key: int
    size: int = 1
    wishes: tuple[int, ...] = ()
    languages: frozenset[str] = frozenset()
    comes_as: str | None = None
    pins: Mapping[int, int] = field(default_factory=dict)

    def gain(self, table_id: int) -> int:
        """What one person gains by sitting at this table once."""
        return UNMET - self.wishes.index(table_id) if table_id in self.wishes else 0


@dataclass(frozen=True)
class Score:
    """What a plan costs; all but `imbalance` count persons and rounds."""

    unseated: int
    foreign: int  # seats at a table in no language they speak
    rank: int
    wishes: tuple[int, int, int]  # seats that were a first, a second, a third wish
    unmet: int  # seats that could have been a wish and were none
    imbalance: float
    spread: int  # between the fullest and the emptiest table of a round


@dataclass(frozen=True)
class Problem:
    """The whole input. Equal input, whatever its order, has the same digest and the same answer."""

    tables: tuple[Table, ...]
    groups: tuple[Group, ...]
    rounds: int = 1

    @cached_property
    def canonical(self) -> "Problem":
        """In an order of its own, wishes for tables that are no more left out, what no table takes left aside."""
        known = {table.id for table in self.tables}
        groups = [
            Group(
                group.key,
                group.size,
                tuple(dict.fromkeys(wish for wish in group.wishes if wish in known)),
                group.languages,
                group.comes_as,
                dict(sorted(group.pins.items())),
            )
            for group in sorted(self.groups, key=lambda group: group.key)
        ]
        return Problem(tuple(sorted(self.tables, key=lambda table: table.id)), tuple(groups), self.rounds)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical input: the sign that two plans answer the same question."""
        ordered = self.canonical
        content = {
            "rounds": ordered.rounds,
            "tables": [[table.id, table.capacity, sorted(table.languages)] for table in ordered.tables],
            "groups": [
                [each.key, each.size, each.wishes, sorted(each.languages), each.comes_as, list(each.pins.items())]
                for each in ordered.groups
            ],
        }
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()

    def tables_for(self, group: Group) -> list[Table]:
        """Where the whole group fits, and where it was pinned."""
        pinned = set(group.pins.values())
        return [table for table in self.tables if table.takes(group.size) or table.id in pinned]

    def visits(self, group: Group, table: Table) -> int:
        """How often the group may sit at the table: once, more often where there are fewer tables than rounds."""
        tables = len(self.tables_for(group))
        pinned = list(group.pins.values()).count(table.id)
        return max(-(-self.rounds // tables), pinned)

    def ideal(self, group: Group) -> int:
        """How many of its rounds could be wishes."""
        return min(len(group.wishes), self.rounds)

    @property
    def lowest_rank(self) -> int:
        """What the total rank would be if every table had places for all."""
        return sum(group.size * wish for group in self.groups for wish in range(self.ideal(group)))

    @cached_property
    def shares(self) -> dict[str, float]:
        """How those who said what they come as are made up; empty where there is nothing to balance."""
        counted = Counter[str]()
        for group in self.groups:
            if group.comes_as is not None:
                counted[group.comes_as] += group.size
        return {kind: counted[kind] / counted.total() for kind in sorted(counted)} if len(counted) > 1 else {}

    def score(self, seats: Seats) -> Score:
        wishes = Counter[int]()
        unseated = foreign = rank = unmet = 0
        tables = {table.id: table for table in self.tables}
        for group in self.groups:
            at = [seats[group.key, number] for number in self.numbers if (group.key, number) in seats]
            met = [group.wishes.index(table_id) for table_id in set(at) if table_id in group.wishes]
            missed = self.ideal(group) - len(met)
            unseated += group.size * (self.rounds - len(at))
            foreign += group.size * sum(not tables[table_id].speaks(group.languages) for table_id in at)
            rank += group.size * (sum(met) + UNMET * missed)
            unmet += group.size * missed
            for wish in met:
                wishes[wish] += group.size
        return Score(
            unseated,
            foreign,
            rank,
            (wishes[0], wishes[1], wishes[2]),
            unmet,
            self._imbalance(seats),
            self._spread(seats),
        )

    @property
    def numbers(self) -> range:
        """The rounds."""
        return range(1, self.rounds + 1)

    def _imbalance(self, seats: Seats) -> float:
        """Persons who would have to be others, over all tables and rounds."""
        kinds = {(number, table.id): Counter[str]() for number in self.numbers for table in self.tables}
        for group in self.groups:
            for number in self.numbers:
                if (group.key, number) in seats and group.comes_as is not None:
                    kinds[number, seats[group.key, number]][group.comes_as] += group.size
        return round(
            sum(
                abs(counted[kind] - share * counted.total())
                for counted in kinds.values()
                for kind, share in self.shares.items()
            )
            / 2,
            6,
        )

    def _spread(self, seats: Seats) -> int:
        persons = {(number, table.id): 0 for number in self.numbers for table in self.tables}
        for group in self.groups:
            for number in self.numbers:
                if (group.key, number) in seats:
                    persons[number, seats[group.key, number]] += group.size
        by_round = [[persons[number, table.id] for table in self.tables] for number in self.numbers]
        return max((max(counts) - min(counts) for counts in by_round if counts), default=0)
