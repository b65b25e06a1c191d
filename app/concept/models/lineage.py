"""Which goals and measures followed from which, and what changes an edition that is frozen."""

from enum import StrEnum

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


class EditionChangeKind(StrEnum):
    AMENDED = "amended"  # by a body, while it deliberated
    CORRECTED = "corrected"  # a typing error
    COMPLETED = "completed"  # for print: foreword, chapters, what they are made from


EDITION_CHANGE_LABELS = {
    EditionChangeKind.AMENDED: _("im Gremium geändert"),
    EditionChangeKind.CORRECTED: _("Berichtigung"),
    EditionChangeKind.COMPLETED: _("für den Druck ergänzt"),
}


class EditionChange(Model):
    """What is to read otherwise than in a frozen edition: one proposes, the next edition is cut when another confirms.

    The row changes once, then the database keeps it. Until then it may be taken back.
    """

    __tablename__ = "edition_change"
    __table_args__ = (
        CheckConstraint("(edition_id IS NULL) = (confirmed_at IS NULL)", name="cut_when_confirmed"),
        CheckConstraint("confirmed_by_id <> made_by_id", name="two_persons"),
        CheckConstraint("(kind = 'amended') = (consultation_id IS NOT NULL)", name="amended_in_consultation"),
        CheckConstraint("consultation_id IS NOT NULL OR meeting_id IS NULL", name="meeting_of_consultation"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[EditionChangeKind]
    base_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)
    reason: Mapped[str]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey(Consultation.id), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id), index=True)
    source: Mapped[str] = mapped_column(String(200), default="")  # where the minutes have it
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey(Edition.id), unique=True)
    confirmed_at: Mapped[Timestamp | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    base: Mapped[Edition] = relationship(foreign_keys=base_id)
    edition: Mapped[Edition | None] = relationship(foreign_keys=edition_id)
    consultation: Mapped[Consultation | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    made_by: Mapped[Account | None] = relationship(foreign_keys=made_by_id)
    passages: Mapped[list["EditionChangePassage"]] = relationship(
        back_populates="change", cascade="all, delete-orphan", order_by="EditionChangePassage.id"
    )

    @property
    def keeps_standing(self) -> bool:
        """Whether what bodies decided holds for the edition that is cut, too."""
        return self.kind is not EditionChangeKind.AMENDED

    @property
    def is_confirmed(self) -> bool:
        return self.edition_id is not None


class EditionChangePassage(Model):
    """How one text of the edition is to read, in a text of its own until that is confirmed; without one it goes."""

    __tablename__ = "edition_change_passage"
    __table_args__ = (UniqueConstraint("change_id", "version_id"),)

    id: Mapped[PrimaryKey]
    change_id: Mapped[int] = mapped_column(ForeignKey(EditionChange.id))
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    wording_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))

    change: Mapped[EditionChange] = relationship(back_populates="passages")
    version: Mapped[TextVersion] = relationship()
    wording: Mapped[Text | None] = relationship()

    @property
    def words(self) -> str:
        """What is to stand there; nothing where it goes."""
        return self.wording.current.content if self.wording else ""
