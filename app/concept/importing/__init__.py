"""Take in a concept that another installation wrote: all of it, or nothing."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _
from sqlalchemy import String, event, inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.concept import queries, working
from app.concept.catalogue import Catalogue, canonical, checksum
from app.concept.errors import EditionDiffers, FileRefused, WorkingEditionThere
from app.concept.exchange import ConceptFile, picture_of, read
from app.concept.importing.catalogue import add_items, add_pictures, add_texts
from app.concept.importing.registers import Registers, add_registers
from app.concept.importing.working_rows import add_working_edition
from app.concept.models import (
    BudgetLine,
    Chapter,
    Concept,
    ConceptPicture,
    Definition,
    Edition,
    GlossaryTerm,
    Goal,
    GoodPractice,
    Indicator,
    LifeSituation,
    Measure,
    MunicipalIdea,
    ProcessStep,
    RoadmapTask,
    Section,
    TargetGroup,
    WorkingEdition,
)
from app.concept.services.editions import check_free
from app.db import db, is_rehearsal, rehearsal, transactional
from app.process_date import ProcessDate
from app.structures.models import Municipality, Organization
from app.texts.models import TextVersion

KINDS = {
    Edition: _("Fassungen"),
    WorkingEdition: _("Arbeitsfassung"),
    Concept: _("Konzepte"),
    Section: _("Themen"),
    Goal: _("Ziele"),
    Measure: _("Maßnahmen"),
    MunicipalIdea: _("Ideen für Kommunen"),
    GoodPractice: _("Praxisbeispiele"),
    Chapter: _("Kapitel"),
    Definition: _("Definitionen"),
    GlossaryTerm: _("Wörter im Glossar"),
    Indicator: _("Kennzahlen"),
    ProcessStep: _("Schritte der Beteiligung"),
    RoadmapTask: _("nächste Schritte"),
    ConceptPicture: _("Bilder"),
    Organization: _("Ämter, Gremien und Partner"),
    Municipality: _("Gemeinden"),
    LifeSituation: _("Lebenslagen"),
    TargetGroup: _("Zielgruppen"),
    BudgetLine: _("Haushaltsansätze"),
    TextVersion: _("Wortlaute"),
}


@dataclass(frozen=True)
class TakenIn:
    """What was made, or would be: how many rows of each table. Nothing, where all of it was there already."""

    slug: str
    title: str
    made: dict[str, int]

    @property
    def is_there_already(self) -> bool:
        return not self.made

    @property
    def counts(self) -> list[tuple[str, int]]:
        """In words, for people."""
        named = [(label, self.made.get(model.__tablename__, 0)) for model, label in KINDS.items()]
        return [(str(label), count) for label, count in named if count]


def preview(content: bytes) -> TakenIn:
    """What taking in this file would make; raises FileRefused as that would."""
    with rehearsal():
        return take_in(content, by=None)


def take_in(content: bytes, *, by: Account | None) -> TakenIn:
    """Make the concept with its frozen edition, and a working edition that says the same where there is none.

    An edition that is here already stays as it is, and nothing is made. Raises FileRefused, SlugTaken, NumberTaken.
    """
    try:
        return _take_in(read(content), by=by)
    except DBAPIError as error:  # the database holds what no check before has thought of
        raise FileRefused from error


@transactional
def _take_in(file: ConceptFile, *, by: Account | None) -> TakenIn:
    catalogue = file.catalogue
    if _is_there(file):
        return TakenIn(catalogue.slug, catalogue.title, {})
    with _new_rows() as made:
        registers = add_registers(file)
        texts = add_texts(file)
        items = add_items(file, registers, texts)
        add_pictures(file)
        if queries.find_working_edition() is None:
            add_working_edition(file, registers, items, texts)
        db.session.flush()
        subject = registers.concept if file.is_working else _add_edition(file, registers)
    log.record("concept.import", subject, by=by)
    _keep_pictures(file)
    return TakenIn(catalogue.slug, catalogue.title, dict(sorted(made.items())))


def _is_there(file: ConceptFile) -> bool:
    """Whether the same is here already; raises EditionDiffers, WorkingEditionThere."""
    if not file.is_working:
        edition = queries.find_edition(file.catalogue.slug)
        if edition is not None and edition.document != file.document:
            raise EditionDiffers
        return edition is not None
    current = queries.find_working_edition()
    if current is None:
        return False
    day = file.catalogue.surroundings.structures_of.first_day
    if _said(working.read_all(current, on=day)) != _said(file.catalogue):
        raise WorkingEditionThere
    return True


def _said(catalogue: Catalogue) -> str:
    """What the working edition says itself: the structures of a county are not written in it."""
    around = replace(catalogue.surroundings, structures=(), structures_of=ProcessDate())
    return canonical(replace(catalogue, surroundings=around))


def _add_edition(file: ConceptFile, registers: Registers) -> Edition:
    catalogue = file.catalogue
    check_free(catalogue.slug, registers.concept, catalogue.edition)
    edition = Edition(
        slug=catalogue.slug,
        concept=registers.concept,
        number=catalogue.edition,
        title=catalogue.title,
        reason=catalogue.reason,
        document=file.document,
        sha256=checksum(file.document),
        cut_at=file.cut_at,
        is_example=catalogue.is_example,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


@contextmanager
def _new_rows() -> Iterator[Counter[str]]:
    """How many rows of each table the block makes; raises FileRefused for words that are longer than their column."""
    made: Counter[str] = Counter()

    def look(session: Session, *_more: object) -> None:
        for row in session.new:
            made[row.__tablename__] += 1
            for column in inspect(type(row)).column_attrs:
                kind, value = column.columns[0].type, getattr(row, column.key)
                if isinstance(kind, String) and kind.length and isinstance(value, str) and len(value) > kind.length:
                    raise FileRefused

    session = db.session()
    event.listen(session, "before_flush", look)
    try:
        yield made
    finally:
        event.remove(session, "before_flush", look)


def _keep_pictures(file: ConceptFile) -> None:
    """Last of all, as files do not go when a transaction is undone."""
    if not is_rehearsal():
        for each in file.surrounding.pictures:
            if each.content:
                storage.keep(picture_of(each), suffix="jpg")
