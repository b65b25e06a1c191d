"""Who sits where, as far as it is known: what was published, else what they booked, else what they wish most."""

from app.db import db
from app.events.models import ThemeTable
from app.registrations.queries import seated_at


def attendees_at(table_id: int) -> set[int]:
    """Ids of those who sit at a table, in any round."""
    table = db.session.get_one(ThemeTable, table_id)
    return {attendee.id for registration in seated_at(table) for attendee in registration.attendees}
