"""What people agreed to, in the words they saw."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event
from app.registrations.models.registrations import Registration


class ConsentPurpose(StrEnum):
    NEEDS = "needs"  # health and belief show in needs: GDPR article 9, explicit consent
    PHOTOS = "photos"
    CONTACTS = "contacts"  # name on the list that participants get


CONSENT_PURPOSE_LABELS = {
    ConsentPurpose.NEEDS: _("Angaben zum Bedarf"),
    ConsentPurpose.PHOTOS: _("Fotos"),
    ConsentPurpose.CONTACTS: _("Liste der Teilnehmenden"),
}


class ConsentText(Model):
    """One version of what an event asks consent to. Append-only: another wording is another version."""

    __tablename__ = "consent_text"
    __table_args__ = (
        UniqueConstraint("event_id", "purpose", "language", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("text <> ''", name="text_given"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    purpose: Mapped[ConsentPurpose]
    language: Mapped[str] = mapped_column(String(12), default="de")
    version: Mapped[int]
    text: Mapped[str]
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    retired_at: Mapped[Timestamp | None]  # nobody is asked any more

    event: Mapped[Event] = relationship()


class Consent(Model):
    """That a party agreed to a text, and perhaps took it back."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("registration_id", "text_id"),)

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    text_id: Mapped[int] = mapped_column(ForeignKey(ConsentText.id), index=True)
    given_at: Mapped[Timestamp] = mapped_column(default=now)
    withdrawn_at: Mapped[Timestamp | None]

    registration: Mapped[Registration] = relationship(back_populates="consents")
    text: Mapped[ConsentText] = relationship()

    def withdraw(self, at: datetime) -> None:
        self.withdrawn_at = self.withdrawn_at or at
