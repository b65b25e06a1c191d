"""Texts, their versions, the passages in them, the links between them, and the trace of a redaction.

Proposals, condensations, goals, measures and answers own a `Text`; what was said in it lies in its versions and
nowhere else. Links and frozen editions point to a version and to positions in it (in characters), and copy nothing.
The database refuses to change or delete these rows (migration 0001).
"""

from enum import StrEnum
from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now


class Text(Model):
    """Something that has a wording, over time."""

    __tablename__ = "text"

    id: Mapped[PrimaryKey]
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    # Digest of the first version, where that never came here: by it other installations know the text
    origin: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)

    versions: Mapped[list["TextVersion"]] = relationship(back_populates="text", order_by="TextVersion.number")

    @property
    def current(self) -> "TextVersion":
        return self.versions[-1]


class TextVersion(Model):
    """One wording, word for word.

    The digest commits to the content without giving it away: SHA-256 over a random salt and the content. A redaction
    drops the salt, so that nobody can try out what stood there.
    """

    __tablename__ = "text_version"
    __table_args__ = (
        UniqueConstraint("text_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("length(content) > 0", name="content_given"),
    )

    id: Mapped[PrimaryKey]
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    number: Mapped[int]
    language: Mapped[str] = mapped_column(String(12))
    content: Mapped[str]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    digest: Mapped[str] = mapped_column(String(64), index=True, unique=True)  # editions know a wording by it
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    translated_by: Mapped[str] = mapped_column(String(100), default="")  # the service, where a machine wrote it

    text: Mapped[Text] = relationship(back_populates="versions")
    redactions: Mapped[list["Redaction"]] = relationship(back_populates="version", order_by="Redaction.id")

    @property
    def is_intact(self) -> bool:
        """Whether the content is what the digest was made from; a redacted text cannot be checked any more."""
        return self.salt is not None and digest_of(self.salt, self.content) == self.digest

    @property
    def standing_redactions(self) -> list["Redaction"]:
        return [redaction for redaction in self.redactions if redaction.is_standing]

    @property
    def reasons(self) -> list[str]:
        """Why parts of it are blackened, each reason once."""
        return list(dict.fromkeys(redaction.reason for redaction in self.standing_redactions))

    @property
    def original(self) -> str:
        """What was said, with the words that redactions cover as far as they are still kept: for moderators only."""
        words = self.content
        for redaction in self.redactions:
            if redaction.kept is not None and redaction.kept.words:
                words = words[: redaction.start] + redaction.kept.words + words[redaction.stop :]
        return words

    def quote(self, start: int, end: int) -> str:
        return self.content[start:end]


class LinkKind(StrEnum):
    CONDENSED = "condensed"  # a passage of a statement -> the wording of a condensation
    ACCEPTED = "accepted"  # a condensation or statement -> the wording of what it became in the concept
    SUGGESTED = "suggested"  # what somebody suggested to a passage -> the wording that took it in
    DERIVED = "derived"  # a wording that follows from another: split, merged


class ThreadLink(Model):
    """From these characters of one version to those of another; the thread from the spoken sentence to the goal."""

    __tablename__ = "thread_link"
    __table_args__ = (
        UniqueConstraint(
            *("source_id", "source_start", "source_end", "target_id", "target_start", "target_end"),
            name="uq_thread_link_ends",
        ),
        CheckConstraint("0 <= source_start AND source_start < source_end", name="source_range"),
        CheckConstraint("0 <= target_start AND target_start < target_end", name="target_range"),
        CheckConstraint("source_id <> target_id", name="two_texts"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[LinkKind]
    source_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    source_start: Mapped[int]
    source_end: Mapped[int]
    target_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    target_start: Mapped[int]
    target_end: Mapped[int]
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    source: Mapped[TextVersion] = relationship(foreign_keys=source_id)
    target: Mapped[TextVersion] = relationship(foreign_keys=target_id)


class Redaction(Model):
    """That characters were blackened in a version: by which role, when and why. Never what stood there."""

    __tablename__ = "redaction"
    __table_args__ = (CheckConstraint("0 <= start AND start < stop", name="range"),)

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    role: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    version: Mapped[TextVersion] = relationship(back_populates="redactions")
    kept: Mapped["KeptPassage | None"] = relationship(back_populates="redaction")

    @property
    def is_standing(self) -> bool:
        return self.kept is None or self.kept.lifted_at is None

    @property
    def is_kept(self) -> bool:
        """Whether it could still be lifted."""
        return self.kept is not None and bool(self.kept.words)


class KeptPassage(Model):
    """What stands below a redaction, cut out of the text, as long as somebody may still disagree.

    It is the only place that knows: whatever reads a text reads the blackened one. When the time is over the words go;
    when the redaction is lifted they go back into the text.
    """

    __tablename__ = "kept_passage"

    id: Mapped[PrimaryKey]
    redaction_id: Mapped[int] = mapped_column(ForeignKey(Redaction.id), unique=True)
    words: Mapped[str]
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # of the version, until nobody can disagree any more
    keep_until: Mapped[Timestamp]
    made_by_id: Mapped[int | None]  # the account; app.texts lies below app.accounts
    lifted_at: Mapped[Timestamp | None]

    redaction: Mapped[Redaction] = relationship(back_populates="kept")


def digest_of(salt: bytes, content: str) -> str:
    return sha256(salt + content.encode()).hexdigest()
