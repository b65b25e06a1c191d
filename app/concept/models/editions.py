"""Concepts, their editions, who adopted what, and the steps of the process."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.council.models import Paper, Resolution
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Organization


class ConceptKind(StrEnum):
    FRAMEWORK = "framework"
    OVERALL = "overall"
    CONTINUATION = "continuation"


CONCEPT_KIND_LABELS = {
    ConceptKind.FRAMEWORK: _("Rahmenkonzept"),
    ConceptKind.OVERALL: _("Gesamtkonzept"),
    ConceptKind.CONTINUATION: _("Fortschreibung"),
}


class Concept(Model):
    """A concept through all its editions; the framework of 2016 is the predecessor of the concept of 2017."""

    __tablename__ = "concept"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[ConceptKind]
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("concept.id"))
    reason: Mapped[str] = mapped_column(default="")  # of the revision
    is_example: Mapped[bool] = mapped_column(default=False)

    predecessor: Mapped["Concept | None"] = relationship(remote_side="Concept.id")
    editions: Mapped[list["Edition"]] = relationship(back_populates="concept", order_by="Edition.cut_at")


class WorkingEdition(Model):
    """The one edition that is written on. It never changes state: editions are cut from it.

    Its sections, goals and measures are the rows of app/concept/models/catalogue.py that begin with `Working`.
    """

    __tablename__ = "working_edition"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[PrimaryKey]
    concept_id: Mapped[int] = mapped_column(ForeignKey(Concept.id))

    concept: Mapped[Concept] = relationship()


class Edition(Model):
    """Frozen when its paper is sent: canonical JSON that names every text by its version's digest, and its SHA-256.

    So a redaction of a text leaves the checksum as it is. The database refuses to change or delete the row.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("concept_id", "number"),)

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    concept_id: Mapped[int] = mapped_column(ForeignKey(Concept.id))
    number: Mapped[str] = mapped_column(String(20))  # "1.0", "1.1"
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(default="")
    document: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    cut_at: Mapped[Timestamp] = mapped_column(index=True)
    is_example: Mapped[bool] = mapped_column(default=False)

    concept: Mapped[Concept] = relationship(back_populates="editions")
    adoptions: Mapped[list["Adoption"]] = relationship(back_populates="edition", order_by="Adoption.id")
    papers: Mapped[list["PaperEdition"]] = relationship(back_populates="edition", order_by="PaperEdition.id")


class PaperEdition(Model):
    """Which edition a paper is about; an edition may go through several papers."""

    __tablename__ = "paper_edition"
    __table_args__ = (UniqueConstraint("paper_id", "edition_id"),)

    id: Mapped[PrimaryKey]
    paper_id: Mapped[int] = mapped_column(ForeignKey(Paper.id))
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)

    paper: Mapped[Paper] = relationship()
    edition: Mapped[Edition] = relationship(back_populates="papers")


class Effect(StrEnum):
    """What a resolution does to the edition; which body is final is said per paper."""

    RECOMMENDED = "recommended"
    PROVISIONAL = "provisional"
    FINAL = "final"
    REJECTED = "rejected"


EFFECT_LABELS = {
    Effect.RECOMMENDED: _("empfohlen"),
    Effect.PROVISIONAL: _("vorläufig verabschiedet"),
    Effect.FINAL: _("verabschiedet"),
    Effect.REJECTED: _("abgelehnt"),
}


class Adoption(Model):
    """What a body made of an edition; append-only. Several bodies may adopt one (2017 paper, steps 9 and 10)."""

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("edition_id", "resolution_id"),)

    id: Mapped[PrimaryKey]
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id))
    resolution_id: Mapped[int] = mapped_column(ForeignKey(Resolution.id), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id))
    decided: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    effect: Mapped[Effect]
    recorded_at: Mapped[Timestamp] = mapped_column(default=now)

    edition: Mapped[Edition] = relationship(back_populates="adoptions")
    resolution: Mapped[Resolution] = relationship()
    organization: Mapped[Organization] = relationship()


class Standing(StrEnum):
    """Where an edition stands: derived from its adoptions and those of later ones, never stored."""

    SUBMITTED = "submitted"
    PROVISIONAL = "provisional"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"


STANDING_LABELS = {
    Standing.SUBMITTED: _("vorgelegt"),
    Standing.PROVISIONAL: _("vorläufig verabschiedet"),
    Standing.ADOPTED: _("gilt"),
    Standing.SUPERSEDED: _("abgelöst"),
    Standing.REJECTED: _("abgelehnt"),
}


class ProcessStep(Model):
    """A step of the participation process (2017 paper, chapter 3); number and date are independent."""

    __tablename__ = "process_step"

    id: Mapped[PrimaryKey]
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(300))
    held: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    note: Mapped[str] = mapped_column(default="")
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey(Paper.id))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey(Edition.id))

    organization: Mapped[Organization | None] = relationship()
    paper: Mapped[Paper | None] = relationship()
    edition: Mapped[Edition | None] = relationship()
