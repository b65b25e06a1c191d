"""Personal feeds: the dates of one address, behind a secret."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, PrimaryKey, Timestamp, now


class PersonalFeed(Model):
    """One calendar program's way to the dates of an address. Its token is shown once; only its digest is kept."""

    __tablename__ = "personal_feed"

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(String(254), index=True)  # in lower case
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    renewed_at: Mapped[Timestamp | None]
    ended_at: Mapped[Timestamp | None]

    def renew(self, token_digest: str, at: datetime) -> None:
        """The address given out before leads nowhere from now on."""
        self.token_digest = token_digest
        self.renewed_at = at

    def end(self, at: datetime) -> None:
        self.ended_at = self.ended_at or at
