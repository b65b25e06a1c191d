"""Calls and the sheets of paper that came in for them. Whether a call is open follows from the clock."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models import Section
from app.db import FileKey, Model, PrimaryKey, Timestamp, now
from app.events.models import Event
from app.languages import SOURCE
from app.local_time import day_of


class CallState(StrEnum):
    """Where a call stands, as people see it; never stored."""

    DRAFT = "draft"
    COMING = "coming"
    OPEN = "open"
    OVER = "over"


CALL_STATE_LABELS = {
    CallState.DRAFT: _("Entwurf"),
    CallState.COMING: _("beginnt bald"),
    CallState.OPEN: _("offen"),
    CallState.OVER: _("beendet"),
}

CALL_SECTION = Table(
    "call_section",
    Model.metadata,
    Column("call_id", ForeignKey("call.id"), primary_key=True),
    Column("section_id", ForeignKey(Section.id), primary_key=True),
)


def _day_before(moment: datetime) -> date:
    """The day that lies before it, if only for its first minutes."""
    return day_of(moment - timedelta(microseconds=1))


class Call(Model):
    """A question to everybody, open from a day to a day. It asks about its sections, or about all when it has none."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("target > 0", name="target_positive"),
    )

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    opens_at: Mapped[Timestamp]
    closes_at: Mapped[Timestamp]
    target: Mapped[int | None]  # how many contributions are hoped for
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id), unique=True)
    phone: Mapped[str] = mapped_column(String(100), default="")  # where one can say a contribution
    return_address: Mapped[str] = mapped_column(default="")  # where a form on paper goes, line by line
    is_published: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)

    versions: Mapped[list["CallWording"]] = relationship(
        back_populates="call", order_by="CallWording.id", lazy="selectin"
    )
    sections: Mapped[list[Section]] = relationship(secondary=CALL_SECTION, order_by=Section.id)
    changes: Mapped[list["CallChange"]] = relationship(back_populates="call", order_by="CallChange.id")
    event: Mapped[Event | None] = relationship()

    def state(self, at: datetime) -> CallState:
        if not self.is_published:
            return CallState.DRAFT
        if at < self.opens_at:
            return CallState.COMING
        return CallState.OPEN if at < self.closes_at else CallState.OVER

    def is_open(self, at: datetime) -> bool:
        return self.state(at) is CallState.OPEN

    @property
    def first_day(self) -> date:
        return day_of(self.opens_at)

    @property
    def last_day(self) -> date:
        """The last day on which it is open, if only for its first minutes."""
        return _day_before(self.closes_at)

    def covers(self, day: date) -> bool:
        """Whether a letter that arrived on this day came in time."""
        return self.first_day <= day <= self.last_day

    @property
    def wordings(self) -> list["CallWording"]:
        """As it is said today, in each language."""
        return list(self._said().values())

    @property
    def languages(self) -> list[str]:
        return list(self._said())

    def wording_in(self, language: str, at: datetime | None = None) -> "CallWording":
        """In the reader's language if it was translated, else in German, which is binding; as it was said at `at`."""
        said = self._said(at)
        return said.get(language) or said[SOURCE]

    @property
    def rewordings(self) -> list[tuple["CallWording", "CallWording"]]:
        """Before and after, in German, wherever it was changed when people could answer already; oldest first."""
        german = [version for version in self.versions if version.language == SOURCE]
        return [(before, after) for before, after in pairwise(german) if after.written_at >= self.opens_at]

    def is_outdated(self, wording: "CallWording") -> bool:
        """Whether the German wording was changed after this translation."""
        return wording.written_at < self.wording.written_at

    def _said(self, at: datetime | None = None) -> dict[str, "CallWording"]:
        """The latest by language; German was there from the beginning."""
        said: dict[str, CallWording] = {}
        for version in self.versions:
            is_first = version.language == SOURCE and SOURCE not in said
            if at is None or version.written_at <= at or is_first:
                said[version.language] = version
        return said

    @property
    def wording(self) -> "CallWording":
        return self.wording_in(SOURCE)

    @property
    def title(self) -> str:
        return self.wording.title

    @property
    def form_number(self) -> str:
        """Stands on every printed form, so that a sheet which comes back is known: B-0007."""
        return f"B-{self.id:04d}"


class CallWording(Model):
    """Title, question and introduction in one language, as they stood together. Append-only: people answered them."""

    __tablename__ = "call_wording"
    __table_args__ = (UniqueConstraint("call_id", "language", "number"),)

    id: Mapped[PrimaryKey]
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id))
    language: Mapped[str] = mapped_column(String(12))
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    written_at: Mapped[Timestamp] = mapped_column(default=now, server_default="2000-01-01 00:00:00")
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(400))
    introduction: Mapped[str] = mapped_column(default="")

    call: Mapped[Call] = relationship(back_populates="versions")


class CallChange(Model):
    """An open call ends earlier or later than was said, with the reason everybody reads. Append-only."""

    __tablename__ = "call_change"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    id: Mapped[PrimaryKey]
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id), index=True)
    closed_before: Mapped[Timestamp]
    closes_at: Mapped[Timestamp]
    reason: Mapped[str]
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    call: Mapped[Call] = relationship(back_populates="changes")

    @property
    def last_day(self) -> date:
        return _day_before(self.closes_at)

    @property
    def is_longer(self) -> bool:
        return self.closes_at > self.closed_before


class SheetState(StrEnum):
    OPEN = "open"
    DONE = "done"
    SET_ASIDE = "set_aside"


SHEET_STATE_LABELS = {
    SheetState.OPEN: _("noch abzutippen"),
    SheetState.DONE: _("abgetippt"),
    SheetState.SET_ASIDE: _("weggelegt"),
}


class Sheet(Model):
    """One scanned page of a paper form. Only the team sees it; its picture goes some time after it was typed in."""

    __tablename__ = "call_sheet"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        UniqueConstraint("call_id", "key"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_unless_open"),
        CheckConstraint("state <> 'open' OR key IS NOT NULL", name="shown_while_open"),
        CheckConstraint("state = 'set_aside' OR reason = ''", name="reason_when_set_aside"),
        Index("ix_call_sheet_state", "state", "call_id", "number"),
    )

    id: Mapped[PrimaryKey]
    call_id: Mapped[int] = mapped_column(ForeignKey(Call.id))
    number: Mapped[int]
    key: Mapped[FileKey | None]  # of its picture, until that is deleted
    width: Mapped[int]
    height: Mapped[int]
    received_on: Mapped[date]
    state: Mapped[SheetState] = mapped_column(default=SheetState.OPEN)
    reason: Mapped[str] = mapped_column(default="")
    uploaded_at: Mapped[Timestamp] = mapped_column(default=now)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    taken_at: Mapped[Timestamp | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    closed_at: Mapped[Timestamp | None]

    call: Mapped[Call] = relationship()

    def close(self, state: SheetState, *, at: datetime, reason: str = "") -> None:
        self.state, self.closed_at, self.reason = state, at, reason

    def reopen(self) -> None:
        self.state, self.closed_at, self.reason = SheetState.OPEN, None, ""
