"""Who wrote a wording of the working edition, which other person released or returned it, with what it went out."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models.editions import Edition
from app.db import Model, PrimaryKey, Timestamp, now
from app.texts.models import TextVersion


class WordingAuthor(Model):
    """That a person with an account wrote this version. What was imported has none, and needs no release."""

    __tablename__ = "wording_author"

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    written_at: Mapped[Timestamp] = mapped_column(default=now, index=True)

    version: Mapped[TextVersion] = relationship()
    account: Mapped[Account | None] = relationship()


class WordingRelease(Model):
    """What became of this version: a second person lets it go out, or returned it for a reason.

    Or an edition took it along unread, as whoever cut it stated. Append-only; the database refuses the author, and
    nobody where no edition is named.
    """

    __tablename__ = "wording_release"
    __table_args__ = (CheckConstraint("is_returned = (reason <> '')", name="reason_of_return"),)

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), unique=True)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    released_at: Mapped[Timestamp] = mapped_column(default=now)
    is_returned: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    edition_id: Mapped[int | None] = mapped_column(ForeignKey(Edition.id))

    version: Mapped[TextVersion] = relationship()
    edition: Mapped[Edition | None] = relationship()
