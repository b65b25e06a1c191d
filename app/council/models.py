"""Meetings and their results; papers, their consultations, annexes and resolutions."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import FileKey, Model, PrimaryKey, Timestamp, now
from app.local_time import day_of
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Organization
from app.texts.models import Text


class Meeting(Model):
    """A meeting of any body. History knows the day alone; what lies ahead has times."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at", name="ends_after_start"),
        Index("ix_meeting_organization_day", "organization_id", "day"),
    )

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    title: Mapped[str] = mapped_column(String(200))
    day: Mapped[date]
    starts_at: Mapped[Timestamp | None]
    ends_at: Mapped[Timestamp | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    is_public: Mapped[bool | None]  # None: the source does not say
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    revised_at: Mapped[Timestamp] = mapped_column(default=now)  # set by the service that changes what a calendar shows
    sequence: Mapped[int] = mapped_column(default=0)  # RFC 5545 section 3.8.7.4

    organization: Mapped[Organization] = relationship()
    results: Mapped[list["MeetingResult"]] = relationship(
        back_populates="meeting", order_by="MeetingResult.position", foreign_keys="MeetingResult.meeting_id"
    )

    def was_held(self, at: datetime) -> bool:
        """Whether it had begun by then; on its day where no time is known."""
        has_begun = self.starts_at <= at if self.starts_at else self.day <= day_of(at)
        return has_begun and not self.is_cancelled


class ResultKind(StrEnum):
    FOUNDING = "founding"
    DEFINITION = "definition"
    TARGET_GROUP = "target_group"
    GUIDELINE = "guideline"
    FIELD = "field"
    ORAL_REPORT = "oral_report"
    PRESENTATION = "presentation"
    DRAFT_DISCUSSION = "draft_discussion"
    DECISION = "decision"
    CONTINUATION = "continuation"
    DISSOLUTION = "dissolution"


RESULT_LABELS = {
    ResultKind.FOUNDING: _("Gründung"),
    ResultKind.DEFINITION: _("Begriff"),
    ResultKind.TARGET_GROUP: _("Zielgruppe"),
    ResultKind.GUIDELINE: _("Leitlinie"),
    ResultKind.FIELD: _("Handlungsfeld"),
    ResultKind.ORAL_REPORT: _("Mündlicher Bericht"),
    ResultKind.PRESENTATION: _("Vorstellung"),
    ResultKind.DRAFT_DISCUSSION: _("Beratung des Entwurfs"),
    ResultKind.DECISION: _("Beschluss"),
    ResultKind.CONTINUATION: _("Fortführung"),
    ResultKind.DISSOLUTION: _("Auflösung"),
}


class MeetingResult(Model):
    """What a meeting brought about, and for which structure."""

    __tablename__ = "meeting_result"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[PrimaryKey]
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id))
    position: Mapped[int]
    kind: Mapped[ResultKind]
    text: Mapped[str]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    source: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship(back_populates="results")
    organization: Mapped[Organization | None] = relationship()


class PaperKind(StrEnum):
    RESOLUTION_PROPOSAL = "resolution_proposal"
    INFORMATION = "information"
    TABLED = "tabled"
    MOTION = "motion"


PAPER_KIND_LABELS = {
    PaperKind.RESOLUTION_PROPOSAL: _("Beschlussvorlage"),
    PaperKind.INFORMATION: _("Informationsvorlage"),
    PaperKind.TABLED: _("Tischvorlage"),
    PaperKind.MOTION: _("Antrag"),
}


class FinancialEffect(StrEnum):
    """„Derzeit nicht bezifferbar“ is a value of its own, not an empty number (2016 paper)."""

    NONE = "none"
    QUANTIFIED = "quantified"
    NOT_QUANTIFIABLE = "not_quantifiable"
    IN_BUDGET = "in_budget"


FINANCIAL_EFFECT_LABELS = {
    FinancialEffect.NONE: _("keine"),
    FinancialEffect.QUANTIFIED: _("beziffert"),
    FinancialEffect.NOT_QUANTIFIABLE: _("derzeit nicht bezifferbar"),
    FinancialEffect.IN_BUDGET: _("im Haushalt berücksichtigt"),
}


