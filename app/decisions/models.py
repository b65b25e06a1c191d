"""Answers on paper, for those who left a postal address and no e-mail."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.proposals.models import Contributor, Decision


class AnswerLetter(Model):
    """That a contributor was written to about a decision: once each. Erased with the contact."""

    __tablename__ = "answer_letter"
    __table_args__ = (UniqueConstraint("contributor_id", "decision_id"),)

    id: Mapped[PrimaryKey]
    contributor_id: Mapped[int] = mapped_column(ForeignKey(Contributor.id, ondelete="CASCADE"))
    decision_id: Mapped[int] = mapped_column(ForeignKey(Decision.id), index=True)
    sent_at: Mapped[Timestamp] = mapped_column(default=now)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    contributor: Mapped[Contributor] = relationship()
    decision: Mapped[Decision] = relationship()
