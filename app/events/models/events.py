"""What takes place, when and where, and for how many people."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.council.models import Meeting
from app.db import Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.events.models.series import EventSeries
from app.events.models.states import SHOWN_BY_CALENDARS, TRANSITIONS, EventState, EventStatus
from app.structures.models import Municipality, Organization

if TYPE_CHECKING:
    from app.events.models.attachments import EventBody, EventMeasure, EventMunicipality, EventSection, TeamMember
    from app.events.models.programme import ProgrammeItem, ThemeTable

HOLD_HOURS = 48  # how long an unconfirmed place is kept
OFFER_HOURS = 48  # how long an offered place is kept
# Nobody is asked over night whether they come tomorrow; organisers may still offer places by hand.
OFFERS_STOP_HOURS = 24


class EventKind(StrEnum):
    DIALOGUE = "dialogue"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    OTHER = "other"


EVENT_KIND_LABELS = {
    EventKind.DIALOGUE: _("Dialogveranstaltung"),
    EventKind.CONFERENCE: _("Integrationskonferenz"),
    EventKind.WORKSHOP: _("Workshop"),
    EventKind.OTHER: _("Veranstaltung"),
}


class AttendanceMode(StrEnum):
    """How people take part (schema.org eventAttendanceMode). Hybrid: two ways with places of their own."""

    ON_SITE = "on_site"
    ONLINE = "online"
    HYBRID = "hybrid"


ATTENDANCE_MODE_LABELS = {
    AttendanceMode.ON_SITE: _("vor Ort"),
    AttendanceMode.ONLINE: _("online"),
    AttendanceMode.HYBRID: _("vor Ort oder online"),
}


class TableChoice(StrEnum):
    """What people say about tables when they register."""

    NONE = "none"
    CHOOSE = "choose"  # one table, its places hold at once
    RANK = "rank"  # up to three wishes; the organisers assign


TABLE_CHOICE_LABELS = {
    TableChoice.NONE: _("Nach Tischen wird nicht gefragt"),
    TableChoice.CHOOSE: _("Wer sich anmeldet, wählt einen Tisch fest"),
    TableChoice.RANK: _("Wer sich anmeldet, nennt bis zu drei Wünsche; Sie verteilen die Plätze"),
}


class Event(Model):
    """What takes place, when and where, for how many people. A capacity of None: no limit.

    `capacity` counts people on site, at an online event those online; only a hybrid one has `online_capacity` beside.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("registration_closes_at <= ends_at", name="closes_before_end"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="opens_before_close"),
        CheckConstraint("changes_until <= ends_at", name="changes_before_end"),
        CheckConstraint("online_capacity > 0", name="online_capacity_positive"),
        CheckConstraint("table_rounds > 0", name="table_rounds_positive"),
        CheckConstraint("hold_hours > 0 AND offer_hours > 0 AND offers_stop_hours >= 0", name="hours_positive"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="position_on_earth"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="position_whole"),
    )

    id: Mapped[PrimaryKey]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[EventKind]
    status: Mapped[EventStatus] = mapped_column(default=EventStatus.PLANNED)
    starts_at: Mapped[Timestamp] = mapped_column(index=True)
    ends_at: Mapped[Timestamp]
    is_all_day: Mapped[bool] = mapped_column(default=False)  # only the day is known
    place: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    series_id: Mapped[int | None] = mapped_column(ForeignKey(EventSeries.id), index=True)
    attendance_mode: Mapped[AttendanceMode] = mapped_column(default=AttendanceMode.ON_SITE)
    online_address: Mapped[str] = mapped_column(String(300), default="")  # only for those who are registered
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    capacity: Mapped[int | None]
    online_capacity: Mapped[int | None]
    registration_opens_at: Mapped[Timestamp | None]  # None: as soon as it is public
    registration_closes_at: Mapped[Timestamp]
    changes_until: Mapped[Timestamp | None]  # until when people change and cancel by their link; None: until its end
    requires_approval: Mapped[bool] = mapped_column(default=False)
    is_by_invitation: Mapped[bool] = mapped_column(default=False)  # registering takes an invitation code
    hold_hours: Mapped[int] = mapped_column(default=HOLD_HOURS)
    offer_hours: Mapped[int] = mapped_column(default=OFFER_HOURS)
    offers_stop_hours: Mapped[int] = mapped_column(default=OFFERS_STOP_HOURS)  # before the start
    table_choice: Mapped[TableChoice] = mapped_column(default=TableChoice.RANK)
    table_rounds: Mapped[int] = mapped_column(default=1)
    contact: Mapped[str] = mapped_column(String(300), default="")  # whom to ask: in words, with telephone
    motto: Mapped[str] = mapped_column(String(200), default="")
    format: Mapped[str] = mapped_column(String(200), default="")  # in words: "World-Café mit drei Runden"
    summary: Mapped[str] = mapped_column(default="")
    guiding_question: Mapped[str] = mapped_column(String(300), default="")
    accessibility: Mapped[str] = mapped_column(default="")
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)  # in words: "Dolmetschen Arabisch", "Kinderbetreuung"
    asked_needs: Mapped[list[str]] = mapped_column(JSON, default=list)  # kinds people are asked about: NeedKind
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    # What calendars go by: set by the service that changes time, place or status, never by a registration.
    revised_at: Mapped[Timestamp] = mapped_column(default=now)
    sequence: Mapped[int] = mapped_column(default=0)  # RFC 5545 section 3.8.7.4
    cancelled_at: Mapped[Timestamp | None]
    import_uid: Mapped[str | None] = mapped_column(String(255), unique=True)  # under which another calendar knows it

    municipality: Mapped[Municipality | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    series: Mapped[EventSeries | None] = relationship()
    sections: Mapped[list["EventSection"]] = relationship(back_populates="event", order_by="EventSection.id")
    measures: Mapped[list["EventMeasure"]] = relationship(back_populates="event", order_by="EventMeasure.id")
    bodies: Mapped[list["EventBody"]] = relationship(back_populates="event", order_by="EventBody.id")
    municipalities: Mapped[list["EventMunicipality"]] = relationship(
        back_populates="event", order_by="EventMunicipality.id"
    )
    team: Mapped[list["TeamMember"]] = relationship(back_populates="event", order_by="TeamMember.id")
    programme: Mapped[list["ProgrammeItem"]] = relationship(
        back_populates="event", order_by="(ProgrammeItem.starts_at, ProgrammeItem.id)"
    )
    tables: Mapped[list["ThemeTable"]] = relationship(back_populates="event", order_by="ThemeTable.number")

    @property
    def is_public(self) -> bool:
        return self.status is not EventStatus.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status is EventStatus.CANCELLED

    @property
    def takes_place(self) -> bool:
        """At the time and place it names, as far as anybody knows."""
        return self.status in {EventStatus.OPEN, EventStatus.CLOSED}

    @property
    def section_titles(self) -> list[str]:
        return [each.section.title for each in self.sections]

    def move_to(self, status: EventStatus, at: datetime) -> None:
        """Calendars learn of it by a higher SEQUENCE when they show it differently. Raises InvalidTransition."""
        if status not in TRANSITIONS[self.status]:
            raise InvalidTransition
        is_moved = bool({self.status, status} & SHOWN_BY_CALENDARS)
        if is_moved or not self.is_public:
            self.revise(at, moved=is_moved)
        self.status = status
        self.cancelled_at = at if status is EventStatus.CANCELLED else None

    def revise(self, at: datetime, *, moved: bool) -> None:
        """Calendars show something new; `moved`: another time, place or status, which they must not overlook."""
        self.revised_at = at
        self.sequence += moved

    def is_over(self, at: datetime) -> bool:
        """What is postponed takes place later, whatever its old time was."""
        return self.ends_at <= at and self.status is not EventStatus.POSTPONED

    def has_opened(self, at: datetime) -> bool:
        return self.registration_opens_at is None or self.registration_opens_at <= at

    def accepts_registrations(self, at: datetime) -> bool:
        return self.status is EventStatus.OPEN and self.has_opened(at) and at < self.registration_closes_at

    def places_left(self, occupied: int, occupied_online: int = 0) -> list[int | None]:
        """On site and online at a hybrid event, else the one number; None where there is no limit.

        `occupied`: persons in all, `occupied_online`: those of them who take part online.
        """
        ways = [(self.capacity, occupied)]
        if self.attendance_mode is AttendanceMode.HYBRID:
            ways = [(self.capacity, occupied - occupied_online), (self.online_capacity, occupied_online)]
        return [None if capacity is None else max(capacity - taken, 0) for capacity, taken in ways]

    def state(self, at: datetime, occupied: int, occupied_online: int = 0) -> EventState:
        """Where it stands, as people see it; the persons as `places_left` takes them."""
        if self.status in {EventStatus.PLANNED, EventStatus.CANCELLED, EventStatus.POSTPONED}:
            return EventState(self.status.value)
        if self.is_over(at):
            return EventState.OVER
        if not self.accepts_registrations(at):
            is_early = self.status is EventStatus.OPEN and not self.has_opened(at)
            return EventState.NOT_OPEN_YET if is_early else EventState.CLOSED
        is_full = not any(left is None or left for left in self.places_left(occupied, occupied_online))
        return EventState.FULL if is_full else EventState.OPEN

    def holds_until(self, at: datetime) -> datetime:
        """Until when an unconfirmed place is kept, but never past the close of registration."""
        return min(at + timedelta(hours=self.hold_hours), self.registration_closes_at)

    def offers_until(self, at: datetime) -> datetime:
        """Until when a place offered now is kept; one offered by hand after the close runs to the end of the event."""
        end = self.registration_closes_at if self.accepts_registrations(at) else self.ends_at
        return min(at + timedelta(hours=self.offer_hours), end)

    def gives_by_itself(self, at: datetime) -> bool:
        """Whether what becomes free goes to the next by itself: not in the last hours, and only if it takes place."""
        return self.takes_place and at < self.starts_at - timedelta(hours=self.offers_stop_hours)

    def allows_changes(self, at: datetime) -> bool:
        """Whether people may still change and cancel by their link."""
        return not self.is_over(at) and (self.changes_until is None or at < self.changes_until)
