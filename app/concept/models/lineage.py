"""Which goals and measures followed from which, and which editions were cut from another one."""

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models.catalogue import ChangeKind
from app.concept.models.editions import Edition
from app.council.models import Consultation, Meeting
from app.db import Model, PrimaryKey, Timestamp, now
from app.texts.models import Text, TextVersion

DESCENT_LABELS = {
    ChangeKind.SPLIT: _("aufgeteilt"),
    ChangeKind.MERGED: _("zusammengeführt"),
}


class Descent(Model):
    """That a goal or measure follows from another, which then left the working edition; append-only.

    By code: codes are given once and mean the same in every database, also where the old one has no row.
    """

    __tablename__ = "descent"
    __table_args__ = (UniqueConstraint("code", "follows"), CheckConstraint("code <> follows", name="two_codes"))

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(12))
    follows: Mapped[str] = mapped_column(String(12), index=True)
    kind: Mapped[ChangeKind]
    made_at: Mapped[Timestamp] = mapped_column(default=now)


class Amendment(Model):
    """That a body changed the wording of an edition in its deliberation: the next edition was cut from it; append-only.

    The edition holds the reason; what was changed is computed from both.
    """

    __tablename__ = "amendment"

    id: Mapped[PrimaryKey]
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), unique=True)
    base_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    edition: Mapped[Edition] = relationship(foreign_keys=edition_id)
    base: Mapped[Edition] = relationship(foreign_keys=base_id)
    consultation: Mapped[Consultation] = relationship()
    meeting: Mapped[Meeting | None] = relationship()


class Correction(Model):
    """A typing error in an adopted edition: one person proposes, the edition without it is cut when another confirms.

    The row changes once, then the database keeps it. Until then it may be taken back.
    """

    __tablename__ = "correction"
    __table_args__ = (
        CheckConstraint("(edition_id IS NULL) = (confirmed_at IS NULL)", name="cut_when_confirmed"),
        CheckConstraint("confirmed_by_id <> made_by_id", name="two_persons"),
    )

    id: Mapped[PrimaryKey]
    base_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)
    reason: Mapped[str]
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey(Edition.id), unique=True)
    confirmed_at: Mapped[Timestamp | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    base: Mapped[Edition] = relationship(foreign_keys=base_id)
    edition: Mapped[Edition | None] = relationship(foreign_keys=edition_id)
    passages: Mapped[list["CorrectionPassage"]] = relationship(
        back_populates="correction", cascade="all, delete-orphan", order_by="CorrectionPassage.id"
    )


class CorrectionPassage(Model):
    """How one text of the edition is to read; the words are a text of their own until the correction is confirmed."""

    __tablename__ = "correction_passage"
    __table_args__ = (UniqueConstraint("correction_id", "version_id"),)

    id: Mapped[PrimaryKey]
    correction_id: Mapped[int] = mapped_column(ForeignKey(Correction.id))
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    wording_id: Mapped[int] = mapped_column(ForeignKey(Text.id))

    correction: Mapped[Correction] = relationship(back_populates="passages")
    version: Mapped[TextVersion] = relationship()
    wording: Mapped[Text] = relationship()
