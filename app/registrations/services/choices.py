"""What a party chooses: tables, items of the programme, options. Checked first, booked afterwards."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from app.db import db
from app.events.models import Event, ProgrammeItem, TableChoice, ThemeTable, overlapping
from app.registrations.errors import ItemsOverlap, NoSuchChoice, PartyTooLargeForThing, TooManyChoices
from app.registrations.models import (
    MOST_WISHES,
    Booking,
    BookingStatus,
    QuestionKind,
    QuestionOption,
    Registration,
    Thing,
    ThingKind,
)
from app.registrations.places import Places
from app.registrations.services.details import Party

Choice = ThemeTable | ProgrammeItem | QuestionOption
KINDS: dict[type[Choice], ThingKind] = {
    ThemeTable: ThingKind.TABLE,
    ProgrammeItem: ThingKind.ITEM,
    QuestionOption: ThingKind.OPTION,
}
NAMES = {ThingKind.TABLE: "tables", ThingKind.ITEM: "items", ThingKind.OPTION: "options"}
MOST_TABLES = {TableChoice.NONE: 0, TableChoice.CHOOSE: 1, TableChoice.RANK: MOST_WISHES}


class Changes(NamedTuple):
    """What a party books anew and gives up."""

    added: list[Booking]
    dropped: list[Booking]
    gives_up_a_table: bool  # a sure one


def thing_of(choice: Choice) -> Thing:
    return Thing(KINDS[type(choice)], choice.id)


def title_of(choice: Choice) -> str:
    return choice.label if isinstance(choice, QuestionOption) else choice.title


def get_choice(event: Event, thing: Thing) -> Choice | None:
    """The row of a thing of this event."""
    [model] = [each for each, kind in KINDS.items() if kind is thing.kind]
    choice = cast("Choice | None", db.session.get(model, thing.id))
    owner = choice.question if isinstance(choice, QuestionOption) else choice
    if isinstance(choice, ProgrammeItem) and not choice.is_bookable:
        return None
    return choice if owner is not None and owner.event_id == event.id else None


def check_choices(places: Places, persons: int, party: Party, kept: Iterable[Booking] = ()) -> None:
    """Before anything is changed. `kept`: what the party has booked already and may keep, even when it is retired.

    Raises NoSuchChoice, TooManyChoices, ItemsOverlap or PartyTooLargeForThing.
    """
    known = {booking.thing for booking in kept}
    chosen: list[Choice] = [*party.get("tables", ()), *party.get("items", ()), *party.get("options", ())]
    for choice in chosen:
        if thing_of(choice) not in places.pools or not (_is_open(choice) or thing_of(choice) in known):
            raise NoSuchChoice
    if len(set(party.get("tables", ()))) > MOST_TABLES[places.event.table_choice]:
        raise TooManyChoices
    check_overlap(party.get("items", ()))
    _check_questions(party)
    for choice in _booked(places.event, party):
        check_fits(places, choice, persons)


def check_overlap(items: Sequence[ProgrammeItem]) -> None:
    """Nobody is at two places at the same time; raises ItemsOverlap, which names both with their times."""
    pair = overlapping(list(dict.fromkeys(items)))
    if pair is not None:
        first, second = ((item.title, item.starts_at, item.ends_at) for item in pair)
        raise ItemsOverlap(first, second)


def check_fits(places: Places, choice: Choice, persons: int) -> None:
    """Raise PartyTooLargeForThing when there would never be room for the whole party."""
    capacity = places.pools[thing_of(choice)].capacity
    once = isinstance(choice, QuestionOption) and not choice.question.counts_persons
    if capacity is not None and not once and persons > capacity:
        raise PartyTooLargeForThing(title_of(choice))


def changes_of(registration: Registration, party: Party) -> Changes:
    """What is not named stays; what is named replaces what was chosen of its kind."""
    before = {booking.thing: booking for booking in registration.bookings}
    wanted = {thing_of(choice): choice for choice in _booked(registration.event, party)}
    named = {kind for kind, name in NAMES.items() if name in party}
    dropped = [booking for thing, booking in before.items() if thing.kind in named and thing not in wanted]
    return Changes(
        [make_booking(choice) for thing, choice in wanted.items() if thing not in before],
        dropped,
        any(booking.table is not None and booking.status is BookingStatus.BOOKED for booking in dropped),
    )


def _booked(event: Event, party: Party) -> Iterator[Choice]:
    """Tables are booked only where they are chosen for good; otherwise they are wishes."""
    if event.table_choice is TableChoice.CHOOSE:
        yield from party.get("tables", ())
    yield from party.get("items", ())
    yield from party.get("options", ())


def make_booking(choice: Choice) -> Booking:
    booking = Booking(status=BookingStatus.WAITING, is_beyond_limit=False)
    kind = thing_of(choice).kind.value
    setattr(booking, kind, choice)
    setattr(booking, f"{kind}_id", choice.id)  # which thing it is, before it is flushed
    return booking


def _is_open(choice: Choice) -> bool:
    if isinstance(choice, ProgrammeItem):
        return choice.is_bookable
    return isinstance(choice, ThemeTable) or not choice.question.is_retired


def _check_questions(party: Party) -> None:
    chosen = Counter(option.question for option in set(party.get("options", ())))
    if any(count > 1 for question, count in chosen.items() if question.kind is QuestionKind.ONE):
        raise TooManyChoices
