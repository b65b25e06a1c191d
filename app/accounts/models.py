"""Accounts and the roles they hold."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now


class Role(StrEnum):
    """What a person may do; a visitor is somebody without an account."""

    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    EDITOR = "editor"
    ADMIN = "admin"


ROLE_LABELS = {
    Role.PARTICIPANT: _("Teilnehmende"),
    Role.REPRESENTATIVE: _("Vertretung einer Organisation"),
    Role.MODERATOR: _("Moderation"),
    Role.ORGANISER: _("Organisation"),
    Role.EDITOR: _("Redaktion"),
    Role.ADMIN: _("Verwaltung der Konten"),
}


class Account(Model):
    __tablename__ = "account"

    id: Mapped[PrimaryKey]
    email: Mapped[str] = mapped_column(String(254), unique=True)  # in lower case
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12), default="de")
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    closed_at: Mapped[Timestamp | None]
    link_generation: Mapped[int] = mapped_column(default=1)  # raised: all sign-in links and sessions end

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="account", order_by="RoleGrant.id")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants if grant.revoked_at is None)

    # What Flask-Login asks of whoever is signed in
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    def get_id(self) -> str:
        """What the session holds; another generation signs every device out."""
        return f"{self.id}.{self.link_generation}"

    def end_sessions(self) -> None:
        self.link_generation += 1

    def close(self, at: datetime) -> None:
        self.closed_at = at
        self.end_sessions()


class RoleGrant(Model):
    """That an account may do something, since when and until when: rows are never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_held",
            "account_id",
            "role",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
            sqlite_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    role: Mapped[Role]
    granted_at: Mapped[Timestamp] = mapped_column(default=now)
    revoked_at: Mapped[Timestamp | None]

    account: Mapped[Account] = relationship(back_populates="grants")
