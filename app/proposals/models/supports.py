"""Supports: somebody says that a contribution is theirs, too. One for each person and contribution."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.proposals.models.proposals import Proposal


class Support(Model):
    """It counts once the address is confirmed. Then the address goes; its keyed digest knows it again.

    It stays with the contribution it was given to, whatever that is condensed into.
    """

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("proposal_id", "digest"),
        CheckConstraint("(confirmed_at IS NULL) = (email <> '')", name="address_until_confirmed"),
    )

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    digest: Mapped[str] = mapped_column(String(64))  # HMAC-SHA256 of the address
    email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    confirmed_at: Mapped[Timestamp | None]

    proposal: Mapped[Proposal] = relationship()
