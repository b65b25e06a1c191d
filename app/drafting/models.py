"""A draft laid out for comment, suggestions to its passages, what became of them; what is typed but not sent yet."""

from datetime import date
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.structures.models import Organization
from app.texts.models import Text, TextVersion
from app.texts.moderated import Moderated, ModerationState, Reachable


class Hearing(Model):
    """An "Entwurf zur Stellungnahme": the working edition as it stood, laid out from a day to a day, for whom.

    Without bodies it is for everyone. The document is what was laid out: drafts can be compared like editions.
    """

    __tablename__ = "hearing"
    __table_args__ = (
        CheckConstraint("opens_on <= closes_on", name="opens_before_it_closes"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: Mapped[PrimaryKey]
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    opens_on: Mapped[date]
    closes_on: Mapped[date]  # the last day
    document: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    revised_at: Mapped[Timestamp | None]  # when what a calendar shows was changed
    sequence: Mapped[int] = mapped_column(default=0, server_default="0")  # how often (RFC 5545 section 3.8.7.4)

    bodies: Mapped[list["HearingBody"]] = relationship(back_populates="hearing", order_by="HearingBody.id")

    @property
    def slug(self) -> str:
        """Under which it is read and compared like an edition."""
        return f"entwurf-{self.number}"

    @property
    def is_public(self) -> bool:
        return not self.bodies

    def is_open(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


class HearingBody(Model):
    """A body, Arbeitskreis or partner that is asked."""

    __tablename__ = "hearing_body"
    __table_args__ = (UniqueConstraint("hearing_id", "organization_id"),)

    id: Mapped[PrimaryKey]
    hearing_id: Mapped[int] = mapped_column(ForeignKey(Hearing.id))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)

    hearing: Mapped[Hearing] = relationship(back_populates="bodies")
    organization: Mapped[Organization] = relationship()


class SuggestionKind(StrEnum):
    REWORD = "reword"
    ADD = "add"
    DROP = "drop"


SUGGESTION_KIND_LABELS = {
    SuggestionKind.REWORD: _("anders sagen"),
    SuggestionKind.ADD: _("ergänzen"),
    SuggestionKind.DROP: _("streichen"),
}


class Suggestion(Moderated, Model):
    """An Anregung: other words for a passage of the working edition, more words after it, or none instead, and why.

    The passage is characters of one version, so it stays what it was when the text moves on. Who it is from stands as a
    kind only: a body, the office, or somebody.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        CheckConstraint("0 <= start AND start < stop", name="range"),
        CheckConstraint("(kind = 'drop') = (wording_id IS NULL)", name="words_unless_dropped"),
        CheckConstraint("state <> 'withheld' OR state_reason <> ''", name="reason_given"),
        CheckConstraint("NOT is_office OR organization_id IS NULL", name="one_sender"),
        Index("ix_suggestion_queue", "state", "received_at", "id"),
    )

    id: Mapped[PrimaryKey]
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey(Hearing.id), index=True)  # none: the office, at any time
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    start: Mapped[int]
    stop: Mapped[int]
    kind: Mapped[SuggestionKind]
    wording_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id), unique=True)
    reason_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    is_office: Mapped[bool] = mapped_column(default=False)  # an "Empfehlung der Verwaltung"
    moderated_at: Mapped[Timestamp | None]
    is_proven: Mapped[bool | None]  # proof of work given; None: not asked for
    is_example: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[Timestamp] = mapped_column(default=now)
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    link_generation: Mapped[int] = mapped_column(default=1)

    hearing: Mapped[Hearing | None] = relationship()
    version: Mapped[TextVersion] = relationship()
    wording: Mapped[Text | None] = relationship(foreign_keys=wording_id)
    reason: Mapped[Text] = relationship(foreign_keys=reason_id)
    organization: Mapped[Organization | None] = relationship()
    suggester: Mapped["Suggester | None"] = relationship(back_populates="suggestion")
    dispositions: Mapped[list["Disposition"]] = relationship(back_populates="suggestion", order_by="Disposition.id")

    @property
    def quote(self) -> str:
        """The passage it is about, as it stood."""
        return self.version.quote(self.start, self.stop)

    @property
    def words(self) -> str:
        """What should stand there; empty where nothing should."""
        return self.wording.current.content if self.wording else ""

    @property
    def is_whole(self) -> bool:
        return (self.start, self.stop) == (0, len(self.version.content))

    @property
    def may_be_withdrawn(self) -> bool:
        """As long as it is open: what was answered or withheld stays readable with its reason."""
        is_open = self.state is not ModerationState.WITHHELD and self.disposition is None
        return is_open and super().may_be_withdrawn

    @property
    def disposition(self) -> "Disposition | None":
        """The last one holds."""
        return self.dispositions[-1] if self.dispositions else None


class Suggester(Reachable, Model):
    """Where somebody hears what became of a suggestion; erasable, the suggestion stays."""

    __tablename__ = "suggester"

    id: Mapped[PrimaryKey]
    suggestion_id: Mapped[int] = mapped_column(ForeignKey(Suggestion.id), unique=True)

    suggestion: Mapped[Suggestion] = relationship(back_populates="suggester")


class DispositionOutcome(StrEnum):
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"


OUTCOME_LABELS = {
    DispositionOutcome.ADOPTED: _("eingearbeitet"),
    DispositionOutcome.PARTLY: _("teilweise eingearbeitet"),
    DispositionOutcome.NOT_ADOPTED: _("nicht eingearbeitet"),
}


class Disposition(Model):
    """What became of a suggestion, and why; append-only, a correction is a later row (2016 paper: "Anregungen")."""

    __tablename__ = "disposition"
    __table_args__ = (
        CheckConstraint("outcome <> 'not_adopted' OR version_id IS NULL", name="version_only_when_adopted"),
    )

    id: Mapped[PrimaryKey]
    suggestion_id: Mapped[int] = mapped_column(ForeignKey(Suggestion.id), index=True)
    outcome: Mapped[DispositionOutcome]
    reason_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    version_id: Mapped[int | None] = mapped_column(ForeignKey(TextVersion.id), index=True)  # that took it in
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    suggestion: Mapped[Suggestion] = relationship(back_populates="dispositions")
    reason: Mapped[Text] = relationship()
    version: Mapped[TextVersion | None] = relationship()


class DeskDraft(Model):
    """What somebody typed into a form of the desk and has not sent yet: by account and page, kept for a time."""

    __tablename__ = "desk_draft"
    __table_args__ = (UniqueConstraint("account_id", "page"),)

    id: Mapped[PrimaryKey]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    page: Mapped[str] = mapped_column(String(200), index=True)  # its path
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    begun_at: Mapped[Timestamp] = mapped_column(default=now)
    saved_at: Mapped[Timestamp] = mapped_column(default=now, index=True)

    account: Mapped[Account] = relationship()
