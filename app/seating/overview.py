"""What the organisers see of a plan: who sits where, whom nobody seated, who meets no language of theirs, who mixes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.events.models import ThemeTable
from app.registrations.models import ComesAs, Registration
from app.seating.models import SeatingPlan, TableSeat
from app.seating.problem import Table


@dataclass(frozen=True)
class Sitting:
    """One table in one round."""

    number: int
    seats: Sequence[TableSeat]

    @cached_property
    def kinds(self) -> Counter[ComesAs | None]:
        return Counter(seat.attendee.registration.comes_as for seat in self.seats)


@dataclass(frozen=True)
class TableInPlan:
    table: ThemeTable
    sittings: Sequence[Sitting]


@dataclass(frozen=True)
class Unseated:
    """A party, or somebody of it, without a table in some rounds; `too_large`: for every table."""

    registration: Registration
    persons: int
    rounds: Sequence[int]
    too_large: bool


@dataclass(frozen=True)
class Overview:
    plan: SeatingPlan
    tables: Sequence[ThemeTable]
    parties: Sequence[Registration]  # everyone who should have a table
    seats: Sequence[TableSeat]

    @property
    def by_table(self) -> list[TableInPlan]:
        return [
            TableInPlan(
                table,
                [
                    Sitting(number, [s for s in self.seats if s.table_id == table.id and s.round == number])
                    for number in self.rounds
                ],
            )
            for table in self.tables
        ]

    @property
    def rounds(self) -> range:
        return range(1, self.plan.rounds + 1)

    @property
    def unseated(self) -> list[Unseated]:
        """In order of registration."""
        seated = {(seat.attendee_id, seat.round) for seat in self.seats}
        found = []
        for party in self.parties:
            missing = [
                (attendee.id, number)
                for attendee in party.attendees
                for number in self.rounds
                if (attendee.id, number) not in seated
            ]
            if missing:
                persons = len({attendee_id for attendee_id, _ in missing})
                rounds = sorted({number for _, number in missing})
                found.append(Unseated(party, persons, rounds, self._is_too_large(party)))
        return found

    @property
    def foreign(self) -> list[TableSeat]:
        """Seats at a table in no language the person said they speak."""
        return [
            seat
            for seat in self.seats
            if not Table(seat.table_id, None, frozenset(seat.table.languages)).speaks(
                frozenset(seat.attendee.registration.spoken_languages)
            )
        ]

    @property
    def has_fewer_tables_than_rounds(self) -> bool:
        return 0 < len(self.tables) < self.plan.rounds

    @property
    def kinds(self) -> Counter[ComesAs | None]:
        """Persons of each kind in the whole hall."""
        counted = Counter[ComesAs | None]()
        for party in self.parties:
            counted[party.comes_as] += party.persons
        return counted

    def _is_too_large(self, party: Registration) -> bool:
        fits = any(table.capacity is None or party.persons <= table.capacity for table in self.tables)
        return party.sits_together and not fits
