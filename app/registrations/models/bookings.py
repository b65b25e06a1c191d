"""What a party chose besides the event itself: a table, items of the programme, options; and its wishes for tables."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import ProgrammeItem, ThemeTable
from app.registrations.models.questions import QuestionOption
from app.registrations.models.registrations import Registration, RegistrationStatus
from app.registrations.models.things import Thing, thing_of

MOST_WISHES = 3


class BookingStatus(StrEnum):
    BOOKED = "booked"
    WAITING = "waiting"  # in the queue of this one thing, or of the event


BOOKING_STATUS_LABELS = {BookingStatus.BOOKED: _("dabei"), BookingStatus.WAITING: _("auf der Warteliste")}


class Booking(Model):
    """That a whole party takes part in one thing. It counts while the registration holds a place at the event."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN item_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN option_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_thing",
        ),
        UniqueConstraint("registration_id", "table_id"),
        UniqueConstraint("registration_id", "item_id"),
        UniqueConstraint("registration_id", "option_id"),
    )

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(ProgrammeItem.id), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey(QuestionOption.id), index=True)
    status: Mapped[BookingStatus]
    queued_at: Mapped[Timestamp] = mapped_column(default=now)
    is_beyond_limit: Mapped[bool] = mapped_column(default=False)  # an organiser let them in although it was full

    registration: Mapped[Registration] = relationship(back_populates="bookings")
    table: Mapped[ThemeTable | None] = relationship()
    item: Mapped[ProgrammeItem | None] = relationship()
    option: Mapped[QuestionOption | None] = relationship()

    @property
    def thing(self) -> Thing:
        return thing_of(self.table_id, self.item_id, self.option_id)

    @property
    def title(self) -> str:
        """What it is called where people choose it."""
        if self.table is not None:
            return self.table.title
        return self.item.title if self.item is not None else self._chosen_option.label

    @property
    def persons(self) -> int:
        """How many places it takes: the party's persons, or one where an option counts each party once."""
        counts_persons = self.option is None or self.option.question.counts_persons
        return self.registration.persons if counts_persons else 1

    @property
    def is_in_line(self) -> bool:
        """Whether it may be promoted: who has no sure place at the event waits for that first."""
        return self.status is BookingStatus.WAITING and self.registration.status is RegistrationStatus.CONFIRMED

    @property
    def _chosen_option(self) -> QuestionOption:
        if self.option is None:
            raise ValueError("a booking names one thing")
        return self.option


class TableWish(Model):
    """A party's wish for a table; rank 1 is the first."""

    __tablename__ = "table_wish"
    __table_args__ = (
        UniqueConstraint("registration_id", "rank"),
        UniqueConstraint("registration_id", "table_id"),
        CheckConstraint(f"rank BETWEEN 1 AND {MOST_WISHES}", name="rank_in_range"),
    )

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    rank: Mapped[int]

    registration: Mapped[Registration] = relationship(back_populates="wishes")
    table: Mapped[ThemeTable] = relationship()
