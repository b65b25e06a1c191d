"""Follows: being told what becomes of a text, whatever happens to a registration or an account."""

from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Generation, Model, PrimaryKey, Timestamp, now
from app.events.models import ThemeTable
from app.texts.models import Text

ASK_AGAIN = timedelta(days=730)  # after 24 months somebody who follows is asked whether they still want to


def _one_active(holder: str, subject: str) -> Index:
    """One active follow for each holder and subject; NULLs differ from each other, so each pair has its own index."""
    by_email = "account_id IS NULL AND " if holder == "email" else ""
    condition = text(f"{by_email}ended_at IS NULL")
    name = f"uq_follow_{holder}_{subject}".replace("_id", "")
    return Index(name, holder, subject, unique=True, postgresql_where=condition, sqlite_where=condition)


class Rhythm(StrEnum):
    """How often somebody wants to hear: at each step, or everything of a week or month together."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


RHYTHM_LABELS = {
    Rhythm.AT_ONCE: _("sofort, sobald etwas geschieht"),
    Rhythm.WEEKLY: _("einmal pro Woche, montags"),
    Rhythm.MONTHLY: _("einmal im Monat, am Ersten"),
}


class Follow(Model):
    """Somebody wants to hear what becomes of one text, or of everything said at one table.

    It counts once the address is confirmed by POST, until it is ended, apart from any registration.
    """

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint("(text_id IS NULL) <> (table_id IS NULL)", name="one_subject"),
        CheckConstraint("account_id IS NULL OR email = ''", name="one_address"),
        *(_one_active(*columns) for columns in (("email", "text_id"), ("email", "table_id"))),
        *(_one_active(*columns) for columns in (("account_id", "text_id"), ("account_id", "table_id"))),
    )

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(String(254), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    language: Mapped[str] = mapped_column(String(12), default="de")
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.AT_ONCE, server_default=Rhythm.AT_ONCE.value)
    consent: Mapped[str] = mapped_column(String(40))  # which consent text was shown
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    confirmed_at: Mapped[Timestamp | None]
    asked_again_at: Mapped[Timestamp | None]
    ended_at: Mapped[Timestamp | None]
    link_generation: Mapped[Generation]

    account: Mapped[Account | None] = relationship()
    text: Mapped[Text | None] = relationship()
    table: Mapped[ThemeTable | None] = relationship()

    @property
    def address(self) -> str:
        return self.account.email if self.account else self.email

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None

    def is_due_to_be_asked(self, at: datetime) -> bool:
        confirmed = self.asked_again_at or self.confirmed_at
        return self.is_active and confirmed is not None and confirmed + ASK_AGAIN <= at


class NewsKind(StrEnum):
    """A step on the thread that those who follow hear about."""

    MODERATED = "moderated"  # a Release
    CONDENSED = "condensed"  # a Condensation
    REWORDED = "reworded"  # a TextVersion: the next wording of a condensation
    ENDED = "ended"  # an Ending: a condensation was dissolved or split
    DECIDED = "decided"  # a Decision, once released
    CUT = "cut"  # an Edition with this wording
    ADOPTED = "adopted"  # an Adoption of such an edition
    PROGRESS = "progress"  # a ProgressNote


class FollowNotice(Model):
    """That a follow was told of a step: once each. `batch` holds together what went out in one mail."""

    __tablename__ = "follow_notice"
    __table_args__ = (UniqueConstraint("follow_id", "kind", "step_id"),)

    id: Mapped[PrimaryKey]
    follow_id: Mapped[int] = mapped_column(ForeignKey(Follow.id, ondelete="CASCADE"))
    kind: Mapped[NewsKind]
    step_id: Mapped[int]
    batch: Mapped[str] = mapped_column(String(32), index=True)
    told_at: Mapped[Timestamp] = mapped_column(default=now)

    follow: Mapped[Follow] = relationship()
