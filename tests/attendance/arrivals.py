"""People who were at an event, as the rows of a device at the door say it."""

import uuid
from datetime import timedelta

from app.attendance.models import ArrivalEntry, DoorDevice, EntryKind, EntryResult
from app.db import db, now
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory


def past_event(days=1, **more):
    """That many days over, after four hours."""
    end = now() - timedelta(days=days)
    start = end - timedelta(hours=4)
    return EventFactory(**{"starts_at": start, "ends_at": end, "registration_closes_at": start, **more})


def check_in(*attendees, result=EntryResult.RECORDED):
    event = attendees[0].registration.event
    device = DoorDevice(event=event, name="Eingang")
    at = event.starts_at
    entries = [
        ArrivalEntry(
            uuid=str(uuid.uuid4()),
            device=device,
            event_id=event.id,
            attendee=attendee,
            kind=EntryKind.ARRIVED,
            at=at,
            received_at=at,
            result=result,
        )
        for attendee in attendees
    ]
    db.session.add_all([device, *entries])
    db.session.commit()


def party_that_came(event, persons=1, **more):
    """A registration whose people were all checked in."""
    registration = RegistrationFactory(event=event, persons=persons, **more)
    check_in(*registration.attendees)
    return registration
