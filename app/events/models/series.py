"""Series of events, such as the yearly Integrationskonferenz, and why a year had none."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now


class EventSeries(Model):
    """Events that come back. `is_yearly`: a year without one must be explained (mission R82)."""

    __tablename__ = "event_series"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(default="")
    is_yearly: Mapped[bool] = mapped_column(default=True)
    first_year: Mapped[int]

    gaps: Mapped[list["SeriesGap"]] = relationship(back_populates="series", order_by="SeriesGap.year")

    def owed_years(self, today: date) -> set[int]:
        """Years that are over and should have had an event."""
        return set(range(self.first_year, today.year)) if self.is_yearly else set()


class SeriesGap(Model):
    """Why a year of the series had no event."""

    __tablename__ = "series_gap"
    __table_args__ = (
        UniqueConstraint("series_id", "year"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[PrimaryKey]
    series_id: Mapped[int] = mapped_column(ForeignKey(EventSeries.id))
    year: Mapped[int]
    reason: Mapped[str]
    explained_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    explained_at: Mapped[Timestamp] = mapped_column(default=now)

    series: Mapped[EventSeries] = relationship(back_populates="gaps")
