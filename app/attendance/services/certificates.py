"""Issue certificates of attendance."""

import secrets

from app.attendance.errors import CertificateNotOver, NameMissing, NotThere
from app.attendance.models import Certificate
from app.attendance.queries.arrivals import attendees_who_came
from app.attendance.queries.certificates import certificates_of
from app.audit import log
from app.db import db, lock, now, transactional
from app.registrations.models import Attendee

# Without what is mixed up in print: 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V; 23 ** 12: 54 bits
ALPHABET, LENGTH = "34679ACDEFGHJKMNPQRTWXY", 12


@transactional
def issue_certificate(attendee: Attendee, *, name: str = "") -> Certificate:
    """The attendee's certificate; the one that was issued before, if there is one.

    `name`: of somebody whose name was left out so far. Raises CertificateNotOver, NotThere or NameMissing.
    """
    registration = lock(attendee.registration)
    event, at = registration.event, now()
    issued = certificates_of([attendee]).get(attendee.id)
    if issued is not None:
        return issued
    if not event.is_over(at):
        raise CertificateNotOver
    if attendee.id not in {each.id for each in attendees_who_came(event.id)}:
        raise NotThere
    if not (attendee.name or name):
        raise NameMissing
    attendee.name = attendee.name or name
    certificate = Certificate(
        code=new_code(),
        attendee=attendee,
        event_id=event.id,
        event_title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_all_day=event.is_all_day,
        issued_at=at.replace(microsecond=0),  # PDFs know no finer time
    )
    db.session.add(certificate)
    log.record("attendance.issue_certificate", certificate)
    return certificate


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
