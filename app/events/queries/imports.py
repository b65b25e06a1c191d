"""Reading what files brought, and what of it is known already."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from app.db import db
from app.events.models import Event, EventImport


def events_by_uid(uids: Collection[str], own: Mapping[int, str]) -> dict[str, Event]:
    """By the UID under which they came in; `own`: numbers of events that left by our calendars, with their UID."""
    found = db.session.scalars(select(Event).where(or_(Event.import_uid.in_(uids), Event.id.in_(own)))).all()
    return {event.import_uid: event for event in found if event.import_uid} | {
        own[event.id]: event for event in found if event.id in own
    }


def events_by_title(titles: Collection[str]) -> dict[tuple[str, datetime], Event]:
    """By title and start."""
    found = db.session.scalars(select(Event).where(Event.title.in_(titles)))
    return {(event.title, event.starts_at): event for event in found}


def get_import(import_id: int) -> EventImport | None:
    return db.session.get(EventImport, import_id)


def latest_imports(limit: int) -> Sequence[EventImport]:
    return db.session.scalars(select(EventImport).order_by(EventImport.id.desc()).limit(limit)).all()
