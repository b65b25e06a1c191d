"""Comments on contributions, who wrote them, and reports of readers about them."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.proposals.models import Proposal
from app.structures.models import Organization
from app.texts.models import Text
from app.texts.moderated import Moderated, ModerationState, Reachable


class CommentKind(StrEnum):
    """Who is simply for a contribution supports it; who is against it says why."""

    ADDITION = "addition"
    QUESTION = "question"
    CONCERN = "concern"


COMMENT_KIND_LABELS = {
    CommentKind.ADDITION: _("Ergänzung"),
    CommentKind.QUESTION: _("Frage"),
    CommentKind.CONCERN: _("Einwand"),
}


class Comment(Moderated, Model):
    """What somebody says about a contribution, or about a comment on it; beside its thread, never part of it."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("state <> 'withheld' OR state_reason <> ''", name="reason_given"),
        CheckConstraint("parent_id IS NULL OR parent_id < id", name="answers_an_earlier_one"),
        Index("ix_comment_queue", "state", "received_at", "id"),
    )

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    kind: Mapped[CommentKind]
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    translation_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))  # German working translation
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)  # in whose name
    is_team: Mapped[bool] = mapped_column(default=False)  # an answer of those who moderate
    is_proven: Mapped[bool | None]  # proof of work given; None: not asked for
    is_example: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[Timestamp] = mapped_column(default=now)
    moderated_at: Mapped[Timestamp | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    link_generation: Mapped[int] = mapped_column(default=1)

    proposal: Mapped[Proposal] = relationship()
    parent: Mapped["Comment | None"] = relationship(remote_side="Comment.id")
    text: Mapped[Text] = relationship(foreign_keys=text_id)
    translation: Mapped[Text | None] = relationship(foreign_keys=translation_id)
    organization: Mapped[Organization | None] = relationship()
    commenter: Mapped["Commenter | None"] = relationship(back_populates="comment")
    reports: Mapped[list["CommentReport"]] = relationship(back_populates="comment", order_by="CommentReport.id")
    steps: Mapped[list["CommentStep"]] = relationship(back_populates="comment", order_by="CommentStep.id")

    @property
    def is_open(self) -> bool:
        """Whether one can answer it: answers go one level deep."""
        return self.is_released and self.parent_id is None and self.proposal.is_released


class CommentStep(Model):
    """A step of a comment: released, withheld with its public reason, withdrawn; who in which role. Append-only."""

    __tablename__ = "comment_step"

    id: Mapped[PrimaryKey]
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), index=True)
    state: Mapped[ModerationState]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(20), default="")

    comment: Mapped[Comment] = relationship(back_populates="steps")
    made_by: Mapped[Account | None] = relationship()


class Commenter(Reachable, Model):
    """Who wrote a comment, as far as they told us. The name stands beside it; erasable, the comment stays."""

    __tablename__ = "commenter"

    id: Mapped[PrimaryKey]
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), unique=True)
    name: Mapped[str] = mapped_column(String(100), default="")

    comment: Mapped[Comment] = relationship(back_populates="commenter")


class CommentReport(Model):
    """A reader thinks that a comment should not stand there. It stays until somebody has looked."""

    __tablename__ = "comment_report"

    id: Mapped[PrimaryKey]
    comment_id: Mapped[int] = mapped_column(ForeignKey(Comment.id), index=True)
    reason: Mapped[str] = mapped_column(String(1000))
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    settled_at: Mapped[Timestamp | None]

    comment: Mapped[Comment] = relationship(back_populates="reports")
