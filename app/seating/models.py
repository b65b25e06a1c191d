"""Plans of who sits at which table in which round."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.events.models import Event, ThemeTable
from app.registrations.models import Attendee


class PlanStatus(StrEnum):
    DRAFT = "draft"  # the organisers look at it; nobody else knows
    PUBLISHED = "published"  # everyone was told
    DISCARDED = "discarded"  # thrown away, or a newer one took its place; its seats are gone, its figures stay


PLAN_STATUS_LABELS = {
    PlanStatus.DRAFT: _("Entwurf"),
    PlanStatus.PUBLISHED: _("veröffentlicht"),
    PlanStatus.DISCARDED: _("verworfen"),
}


def _one(status: PlanStatus) -> Index:
    """At most one plan of an event has this status."""
    condition = text(f"status = '{status.value}'")
    return Index(
        f"uq_seating_plan_{status.value}",
        "event_id",
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )


class SeatingPlan(Model):
    """One answer to who sits where. Of each event there is at most one draft and one published plan.

    `input_digest`: SHA-256 of what was asked; the same question gets the same answer. `bound`: no plan with as many
    people seated has a lower total rank, as far as the solver could prove. `figures`: see app.seating.problem.Score.
    """

    __tablename__ = "seating_plan"
    __table_args__ = (
        CheckConstraint("rounds > 0", name="rounds_positive"),
        CheckConstraint("(status <> 'published') OR (published_at IS NOT NULL)", name="published_at_given"),
        _one(PlanStatus.DRAFT),
        _one(PlanStatus.PUBLISHED),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    status: Mapped[PlanStatus] = mapped_column(default=PlanStatus.DRAFT)
    rounds: Mapped[int]
    includes_held: Mapped[bool] = mapped_column(default=False)  # also those who have not confirmed yet
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    published_at: Mapped[Timestamp | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    input_digest: Mapped[str] = mapped_column(String(64))
    persons: Mapped[int]  # who were to be seated
    total_rank: Mapped[int]
    bound: Mapped[int]
    is_proven: Mapped[bool]  # the solver went to the end; else it stopped at its limit
    figures: Mapped[dict[str, float]] = mapped_column(JSON, default=dict)
    solver: Mapped[str] = mapped_column(String(40))
    seconds: Mapped[float]

    event: Mapped[Event] = relationship()
    created_by: Mapped[Account | None] = relationship(foreign_keys=[created_by_id])
    seats: Mapped[list["TableSeat"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="TableSeat.id"
    )

    @property
    def gap(self) -> int:
        """How far the total rank may be from the best one; 0 is proven to be the best."""
        return self.total_rank - self.bound

    @property
    def is_draft(self) -> bool:
        return self.status is PlanStatus.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status is PlanStatus.PUBLISHED

    def publish(self, at: datetime, by: Account | None) -> None:
        if not self.is_draft:
            raise InvalidTransition
        self.status = PlanStatus.PUBLISHED
        self.published_at = at
        self.published_by_id = by.id if by else None

    def discard(self) -> None:
        """The names go, the figures stay."""
        if self.status is PlanStatus.DISCARDED:
            raise InvalidTransition
        self.status = PlanStatus.DISCARDED
        self.seats = []


class TableSeat(Model):
    """One person at one table in one round. `is_pinned`: the organisers want it so."""

    __tablename__ = "table_seat"
    __table_args__ = (
        UniqueConstraint("plan_id", "attendee_id", "round"),
        CheckConstraint("round > 0", name="round_positive"),
    )

    id: Mapped[PrimaryKey]
    plan_id: Mapped[int] = mapped_column(ForeignKey(SeatingPlan.id))
    # Whoever leaves a party takes the seat along.
    attendee_id: Mapped[int] = mapped_column(ForeignKey(Attendee.id, ondelete="CASCADE"), index=True)
    round: Mapped[int]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    is_pinned: Mapped[bool] = mapped_column(default=False)

    plan: Mapped[SeatingPlan] = relationship(back_populates="seats")
    attendee: Mapped[Attendee] = relationship()
    table: Mapped[ThemeTable] = relationship()
