"""All that one event asks of whoever registers, loaded at once: what a form needs to be built and shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.events.models import Event, ProgrammeItem, TableChoice, ThemeTable
from app.registrations.consent_words import DEFAULT_WORDS
from app.registrations.counting import NONE, capacities, counted
from app.registrations.models import ConsentPurpose, ConsentText, Question, Thing, ThingKind
from app.registrations.questionnaire import current_consents, questions_of
from app.structures.models import Organization
from app.structures.queries import names_of_organizations


@dataclass(frozen=True)
class Asking:
    """`places`: what is free of each thing with a limit."""

    event: Event
    language: str
    questions: Sequence[Question]
    items: Sequence[ProgrammeItem]
    consents: dict[ConsentPurpose, ConsentText]
    places: dict[Thing, int]
    organizations: Sequence[Organization]

    @property
    def tables(self) -> Sequence[ThemeTable]:
        return [] if self.event.table_choice is TableChoice.NONE else self.event.tables

    @property
    def asks_needs(self) -> bool:
        return bool(self.event.asked_needs)

    def left(self, kind: ThingKind, row_id: int) -> int | None:
        """How many are free; None: no limit."""
        return self.places.get(Thing(kind, row_id))


def ask(event: Event, language: str) -> Asking:
    """In the language of the page; needs are asked in the words of the house until the event has its own."""
    consents = current_consents(event.id, language)
    if event.asked_needs and ConsentPurpose.NEEDS not in consents:
        words = str(DEFAULT_WORDS[ConsentPurpose.NEEDS])
        consents[ConsentPurpose.NEEDS] = ConsentText(purpose=ConsentPurpose.NEEDS, version=1, text=words)
    return Asking(
        event=event,
        language=language,
        questions=[question for question in questions_of(event.id) if not question.is_retired],
        items=_bookable(event.id),
        consents=consents,
        places=free_places(event),
        organizations=names_of_organizations(),
    )


def free_places(event: Event) -> dict[Thing, int]:
    """Of each thing that has a limit; never below none."""
    taken = counted([event.id])[event.id]
    return {
        thing: max(0, capacity - taken.get(thing, NONE).taken)
        for thing, capacity in capacities(event).items()
        if capacity is not None
    }


def _bookable(event_id: int) -> Sequence[ProgrammeItem]:
    statement = select(ProgrammeItem).where(ProgrammeItem.event_id == event_id, ProgrammeItem.is_bookable)
    return db.session.scalars(statement.order_by(ProgrammeItem.starts_at, ProgrammeItem.id)).all()
