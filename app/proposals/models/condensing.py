"""What happens to a condensation besides its wordings: it ends, or somebody whose words it uses objects."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.proposals.models.decisions import Condensation
from app.proposals.models.proposals import Proposal
from app.texts.models import Text, TextVersion


class EndingKind(StrEnum):
    DISSOLVED = "dissolved"  # its passages count as unused again
    SPLIT = "split"  # other condensations took its passages over; `derived` links lead to them


class Ending(Model):
    """That a condensation stands no more, and why; its wordings and links stay. Append-only."""

    __tablename__ = "condensation_ending"
    __table_args__ = (CheckConstraint("reason <> ''", name="reason_given"),)

    id: Mapped[PrimaryKey]
    condensation_id: Mapped[int] = mapped_column(ForeignKey(Condensation.id), unique=True)
    kind: Mapped[EndingKind]
    reason: Mapped[str]  # public
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(20), default="")

    condensation: Mapped[Condensation] = relationship(back_populates="ending")


class ObjectionOutcome(StrEnum):
    """What came of it: read from what happened to the condensation since."""

    REWORDED = "reworded"
    SPLIT = "split"
    DISSOLVED = "dissolved"
    KEPT = "kept"


OBJECTION_OUTCOME_LABELS = {
    ObjectionOutcome.REWORDED: _("neu gefasst"),
    ObjectionOutcome.SPLIT: _("aufgeteilt"),
    ObjectionOutcome.DISSOLVED: _("aufgelöst"),
    ObjectionOutcome.KEPT: _("bleibt so"),
}


class Objection(Model):
    """Whoever contributed says of one wording „Das habe ich so nicht gemeint“; then an answer. Else append-only."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("version_id", "proposal_id"),
        CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answer_id IS NULL)",
            name="answered_whole",
        ),
    )

    id: Mapped[PrimaryKey]
    condensation_id: Mapped[int] = mapped_column(ForeignKey(Condensation.id), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id))  # the wording it is about
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    words_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    may_be_quoted: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    outcome: Mapped[ObjectionOutcome | None]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    answered_at: Mapped[Timestamp | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    condensation: Mapped[Condensation] = relationship(back_populates="objections")
    version: Mapped[TextVersion] = relationship()
    proposal: Mapped[Proposal] = relationship()
    words: Mapped[Text] = relationship(foreign_keys=words_id)
    answer: Mapped[Text | None] = relationship(foreign_keys=answer_id)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
