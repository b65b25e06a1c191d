"""What binds nobody: ideas for municipalities and who took them up, and good practice from the county."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models.catalogue import Section
from app.concept.models.document import ConceptPicture
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Municipality
from app.texts.models import Text


class MunicipalIdea(Model):
    """An idea for municipalities: not binding, promised for Handlungsfelder only (2017 paper, section 3).

    One that was dropped stays: frozen editions hold its text, municipalities may have taken it up.
    """

    __tablename__ = "municipal_idea"

    id: Mapped[PrimaryKey]
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)
    position: Mapped[int]
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    dropped_at: Mapped[Timestamp | None]
    drop_reason: Mapped[str] = mapped_column(default="")

    section: Mapped[Section] = relationship()
    text: Mapped[Text] = relationship()
    uptakes: Mapped[list["IdeaUptake"]] = relationship(back_populates="idea", order_by="IdeaUptake.id")


class UptakeKind(StrEnum):
    TAKEN_UP = "taken_up"
    TAKEN_BACK = "taken_back"


UPTAKE_LABELS = {UptakeKind.TAKEN_UP: _("übernommen"), UptakeKind.TAKEN_BACK: _("zurückgenommen")}


class IdeaUptake(Model):
    """That a municipality took an idea up, or takes that back; append-only, its last one counts."""

    __tablename__ = "idea_uptake"

    id: Mapped[PrimaryKey]
    idea_id: Mapped[int] = mapped_column(ForeignKey(MunicipalIdea.id), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey(Municipality.id), index=True)
    kind: Mapped[UptakeKind] = mapped_column(default=UptakeKind.TAKEN_UP)
    since: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    sentence_id: Mapped[int | None] = mapped_column(ForeignKey(Text.id))
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    idea: Mapped[MunicipalIdea] = relationship(back_populates="uptakes")
    municipality: Mapped[Municipality] = relationship()
    sentence: Mapped[Text | None] = relationship()


class GoodPractice(Model):
    """A Praxisbeispiel from one of the municipalities. One that was dropped stays, as frozen editions hold its text."""

    __tablename__ = "good_practice"

    id: Mapped[PrimaryKey]
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey(Municipality.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    organization_name: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    picture_id: Mapped[int | None] = mapped_column(ForeignKey(ConceptPicture.id))
    picture_alt: Mapped[str] = mapped_column(String(300), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    dropped_at: Mapped[Timestamp | None]
    drop_reason: Mapped[str] = mapped_column(default="")

    section: Mapped[Section] = relationship()
    municipality: Mapped[Municipality] = relationship()
    text: Mapped[Text] = relationship()
    picture: Mapped[ConceptPicture | None] = relationship()
    contact: Mapped["PracticeContact | None"] = relationship(back_populates="practice", cascade="all, delete-orphan")


class PracticeContact(Model):
    """Who can be asked about a good practice: a person, so never in an edition, and erased on its own."""

    __tablename__ = "practice_contact"

    id: Mapped[PrimaryKey]
    practice_id: Mapped[int] = mapped_column(ForeignKey(GoodPractice.id), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    may_be_named: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[Timestamp] = mapped_column(default=now)

    practice: Mapped[GoodPractice] = relationship(back_populates="contact")
