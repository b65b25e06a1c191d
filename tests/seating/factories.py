from app.registrations.models import TableWish
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory


def event_with_tables(*capacities, rounds=1, **attributes):
    """An event, and its tables numbered from 1."""
    event = EventFactory(table_rounds=rounds, **attributes)
    tables = [
        ThemeTableFactory(event=event, number=number, capacity=capacity)
        for number, capacity in enumerate(capacities, start=1)
    ]
    return event, tables


def party(event, *wishes, **attributes):
    """A confirmed party that wishes these tables, the first one most."""
    ranked = [TableWish(table=table, rank=rank) for rank, table in enumerate(wishes, start=1)]
    return RegistrationFactory(event=event, wishes=ranked, **attributes)
