"""What has to be told to people without e-mail: printed as a letter or said by telephone."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.registrations.models.registrations import Registration


class Reached(StrEnum):
    PRINTED = "printed"
    TOLD = "told"
    DROPPED = "dropped"  # it had lost its reason


REACHED_LABELS = {
    Reached.PRINTED: _("gedruckt und verschickt"),
    Reached.TOLD: _("am Telefon gesagt"),
    Reached.DROPPED: _("nicht mehr nötig"),
}


class PaperLetter(Model):
    """One thing to tell. It keeps the name of the template and ids, like a mail in the outbox, and never a text."""

    __tablename__ = "paper_letter"
    __table_args__ = (CheckConstraint("(done_at IS NULL) = (how IS NULL)", name="done_somehow"),)

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id), index=True)
    letter: Mapped[str] = mapped_column(String(40))
    parameters: Mapped[dict[str, int | str]] = mapped_column(JSON, default=dict)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    done_at: Mapped[Timestamp | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    how: Mapped[Reached | None]

    registration: Mapped[Registration] = relationship(back_populates="paper_letters")

    def done(self, at: datetime, how: Reached, by_id: int) -> None:
        self.done_at, self.how, self.done_by_id = at, how, by_id
