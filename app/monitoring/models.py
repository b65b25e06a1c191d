"""Progress notes: where a measure stands, since when, as noted by whom."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models import Measure
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Organization
from app.texts.models import Text


class Progress(StrEnum):
    """Five steps, as Karlsruhe's monitoring counts them (Vorlage 2025/1064)."""

    NOT_PLANNED = "not_planned"
    PLANNED = "planned"
    STARTED = "started"
    ADVANCED = "advanced"
    COMPLETED = "completed"


PROGRESS_LABELS = {
    Progress.NOT_PLANNED: _("noch nicht geplant"),
    Progress.PLANNED: _("geplant"),
    Progress.STARTED: _("begonnen"),
    Progress.ADVANCED: _("fortgeschritten"),
    Progress.COMPLETED: _("abgeschlossen oder als Daueraufgabe etabliert"),
}
UNDER_WAY = frozenset({Progress.STARTED, Progress.ADVANCED})


class ProgressNote(Model):
    """Append-only; the last one holds. Implementation is independent of adoption (2017 paper, chapter 2)."""

    __tablename__ = "progress_note"

    id: Mapped[PrimaryKey]
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), index=True)
    progress: Mapped[Progress]
    noted: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id))
    text_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    recorded_at: Mapped[Timestamp] = mapped_column(default=now)

    measure: Mapped[Measure] = relationship()
    organization: Mapped[Organization | None] = relationship()
    text: Mapped[Text | None] = relationship()
