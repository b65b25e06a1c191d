"""Who hosts, writes down and speaks: at a table or at an item of the programme."""

from collections.abc import Sequence
from typing import NamedTuple

from app.events.models import EventPerson, PersonRole, ProgrammeItem, ThemeTable


class PersonFields(NamedTuple):
    role: PersonRole
    name: str
    organization: str = ""  # in words


def set_people(place: ThemeTable | ProgrammeItem, people: Sequence[PersonFields]) -> None:
    """These and nobody else; rows of those who stay are kept."""
    wanted = list(people)
    kept = []
    for person in place.people:
        fields = PersonFields(person.role, person.name, person.organization)
        if fields in wanted:
            wanted.remove(fields)
            kept.append(person)
    place.people = [*kept, *(EventPerson(**fields._asdict()) for fields in wanted)]
