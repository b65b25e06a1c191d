"""What happens when nobody answers in time."""

from app.audit import log
from app.db import db, now, transactional
from app.events.models import Event
from app.registrations import queries
from app.registrations.models import RegistrationStatus
from app.registrations.places import lock_places
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill


def expire_due() -> int:
    """Free the places nobody confirmed or took, and offer them to the next; a commit for each event. How many ended."""
    return sum(_expire_at(event_id) for event_id in queries.events_with_something_due(now()))


@transactional
def _expire_at(event_id: int) -> int:
    at = now()
    places = lock_places(db.session.get_one(Event, event_id))
    due = queries.due_at(event_id, at)
    for registration in due:
        places.release(registration)
        if registration.status is RegistrationStatus.OFFERED:
            registration.lapse(at, places.event.holds_until(at))
            log.record("registrations.lapse", registration)
            tell(registration, "offer_expired")
        else:
            registration.move_to(RegistrationStatus.EXPIRED, at)
            log.record("registrations.expire", registration)
    fill(places, at)
    return len(due)
