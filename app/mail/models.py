"""The outbox. A row keeps the template and ids, never a text: a mail is rendered when it is sent.

So no personal link is stored, and somebody erased in the meantime gets no mail (docs/adr/0004).
"""

from datetime import datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, PrimaryKey, Timestamp, now

LEASE = timedelta(minutes=5)
NO_REASON = "no longer needed"  # why a mail was given up that nobody misses
# After these waits a mail that could not be handed over is given up: three days in all.
BACKOFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440, 1440))


class OutgoingMail(Model):
    __tablename__ = "outgoing_mail"
    __table_args__ = (
        CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name="one_end"),
        Index(
            "ix_outgoing_mail_due", "next_attempt_at", postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL")
        ),
    )

    id: Mapped[PrimaryKey]
    recipient: Mapped[str | None] = mapped_column(String(254))  # emptied 30 days after the end
    template: Mapped[str] = mapped_column(String(60))
    parameters: Mapped[dict[str, int | str]] = mapped_column(JSON, default=dict)
    language: Mapped[str] = mapped_column(String(12), default="de")
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    next_attempt_at: Mapped[Timestamp] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[Timestamp | None]
    given_up_at: Mapped[Timestamp | None]
    failure: Mapped[str] = mapped_column(String(200), default="")

    @property
    def is_open(self) -> bool:
        return self.sent_at is None and self.given_up_at is None

    def lease(self, at: datetime) -> None:
        """Taken by a worker; if that one dies, the next may try when the lease is over."""
        self.attempts += 1
        self.next_attempt_at = at + LEASE

    def sent(self, at: datetime) -> None:
        self.sent_at = at
        self.failure = ""

    def postpone(self, at: datetime, failure: str) -> None:
        """Try again later, or give up after the last wait."""
        self.failure = failure
        if self.attempts > len(BACKOFF):
            self.given_up_at = at
        else:
            self.next_attempt_at = at + BACKOFF[self.attempts - 1]

    def give_up(self, at: datetime, failure: str) -> None:
        self.failure = failure
        self.given_up_at = at
