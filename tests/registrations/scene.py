from datetime import timedelta

from sqlalchemy import select

from app.db import db, now
from app.mail.models import OutgoingMail
from app.registrations.models import Registration

NOW = now()
OVER = {
    "starts_at": NOW - timedelta(hours=2),
    "ends_at": NOW - timedelta(hours=1),
    "registration_closes_at": NOW - timedelta(hours=2),
}
PARTY = {"name": "Beispielperson", "email": "person@example.org"}


def letters():
    return [mail.template.removeprefix("registrations/") for mail in db.session.scalars(select(OutgoingMail))]


def statuses(*registrations):
    return [db.session.get(Registration, registration.id).status for registration in registrations]
