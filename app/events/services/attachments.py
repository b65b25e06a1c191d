"""What an event is attached to: sections, measures, bodies and municipalities."""

from collections.abc import Sequence
from typing import cast

from app.db import Model, db
from app.events.models import Event, EventBody, EventMeasure, EventMunicipality, EventSection

# Name of the collection: its row, and what the row names
ATTACHED: dict[str, tuple[type[Model], str]] = {
    "sections": (EventSection, "section"),
    "measures": (EventMeasure, "measure"),
    "bodies": (EventBody, "organization"),
    "municipalities": (EventMunicipality, "municipality"),
}


def attached_to(event: Event, name: str) -> list[Model]:
    """The sections, measures, organisations or municipalities themselves."""
    _, target = ATTACHED[name]
    return [getattr(each, target) for each in getattr(event, name)]


def attach(event: Event, name: str, values: object) -> None:
    """Exactly these; rows that stay are kept."""
    row, target = ATTACHED[name]
    wanted = cast("Sequence[Model]", values)
    collection = getattr(event, name)
    for each in list(collection):
        if getattr(each, target) not in wanted:
            collection.remove(each)
            db.session.delete(each)
    kept = attached_to(event, name)
    collection.extend(row(**{target: value}) for value in wanted if value not in kept)


def differs(event: Event, name: str, values: object) -> bool:
    return set(attached_to(event, name)) != set(cast("Sequence[Model]", values))
