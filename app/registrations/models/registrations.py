"""Registrations (one contact) and attendees (one person each)."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.events.models import AttendanceMode, Event
from app.registrations.models.codes import InvitationCode
from app.registrations.models.things import Thing, ThingKind
from app.structures.models import Organization

if TYPE_CHECKING:
    from app.events.models import ThemeTable
    from app.registrations.models.bookings import Booking, TableWish
    from app.registrations.models.consents import Consent
    from app.registrations.models.paper_letters import PaperLetter
    from app.registrations.models.questions import Answer

MOST_PERSONS = 50  # in one party


class RegistrationStatus(StrEnum):
    REQUESTED = "requested"  # the organisers decide first; holds no place
    HELD = "held"  # has a place, not confirmed yet
    CONFIRMED = "confirmed"
    WAITING = "waiting"  # confirmed or not: see confirmed_at
    OFFERED = "offered"  # a place became free and is offered until offered_until
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECLINED = "declined"  # the organisers said no to a request


STATUS_LABELS = {
    RegistrationStatus.REQUESTED: _("wartet auf Zusage"),
    RegistrationStatus.HELD: _("noch nicht bestätigt"),
    RegistrationStatus.CONFIRMED: _("angemeldet"),
    RegistrationStatus.WAITING: _("auf der Warteliste"),
    RegistrationStatus.OFFERED: _("Platz angeboten"),
    RegistrationStatus.CANCELLED: _("abgemeldet"),
    RegistrationStatus.EXPIRED: _("abgelaufen"),
    RegistrationStatus.DECLINED: _("nicht zugesagt"),
}


class PartyKind(StrEnum):
    """For whom somebody registers."""

    PERSON = "person"
    GROUP = "group"  # a family or friends: one contact, companions without a mail of their own
    DELEGATION = "delegation"  # people of one organisation


PARTY_KIND_LABELS = {
    PartyKind.PERSON: _("Für mich allein"),
    PartyKind.GROUP: _("Für mich und meine Familie oder Gruppe"),
    PartyKind.DELEGATION: _("Für eine Organisation"),
}


class Channel(StrEnum):
    """How a registration came in. All but the web are typed by an organiser."""

    WEB = "web"
    PHONE = "phone"
    DESK = "desk"
    DOOR = "door"  # walked in on the day


CHANNEL_LABELS = {
    Channel.WEB: _("Website"),
    Channel.PHONE: _("Telefon"),
    Channel.DESK: _("persönlich oder Brief"),
    Channel.DOOR: _("am Einlass"),
}


class ComesAs(StrEnum):
    """In what capacity somebody takes part, if they wish to say; never required (mission R71). Balances tables."""

    VOLUNTEER = "volunteer"
    MIGRANT = "migrant"
    ORGANIZATION = "organization"
    ADMINISTRATION = "administration"


COMES_AS_LABELS = {
    ComesAs.VOLUNTEER: _("Ich engagiere mich ehrenamtlich"),
    ComesAs.MIGRANT: _("Ich bin zugewandert"),
    ComesAs.ORGANIZATION: _("Ich arbeite für einen Verein oder eine Organisation"),
    ComesAs.ADMINISTRATION: _("Ich arbeite in einer Verwaltung oder bin im Rat"),
}

OCCUPYING = (RegistrationStatus.HELD, RegistrationStatus.CONFIRMED, RegistrationStatus.OFFERED)

S = RegistrationStatus
TRANSITIONS: dict[RegistrationStatus, frozenset[RegistrationStatus]] = {
    S.REQUESTED: frozenset({S.CONFIRMED, S.WAITING, S.DECLINED, S.CANCELLED, S.EXPIRED}),
    S.HELD: frozenset({S.CONFIRMED, S.CANCELLED, S.EXPIRED}),
    S.WAITING: frozenset({S.OFFERED, S.CONFIRMED, S.CANCELLED, S.EXPIRED}),
    S.OFFERED: frozenset({S.CONFIRMED, S.WAITING, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.CANCELLED}),
    # A late confirmation checks again: a free place, the end of the queue, or the organisers' decision
    S.EXPIRED: frozenset({S.CONFIRMED, S.WAITING, S.REQUESTED}),
}
ENDED = frozenset({S.CANCELLED, S.EXPIRED, S.DECLINED})


class Registration(Model):
    """A party's places at an event, or in its queue. One contact, one to many attendees.

    Without `email` the contact is reached by letter or telephone.
    """

    __tablename__ = "registration"
    __table_args__ = (
        CheckConstraint("status <> 'held' OR held_until IS NOT NULL", name="held_until_given"),
        CheckConstraint("status <> 'offered' OR offered_until IS NOT NULL", name="offered_until_given"),
        CheckConstraint("status NOT IN ('confirmed', 'offered') OR confirmed_at IS NOT NULL", name="confirmed_first"),
        CheckConstraint("email IS NOT NULL OR channel <> 'web' OR anonymised_at IS NOT NULL", name="web_has_email"),
        UniqueConstraint("event_id", "form_id"),
        Index("ix_registration_event_status", "event_id", "status"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    status: Mapped[RegistrationStatus]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(254))
    new_email: Mapped[str | None] = mapped_column(String(254))  # takes the place of `email` once it is confirmed
    phone: Mapped[str] = mapped_column(String(40), default="")
    postal_address: Mapped[str] = mapped_column(String(300), default="")
    party_kind: Mapped[PartyKind] = mapped_column(default=PartyKind.PERSON)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    organization_name: Mapped[str] = mapped_column(String(200), default="")  # in words, of one no record knows
    channel: Mapped[Channel] = mapped_column(default=Channel.WEB)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    invitation_code_id: Mapped[int | None] = mapped_column(ForeignKey(InvitationCode.id), index=True)
    is_online: Mapped[bool] = mapped_column(default=False)  # at a hybrid event: the whole party takes part online
    is_beyond_limit: Mapped[bool] = mapped_column(default=False)  # an organiser let them in although it was full
    language: Mapped[str] = mapped_column(String(12), default="de")  # of mails and letters
    spoken_languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # for tables and interpreters
    comes_as: Mapped[ComesAs | None]
    sits_together: Mapped[bool] = mapped_column(default=True)
    wants_updates: Mapped[bool] = mapped_column(default=False)  # "Halten Sie mich auf dem Laufenden"
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    queued_at: Mapped[Timestamp] = mapped_column(default=now)  # place in the queue; a late confirmation joins the end
    held_until: Mapped[Timestamp | None]  # until when to confirm, also on the waiting list
    offered_until: Mapped[Timestamp | None]
    confirmed_at: Mapped[Timestamp | None]  # when the link in the mail was answered
    placed_at: Mapped[Timestamp | None]  # when it became certain of its place
    approved_at: Mapped[Timestamp | None]  # when the organisers said yes, where they decide on each
    ended_at: Mapped[Timestamp | None]  # cancelled, declined or expired
    anonymised_at: Mapped[Timestamp | None]
    link_generation: Mapped[int] = mapped_column(default=1)
    form_id: Mapped[str | None] = mapped_column(String(64))  # of the form it came from: sent twice, it counts once

    event: Mapped[Event] = relationship()
    attendees: Mapped[list["Attendee"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="Attendee.id"
    )
    organization: Mapped[Organization | None] = relationship()
    invitation_code: Mapped[InvitationCode | None] = relationship()
    wishes: Mapped[list["TableWish"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="TableWish.rank"
    )
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="Booking.id"
    )
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="Answer.id"
    )
    consents: Mapped[list["Consent"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="Consent.id"
    )
    paper_letters: Mapped[list["PaperLetter"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan", order_by="PaperLetter.id"
    )

    @property
    def persons(self) -> int:
        return len(self.attendees)

    @property
    def table(self) -> "ThemeTable | None":
        """The one it chose, or else wishes most."""
        chosen = (booking.table for booking in self.bookings if booking.table is not None)
        return next(chosen, None) or next((wish.table for wish in self.wishes), None)

    @property
    def table_id(self) -> int | None:
        return self.table.id if self.table else None

    @property
    def thing(self) -> Thing:
        """Which places it takes: those of the event, or of its online part."""
        is_apart = self.is_online and self.event.attendance_mode is AttendanceMode.HYBRID
        return Thing(ThingKind.ONLINE if is_apart else ThingKind.EVENT, self.event.id)

    @property
    def needs_approval(self) -> bool:
        return self.event.requires_approval and self.approved_at is None

    @property
    def occupies_places(self) -> bool:
        return self.status in OCCUPYING

    @property
    def is_confirmed_by_mail(self) -> bool:
        return self.confirmed_at is not None

    def is_due(self, at: datetime) -> bool:
        """Whether the time to confirm it, or to take the place it was offered, is over."""
        if self.status is RegistrationStatus.OFFERED:
            return self.offered_until is not None and self.offered_until <= at
        is_open = self.status in {S.HELD, S.WAITING, S.REQUESTED} and not self.is_confirmed_by_mail
        return is_open and self.held_until is not None and self.held_until <= at

    def move_to(self, status: RegistrationStatus, at: datetime) -> None:
        if status not in TRANSITIONS.get(self.status, frozenset()):
            raise InvalidTransition
        self.status = status
        self.ended_at = at if status in ENDED else None
        if status is S.CONFIRMED:
            self.placed_at = at

    def offer(self, at: datetime, until: datetime) -> None:
        self.move_to(RegistrationStatus.OFFERED, at)
        self.offered_until = until

    def join_end_of_queue(self, at: datetime) -> None:
        self.queued_at = at
        if self.status is not RegistrationStatus.WAITING:
            self.move_to(RegistrationStatus.WAITING, at)

    def lapse(self, at: datetime, until: datetime) -> None:
        """An offer nobody answered: the end of the queue, and not in line before it is confirmed once more."""
        self.join_end_of_queue(at)
        self.confirmed_at = None
        self.held_until = until


class Attendee(Model):
    """One person of a party. The name may be left out for those the contact brings along."""

    __tablename__ = "attendee"

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    is_child: Mapped[bool] = mapped_column(default=False)

    registration: Mapped[Registration] = relationship(back_populates="attendees")
