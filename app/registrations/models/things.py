"""What is scarce at an event, each with places and a queue of its own."""

from enum import StrEnum
from typing import NamedTuple


class ThingKind(StrEnum):
    EVENT = "event"  # its places on site; at an online event those online
    ONLINE = "online"  # the online part of a hybrid event
    TABLE = "table"
    ITEM = "item"
    OPTION = "option"


class Thing(NamedTuple):
    """`id`: of the event, table, programme item or option."""

    kind: ThingKind
    id: int


def thing_of(table_id: int | None, item_id: int | None, option_id: int | None) -> Thing:
    """What a booking is for, by the one id it has."""
    for kind, row_id in ((ThingKind.TABLE, table_id), (ThingKind.ITEM, item_id), (ThingKind.OPTION, option_id)):
        if row_id is not None:
            return Thing(kind, row_id)
    raise ValueError("a booking names one thing")
