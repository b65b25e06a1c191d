"""Follows: being told what becomes of a text, whatever happens to a registration or an account."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import ThemeTable
from app.texts.models import Text

ASK_AGAIN = timedelta(days=730)  # after 24 months somebody who follows is asked whether they still want to


class Follow(Model):
    """Somebody wants to hear what becomes of one text, or of everything said at one table.

    It counts once the address is confirmed by POST, until it is ended, apart from any registration.
    """

    __tablename__ = "follow"
    __table_args__ = (
        CheckConstraint("(text_id IS NULL) <> (table_id IS NULL)", name="one_subject"),
        CheckConstraint("account_id IS NULL OR email = ''", name="one_address"),
        Index(
            "uq_follow_text",
            "email",
            "account_id",
            "text_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND text_id IS NOT NULL"),
            sqlite_where=text("ended_at IS NULL AND text_id IS NOT NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(String(254), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id), index=True)
    text_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    language: Mapped[str] = mapped_column(String(12), default="de")
    consent: Mapped[str] = mapped_column(String(40))  # which consent text was shown
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    confirmed_at: Mapped[Timestamp | None]
    asked_again_at: Mapped[Timestamp | None]
    ended_at: Mapped[Timestamp | None]
    link_generation: Mapped[int] = mapped_column(default=1)

    account: Mapped[Account | None] = relationship()
    text: Mapped[Text | None] = relationship()
    table: Mapped[ThemeTable | None] = relationship()

    @property
    def is_active(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None

    def is_due_to_be_asked(self, at: datetime) -> bool:
        confirmed = self.asked_again_at or self.confirmed_at
        return self.is_active and confirmed is not None and confirmed + ASK_AGAIN <= at
