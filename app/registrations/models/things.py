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
