"""Proposals: what was said or handed in, verbatim, and whether the public may read it."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.calls.models import Call, CallWording, Sheet
from app.concept.models import Goal, Measure, Section
from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event, ThemeTable
from app.local_time import end_of
from app.structures.models import Municipality, Organization
from app.texts.models import Text, TextVersion
from app.texts.moderated import Moderated, ModerationState, Reachable

if TYPE_CHECKING:
    from app.proposals.models.attachments import Attachment


class Channel(StrEnum):
    WEB = "web"
    TABLE = "table"
    LETTER = "letter"
    PHONE = "phone"
    MAIL = "mail"
    WORKSHOP = "workshop"
    WORKING_GROUP = "working_group"
    RECOMMENDATION = "recommendation"


CHANNEL_LABELS = {
    Channel.WEB: _("über die Website"),
    Channel.TABLE: _("an einem Tisch gesagt"),
    Channel.LETTER: _("per Brief"),
    Channel.PHONE: _("am Telefon"),
    Channel.MAIL: _("per E-Mail"),
    Channel.WORKSHOP: _("in einem Workshop"),
    Channel.WORKING_GROUP: _("in einem Arbeitskreis"),
    Channel.RECOMMENDATION: _("als Empfehlung eines Gremiums"),
}


class ProposalKind(StrEnum):
    GOAL = "goal"
    MEASURE = "measure"
    CHANGE = "change"
    DROP = "drop"
    IDEA = "idea"
    GOOD_PRACTICE = "good_practice"


PROPOSAL_KIND_LABELS = {
    ProposalKind.GOAL: _("Ziel"),
    ProposalKind.MEASURE: _("Maßnahme"),
    ProposalKind.CHANGE: _("Änderung"),
    ProposalKind.DROP: _("Streichung"),
    ProposalKind.IDEA: _("Idee für Kommunen"),
    ProposalKind.GOOD_PRACTICE: _("Praxisbeispiel"),
}


class ReferenceYear(Model):
    """How many references a year has given out; raising it is what keeps two from getting the same."""

    __tablename__ = "reference_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_number: Mapped[int] = mapped_column(default=0)


class Proposal(Moderated, Model):
    """One contribution. Its words lie in `text`, whoever brought it in in `contributor`, never the other way round."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("state <> 'withheld' OR state_reason <> ''", name="reason_given"),
        Index("ix_proposal_state_received", "state", "received_on", "id"),
        Index("ix_proposal_queue", "state", "received_at", "id"),
    )

    id: Mapped[PrimaryKey]
    reference: Mapped[str] = mapped_column(String(16), unique=True)  # V-2026-0042
    kind: Mapped[ProposalKind]
    title: Mapped[str] = mapped_column(String(200), default="")
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    translation_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))  # German working translation
    is_language_detected: Mapped[bool] = mapped_column(default=False)
    section_id: Mapped[int | None] = mapped_column(ForeignKey(Section.id), index=True)
    goal_id: Mapped[int | None] = mapped_column(ForeignKey(Goal.id), index=True)  # what a change is about
    measure_id: Mapped[int | None] = mapped_column(ForeignKey(Measure.id), index=True)
    channel: Mapped[Channel]
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id), index=True)  # which it is about
    call_id: Mapped[int | None] = mapped_column(ForeignKey(Call.id), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey(Sheet.id), index=True)
    points: Mapped[int] = mapped_column(default=0)  # given at its table, over all rounds: app.capture keeps the steps
    received_on: Mapped[date]
    received_at: Mapped[Timestamp] = mapped_column(default=now)
    identity: Mapped[str | None] = mapped_column(String(500), unique=True)  # of an imported row: url, or channel and id
    source_url: Mapped[str] = mapped_column(String(500), default="")
    receipt_digest: Mapped[str | None] = mapped_column(String(64), unique=True)  # SHA-256 of the receipt code
    link_generation: Mapped[int] = mapped_column(default=1)
    is_example: Mapped[bool] = mapped_column(default=False)
    is_proven: Mapped[bool | None]  # whether a proof of work came with it; None: a channel without
    sent_before: Mapped[int] = mapped_column(default=0)  # how many came from the same network in the hour before
    author_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    assigned_to_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))  # who reviews it
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))  # who typed it

    text: Mapped[Text] = relationship(foreign_keys=text_id)
    assigned_to: Mapped[Account | None] = relationship(foreign_keys=assigned_to_id)
    translation: Mapped[Text | None] = relationship(foreign_keys=translation_id)
    section: Mapped[Section | None] = relationship()
    goal: Mapped[Goal | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    event: Mapped[Event | None] = relationship()
    table: Mapped[ThemeTable | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    call: Mapped[Call | None] = relationship()
    sheet: Mapped[Sheet | None] = relationship()
    contributor: Mapped["Contributor | None"] = relationship(back_populates="proposal")
    attachments: Mapped[list["Attachment"]] = relationship(back_populates="proposal", order_by="Attachment.id")
    releases: Mapped[list["Release"]] = relationship(back_populates="proposal", order_by="Release.id")

    @property
    def translation_note(self) -> object:
        """What stands beside the working translation: whether a person or a machine wrote it."""
        is_machine = self.translation is not None and bool(self.translation.current.translated_by)
        return _("maschinell übersetzt") if is_machine else _("Arbeitsübersetzung")

    def question_in(self, language: str) -> CallWording | None:
        """What its call asked on the day it came in, as people read it then."""
        if self.call is None:
            return None
        return self.call.wording_in(language, min(self.received_at, end_of(self.received_on)))


class Contributor(Reachable, Model):
    """Who brought a proposal in, as far as they told us. Erasable: the proposal stays."""

    __tablename__ = "contributor"

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    organization_name: Mapped[str] = mapped_column(String(200), default="")
    may_be_named: Mapped[bool] = mapped_column(default=False)  # the organisation, never the person
    postal_address: Mapped[str] = mapped_column(String(300), default="", server_default="")  # for the answer on paper

    proposal: Mapped[Proposal] = relationship(back_populates="contributor")


# In place of a role: a second person decided after an appeal, and changed the state or left it
APPEAL = "appeal"
APPEAL_UNCHANGED = "appeal_unchanged"


class Release(Model):
    """A step of moderation: released, withheld, withdrawn; with its public reason. Append-only."""

    __tablename__ = "release"

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), index=True)
    state: Mapped[ModerationState]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(20), default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))  # a step taken back within minutes
    block_version_id: Mapped[int | None] = mapped_column(ForeignKey(TextVersion.id))  # the text block in the reason

    proposal: Mapped[Proposal] = relationship(back_populates="releases")

    @classmethod
    def of(cls, proposal: Proposal, *, at: datetime, by: Account | None, role: str) -> "Release":
        return cls(
            proposal=proposal,
            state=proposal.state,
            reason=proposal.state_reason,
            made_at=at,
            made_by_id=by.id if by else None,
            role=role,
        )
