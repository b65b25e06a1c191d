"""What surrounds the catalogue in the document: chapters, the definition, the glossary, figures, next steps, money."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models.catalogue import Measure
from app.concept.models.editions import Concept
from app.db import FileKey, Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Municipality, Organization
from app.texts.models import Text


class ChapterContent(StrEnum):
    FOREWORD = "foreword"
    TEXT = "text"
    PROCESS = "process"
    FIGURES = "figures"
    STRUCTURES = "structures"
    DEFINITION = "definition"
    FIELDS = "fields"
    CROSS_CUTTING = "cross_cutting"
    IMPLEMENTATION = "implementation"


CHAPTER_CONTENT_LABELS = {
    ChapterContent.TEXT: _("nur der eigene Text"),
    ChapterContent.FOREWORD: _("Vorwort, mit Unterschrift"),
    ChapterContent.PROCESS: _("die Schritte der Beteiligung"),
    ChapterContent.FIGURES: _("die Kennzahlen, mit Diagramm und Tabelle"),
    ChapterContent.STRUCTURES: _("die Strukturen und Gremien an einem Tag"),
    ChapterContent.DEFINITION: _("das Verständnis, auf das wir uns festlegen"),
    ChapterContent.FIELDS: _("die Handlungsfelder mit Zielen und Maßnahmen"),
    ChapterContent.CROSS_CUTTING: _("die Querschnittsthemen mit Zielen und Maßnahmen"),
    ChapterContent.IMPLEMENTATION: _("die nächsten Schritte, mit Terminen"),
}


class Chapter(Model):
    """A chapter of the working edition: number, title, a summary in one paragraph, a body, and what it is made from.

    The slug stays when the chapter moves: references name it. The body is Markdown (app/concept/markup.py). Who signs a
    foreword is a text, too: names can be blackened in it, also where an edition holds it.
    """

    __tablename__ = "chapter"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)

    id: Mapped[PrimaryKey]
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    content: Mapped[ChapterContent]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    summary_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    body_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    signature_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    as_of: Mapped[date | None]  # the day of which structures are shown; unknown: the day the edition bears
    is_example: Mapped[bool] = mapped_column(default=False)

    summary: Mapped[Text] = relationship(foreign_keys=summary_id)
    body: Mapped[Text | None] = relationship(foreign_keys=body_id)
    signature: Mapped[Text | None] = relationship(foreign_keys=signature_id)


class ConceptPicture(Model):
    """A picture, shown by its number, the same in every database; never changed or deleted, since editions hold it."""

    __tablename__ = "concept_picture"
    __table_args__ = (CheckConstraint("number > 0", name="number_positive"),)  # 0 in a document: no picture

    id: Mapped[PrimaryKey]
    number: Mapped[int] = mapped_column(index=True, unique=True)
    key: Mapped[FileKey] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[Timestamp] = mapped_column(default=now)


class Definition(Model):
    """A binding definition, quoted everywhere from this one place (2017 paper, chapter 6)."""

    __tablename__ = "definition"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    source: Mapped[str] = mapped_column(default="")

    text: Mapped[Text] = relationship()


class GlossaryTerm(Model):
    __tablename__ = "glossary_term"

    id: Mapped[PrimaryKey]
    term: Mapped[str] = mapped_column(String(120), unique=True)
    plain: Mapped[str]
    easy: Mapped[str] = mapped_column(default="")  # Leichte Sprache


class Indicator(Model):
    """A figure with its day and source."""

    __tablename__ = "indicator"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    value: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    unit: Mapped[str] = mapped_column(String(40))
    as_of: Mapped[date]
    source: Mapped[str]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id))

    municipality: Mapped[Municipality | None] = relationship()


class RoadmapTask(Model):
    """A next step with its date (2017 paper, "Weitere Schritte"); chapter 9 and the paper are made from these.

    What comes again and again („(immer wieder) überprüft“) gets its next date when it was done.
    """

    __tablename__ = "roadmap_task"

    id: Mapped[PrimaryKey]
    concept_id: Mapped[int] = mapped_column(ForeignKey(Concept.id))
    position: Mapped[int]
    title: Mapped[str]
    due: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(default="")
    repeats_months: Mapped[int | None]  # after so many it comes again; None: once
    done_on: Mapped[date | None]  # the last time
    reminded_of: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())  # the date written about

    concept: Mapped[Concept] = relationship()
    responsible: Mapped[Organization | None] = relationship()

    @property
    def is_open(self) -> bool:
        return self.done_on is None or self.repeats_months is not None

    def is_due_by(self, day: date) -> bool:
        """Whether it begins by then, or should have; what has no date, or only a start, never is."""
        is_known = bool(self.due) and not self.due.is_open
        return self.is_open and is_known and self.due.first_day <= day

    def is_late_on(self, day: date) -> bool:
        return self.is_open and self.due.last_day < day


class BudgetState(StrEnum):
    REQUESTED = "requested"
    ENTERED = "entered"
    APPROVED = "approved"
    SPENT = "spent"
    NOT_QUANTIFIABLE = "not_quantifiable"


BUDGET_STATE_LABELS = {
    BudgetState.REQUESTED: _("angemeldet"),
    BudgetState.ENTERED: _("eingestellt"),
    BudgetState.APPROVED: _("bewilligt"),
    BudgetState.SPENT: _("verausgabt"),
    BudgetState.NOT_QUANTIFIABLE: _("derzeit nicht bezifferbar"),
}


COST_TYPE_LABELS = {
    "personnel": _("Personal"),
    "material": _("Sachkosten"),
    "grant": _("Zuschuss"),
    "investment": _("Investition"),
    "other": _("anderes"),
}


class BudgetLine(Model):
    """Money for a measure in a year, in euros; what cannot be put in figures says so."""

    __tablename__ = "budget_line"
    __table_args__ = (CheckConstraint("(amount IS NULL) = (state = 'not_quantifiable')", name="amount_or_not"),)

    id: Mapped[PrimaryKey]
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), index=True)
    year: Mapped[int]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    state: Mapped[BudgetState]
    cost_type: Mapped[str] = mapped_column(String(80), default="")
    cost_centre: Mapped[str] = mapped_column(String(40), default="")  # of the office's own accounts: in no edition
    is_example: Mapped[bool] = mapped_column(default=False)

    measure: Mapped[Measure] = relationship(back_populates="budget")
