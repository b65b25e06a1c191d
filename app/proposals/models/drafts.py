"""Drafts: what somebody began to write and keeps behind a link."""

from datetime import datetime, timedelta

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Generation, Model, PrimaryKey, Timestamp, now

KEPT = timedelta(days=30)  # since it was last saved


class Draft(Model):
    """The fields of the form, encrypted; nobody but who has the link reads them."""

    __tablename__ = "draft"

    id: Mapped[PrimaryKey]
    generation: Mapped[Generation]
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[Timestamp] = mapped_column(default=now)

    @property
    def expires_at(self) -> datetime:
        return self.saved_at + KEPT

    def is_expired(self, at: datetime) -> bool:
        return self.expires_at <= at
