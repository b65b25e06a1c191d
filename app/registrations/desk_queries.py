"""What the organisers see of the registrations of one event: the list in pages, and the history of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.audit.models import AuditEntry
from app.db import db
from app.registrations.models import (
    ENDED,
    Answer,
    Attendee,
    Booking,
    Consent,
    QuestionOption,
    Registration,
    RegistrationStatus,
    TableWish,
)

S = RegistrationStatus
PAGE_SIZE = 50
CHOSEN = (
    selectinload(Registration.wishes).joinedload(TableWish.table),
    selectinload(Registration.bookings).options(
        joinedload(Booking.table),
        joinedload(Booking.item),
        joinedload(Booking.option).joinedload(QuestionOption.question),
    ),
)
ACTION_LABELS = {
    "registrations.register": _("angemeldet"),
    "registrations.admit_guest": _("am Einlass aufgenommen"),
    "registrations.confirm": _("bestätigt"),
    "registrations.change": _("geändert"),
    "registrations.cancel": _("abgemeldet"),
    "registrations.offer": _("Platz angeboten"),
    "registrations.lapse": _("Angebot abgelaufen"),
    "registrations.expire": _("nicht rechtzeitig bestätigt"),
    "registrations.promote": _("nachgerückt"),
    "registrations.approve": _("zugesagt"),
    "registrations.decline": _("abgesagt"),
    "registrations.move": _("umgesetzt"),
    "registrations.admit_beyond_limit": _("über die Grenze hinaus zugelassen"),
    "registrations.book_beyond_limit": _("über die Grenze hinaus gebucht"),
    "registrations.change_email": _("neue E-Mail-Adresse angegeben"),
    "registrations.confirm_email": _("neue E-Mail-Adresse bestätigt"),
    "registrations.resend": _("Mail noch einmal geschickt"),
    "registrations.keep_needs": _("Bedarf angegeben"),
    "registrations.forget_needs": _("Bedarf gelöscht"),
}


TEAM_ONLY = frozenset({"registrations.keep_needs", "registrations.forget_needs"})


@dataclass(frozen=True)
class Wanted:
    """What an organiser looks for; what is empty does not narrow it. Without a state: everybody who did not leave."""

    status: RegistrationStatus | None = None
    table_id: int | None = None
    item_id: int | None = None
    name: str = ""


class Step(NamedTuple):
    """One thing that was done; `by`: the account, or nothing for the party itself and the system."""

    at: datetime
    action: str
    by: str | None

    @property
    def label(self) -> object:
        return ACTION_LABELS.get(self.action, self.action)


def find_registrations(event_id: int, wanted: Wanted, *, page: int = 1) -> tuple[Sequence[Registration], int]:
    """A page of parties and how many there are; those with a place first, then the queue in its order."""
    matching = _narrowed(select(Registration).where(Registration.event_id == event_id), wanted)
    shown = (
        matching.options(selectinload(Registration.attendees), *CHOSEN)
        .order_by(Registration.status == S.WAITING, Registration.queued_at, Registration.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    count = db.session.scalars(select(func.count()).select_from(matching.subquery())).one()
    return db.session.scalars(shown).all(), count


def find_party(event_id: int, registration_id: int) -> Registration | None:
    """One registration of this event with all that its page shows."""
    statement = (
        select(Registration)
        .where(Registration.id == registration_id, Registration.event_id == event_id)
        .options(
            selectinload(Registration.attendees),
            joinedload(Registration.organization),
            joinedload(Registration.invitation_code),
            selectinload(Registration.answers).joinedload(Answer.question),
            selectinload(Registration.consents).joinedload(Consent.text),
            *CHOSEN,
        )
    )
    return db.session.scalars(statement).one_or_none()


def history_of(registration: Registration, *, is_in_team: bool) -> list[Step]:
    """What was done, the latest first; that somebody has needs is for the event's team only."""
    statement = (
        select(AuditEntry.at, AuditEntry.action, Account.name)
        .outerjoin(Account, Account.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_type == Registration.__tablename__, AuditEntry.subject_id == registration.id)
        .order_by(AuditEntry.id.desc())
    )
    steps = [Step(*row) for row in db.session.execute(statement)]
    return [step for step in steps if is_in_team or step.action not in TEAM_ONLY]


def _narrowed(statement: Select[Registration], wanted: Wanted) -> Select[Registration]:
    if wanted.status is None:
        statement = statement.where(Registration.status.not_in(ENDED))
    else:
        statement = statement.where(Registration.status == wanted.status)
    if wanted.table_id is not None:
        booked = select(Booking.registration_id).where(Booking.table_id == wanted.table_id)
        wished = select(TableWish.registration_id).where(TableWish.table_id == wanted.table_id)
        statement = statement.where(or_(Registration.id.in_(booked), Registration.id.in_(wished)))
    if wanted.item_id is not None:
        booked = select(Booking.registration_id).where(Booking.item_id == wanted.item_id)
        statement = statement.where(Registration.id.in_(booked))
    if wanted.name:
        named = select(Attendee.registration_id).where(Attendee.name.icontains(wanted.name, autoescape=True))
        columns = (Registration.name, Registration.email, Registration.organization_name)
        found = [column.icontains(wanted.name, autoescape=True) for column in columns]
        statement = statement.where(or_(Registration.id.in_(named), *found))
    return statement
