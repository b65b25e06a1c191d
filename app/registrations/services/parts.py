"""What organisers change at a table or in the programme where people have chosen already: one gate for the places."""

from typing import Unpack

from app.accounts.models import Account
from app.db import transactional
from app.events import services as events
from app.events.errors import ItemInUse
from app.events.models import ProgrammeItem, ThemeTable
from app.events.services import ItemFields, TableFields
from app.registrations import queries
from app.registrations.services.capacities import change_capacity_of


@transactional
def change_table(table: ThemeTable, *, by: Account | None, **fields: Unpack[TableFields]) -> None:
    """Other words, people or places; what is added goes to those in line. Raises TableNumberTaken or CapacityTaken."""
    capacity = fields.pop("capacity", table.capacity)
    events.change_table(table, by=by, **fields)
    if capacity != table.capacity:
        change_capacity_of(table, capacity, by=by)


@transactional
def change_item(item: ProgrammeItem, *, by: Account | None, **fields: Unpack[ItemFields]) -> None:
    """Another time, other words, people or places; what is added goes to those in line.

    Raises EndsTooEarly, OutsideTheEvent, CapacityTaken, or ItemInUse when people chose what can be chosen no more.
    """
    is_bookable = fields.get("is_bookable", item.is_bookable)
    if item.is_bookable and not is_bookable and queries.is_item_chosen(item.id):
        raise ItemInUse
    capacity = fields.pop("capacity", item.capacity) if is_bookable else None
    if item.is_bookable and capacity != item.capacity:
        change_capacity_of(item, capacity, by=by)
    events.change_item(item, by=by, **fields)
    if capacity != item.capacity:
        change_capacity_of(item, capacity, by=by)
