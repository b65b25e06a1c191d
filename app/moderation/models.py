"""What moderation keeps beside the contributions: text blocks, words to look at, appeals, reports."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.proposals.models import Proposal
from app.texts.models import Text


class BlockKind(StrEnum):
    """What a text block is written for."""

    REASON = "reason"
    REDACTION = "redaction"
    ANSWER = "answer"


BLOCK_KIND_LABELS = {
    BlockKind.REASON: _("Grund, einen Beitrag zurückzuhalten"),
    BlockKind.REDACTION: _("Grund, eine Stelle zu schwärzen"),
    BlockKind.ANSWER: _("Antwort auf einen Vorschlag"),
}


class TextBlock(Model):
    """Words the house uses again and again. Each wording stays as a version, so that old reasons can be read."""

    __tablename__ = "text_block"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[BlockKind]
    title: Mapped[str] = mapped_column(String(120))
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)

    text: Mapped[Text] = relationship()


class WatchWord(Model):
    """A word the house wants to see before others: a hint for people, never a reason by itself."""

    __tablename__ = "watch_word"

    id: Mapped[PrimaryKey]
    word: Mapped[str] = mapped_column(String(80), unique=True)  # as compared: case folded
    added_at: Mapped[Timestamp] = mapped_column(default=now)


class Appeal(Model):
    """Whoever contributed disagrees with what moderation did; somebody else than before answers.

    Words and answer are between the two of them; what the public reads of it is the step that follows.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (is_granted IS NULL)", name="answered_with_result"),
        Index(
            "uq_appeal_open",
            "proposal_id",
            unique=True,
            postgresql_where=text("answered_at IS NULL"),
            sqlite_where=text("answered_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    words: Mapped[str]
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    answered_at: Mapped[Timestamp | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    is_granted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(default="")

    proposal: Mapped[Proposal] = relationship()


class ReportKind(StrEnum):
    """What a reader says is wrong with a contribution."""

    PERSON = "person"
    HATE = "hate"
    ADVERTISING = "advertising"
    OTHER = "other"


REPORT_KIND_LABELS = {
    ReportKind.PERSON: _("Der Beitrag nennt oder beschreibt eine Person."),
    ReportKind.HATE: _("Der Beitrag wertet Menschen ab oder droht."),
    ReportKind.ADVERTISING: _("Der Beitrag ist Werbung."),
    ReportKind.OTHER: _("Etwas anderes"),
}


class ReportOutcome(StrEnum):
    """What came of a report. None hides anything by itself."""

    KEPT = "kept"
    REDACTED = "redacted"
    WITHHELD = "withheld"


REPORT_OUTCOME_LABELS = {
    ReportOutcome.KEPT: _("Der Beitrag bleibt, wie er ist."),
    ReportOutcome.REDACTED: _("Eine Stelle ist geschwärzt."),
    ReportOutcome.WITHHELD: _("Der Beitrag ist nicht mehr öffentlich."),
}


class Report(Model):
    """A reader points at a contribution. The address is kept until the report is answered, and only for the answer."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answered_with_outcome"),
        Index("ix_report_open", "proposal_id", "answered_at"),
    )

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    kind: Mapped[ReportKind]
    words: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(12), default="de")
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    confirmed_at: Mapped[Timestamp | None]  # the address, not the report
    answered_at: Mapped[Timestamp | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    outcome: Mapped[ReportOutcome | None]
    answer: Mapped[str] = mapped_column(default="")

    proposal: Mapped[Proposal] = relationship()
