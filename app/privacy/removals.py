"""Deletions that no single feature owns, or whose rows lie in a feature above."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from app.attendance.models import DoorDevice
from app.db import db, transactional
from app.events.models import Event
from app.registrations.models import Attendee, PaperLetter, Registration
from app.registrations.services import retention
from app.seating.models import TableSeat


@transactional
def remove_letters_before(at: datetime) -> int:
    """Delete the record of letters printed and calls made before then; returns how many."""
    ids = db.session.scalars(select(PaperLetter.id).where(PaperLetter.done_at <= at)).all()
    db.session.execute(delete(PaperLetter).where(PaperLetter.id.in_(ids)))
    return len(ids)


@transactional
def remove_seats_before(at: datetime) -> int:
    """Delete seats and wishes for tables at events that ended before then; returns how many of both."""
    over = select(Event.id).where(Event.ends_at <= at)
    statement = select(TableSeat.id).join(Attendee).join(Registration).where(Registration.event_id.in_(over))
    ids = db.session.scalars(statement).all()
    db.session.execute(delete(TableSeat).where(TableSeat.id.in_(ids)))
    return len(ids) + retention.remove_wishes_before(at)


@transactional
def remove_device_names_before(at: datetime) -> int:
    """Forget what devices at the door of events that ended before then were called; returns how many."""
    named = DoorDevice.event_id.in_(select(Event.id).where(Event.ends_at <= at)) & (DoorDevice.name != "")
    count = db.session.scalars(select(func.count(DoorDevice.id)).where(named)).one()
    db.session.execute(update(DoorDevice).where(named).values(name=""))
    return count