class Paper(Model):
    """A council paper (Vorlage): three mandatory sections, one responsible organisation, a way through the bodies.

    Its number is given outside and may be missing, as in 2017; once sent, paper and annexes no longer change.
    """

    __tablename__ = "paper"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # names it in data files; never shown as its number
    number: Mapped[str | None] = mapped_column(String(40), unique=True)  # Drucksachen-Nr.
    kind: Mapped[PaperKind]
    title: Mapped[str] = mapped_column(String(300))
    dated_on: Mapped[date | None]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))  # OParl: underDirectionOf
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Text.id))  # Beschlussvorschlag
    facts_id: Mapped[int] = mapped_column(ForeignKey(Text.id))  # Sachverhalt
    financial_id: Mapped[int] = mapped_column(ForeignKey(Text.id))  # Finanzielle Auswirkungen
    financial_effect: Mapped[FinancialEffect]
    financial_amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))  # euros, where it is quantified
    financial_year: Mapped[int | None]  # of the budget
    sent_at: Mapped[Timestamp | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    organization: Mapped[Organization] = relationship()
    proposal: Mapped[Text] = relationship(foreign_keys=proposal_id)
    facts: Mapped[Text] = relationship(foreign_keys=facts_id)
    financial: Mapped[Text] = relationship(foreign_keys=financial_id)
    consultations: Mapped[list["Consultation"]] = relationship(back_populates="paper", order_by="Consultation.position")
    annexes: Mapped[list["Annex"]] = relationship(back_populates="paper", order_by="Annex.number")

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def has_annex_of_concept(self) -> bool:
        return any(annex.content is not AnnexContent.UPLOAD for annex in self.annexes)


class AnnexContent(StrEnum):
    DOCUMENT = "document"  # the concept itself
    TABLE = "table"  # goals and county measures
    UPLOAD = "upload"  # a PDF of their own


class Annex(Model):
    """What goes out with a paper: made from the frozen edition (app.concept.PaperEdition), or a PDF that was uploaded.

    As which file it went out, stands in app.publishing.SentFile.
    """

    __tablename__ = "annex"
    __table_args__ = (
        UniqueConstraint("paper_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(content = 'upload') = (key IS NOT NULL)", name="upload_has_file"),
    )

    id: Mapped[PrimaryKey]
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    content: Mapped[AnnexContent]
    key: Mapped[FileKey | None]

    paper: Mapped[Paper] = relationship(back_populates="annexes")


class ConsultationRole(StrEnum):
    ADVICE = "advice"
    DECISION = "decision"
    NOTE = "note"


ROLE_LABELS = {
    ConsultationRole.ADVICE: _("Vorberatung"),
    ConsultationRole.DECISION: _("Entscheidung"),
    ConsultationRole.NOTE: _("Kenntnisnahme"),
}


class Consultation(Model):
    """One row of the Beratungsfolge: a body deals with the paper, in one or more meetings."""

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("paper_id", "position"),)

    id: Mapped[PrimaryKey]
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id))
    position: Mapped[int]
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    role: Mapped[ConsultationRole]
    is_public: Mapped[bool | None]  # None: the source does not say
    agenda_item: Mapped[str] = mapped_column(String(20), default="")  # text: "1", "10.1", "c)"
    planned: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())  # where no meeting is known

    paper: Mapped[Paper] = relationship(back_populates="consultations")
    organization: Mapped[Organization] = relationship()
    sittings: Mapped[list["ConsultationMeeting"]] = relationship(
        back_populates="consultation", order_by="ConsultationMeeting.id"
    )
    resolutions: Mapped[list["Resolution"]] = relationship(back_populates="consultation", order_by="Resolution.id")

    @property
    def resolution(self) -> "Resolution | None":
        """What holds: the last one recorded."""
        return self.resolutions[-1] if self.resolutions else None

    def meetings_held(self, at: datetime) -> list[Meeting]:
        """In which the body has dealt with the paper by then."""
        return [each.meeting for each in self.sittings if each.meeting.was_held(at)]


class ConsultationMeeting(Model):
    __tablename__ = "consultation_meeting"
    __table_args__ = (UniqueConstraint("consultation_id", "meeting_id"),)

    id: Mapped[PrimaryKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id))
    meeting_id: Mapped[int] = mapped_column(ForeignKey(Meeting.id), index=True)

    consultation: Mapped[Consultation] = relationship(back_populates="sittings")
    meeting: Mapped[Meeting] = relationship()


class Outcome(StrEnum):
    RECOMMENDED = "recommended"
    AGREED = "agreed"
    REJECTED = "rejected"
    NOTED = "noted"


OUTCOME_LABELS = {
    Outcome.RECOMMENDED: _("empfohlen"),
    Outcome.AGREED: _("zugestimmt"),
    Outcome.REJECTED: _("abgelehnt"),
    Outcome.NOTED: _("zur Kenntnis genommen"),
}


class Resolution(Model):
    """What a body decided about a paper. Append-only: a correction is a new row."""

    __tablename__ = "resolution"

    id: Mapped[PrimaryKey]
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id), index=True)
    outcome: Mapped[Outcome]
    decided: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    wording: Mapped[str] = mapped_column(default="")  # where it differs from the proposal
    recorded_at: Mapped[Timestamp] = mapped_column(default=now)

    consultation: Mapped[Consultation] = relationship(back_populates="resolutions")
    meeting: Mapped[Meeting | None] = relationship()
