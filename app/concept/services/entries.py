"""What chapters are made from: words of the glossary, figures, steps, next steps, and binding definitions."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import exists, func, select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import ChangedMeanwhile, FigureInUse, StepThere, TermThere
from app.concept.models import Definition, GlossaryTerm, Indicator, Measure, ProcessStep, RoadmapTask
from app.concept.services.working import lock_working, write_wording
from app.concept.stand import stand_of
from app.db import db, lock, transactional
from app.errors import DomainError
from app.slugs import slugify

Entry = TypeVar("Entry", GlossaryTerm, Indicator, ProcessStep, RoadmapTask)
UNIQUE: dict[type[object], tuple[str, type[DomainError]]] = {
    GlossaryTerm: ("term", TermThere),
    ProcessStep: ("number", StepThere),
}


@transactional
def add_entry(model: type[Entry], *, by: Account | None, **values: Any) -> Entry:  # noqa: ANN401 -- columns
    """A new row with these columns. Raises TermThere for a word that the glossary has, StepThere for a taken number."""
    working = lock_working()
    entry = model(**values)
    _check_unique(entry)
    if isinstance(entry, RoadmapTask):
        entry.concept_id, entry.position = working.concept_id, _next_position(working.concept_id)
        entry.kind = "other"
    if isinstance(entry, Indicator):
        entry.slug = _slug(entry)
    db.session.add(entry)
    log.record(f"concept.add_{model.__tablename__}", entry, by=by)
    return entry


@transactional
def change_entry(entry: Entry, *, by: Account | None, expected_stand: str, **values: Any) -> None:  # noqa: ANN401 -- columns
    """Raises ChangedMeanwhile when it is not what `expected_stand` says any more, TermThere, StepThere."""
    entry = lock(entry)
    if stand_of(entry) != expected_stand:
        raise ChangedMeanwhile
    for name, value in values.items():
        setattr(entry, name, value)
    with db.session.no_autoflush:
        _check_unique(entry)
    log.record(f"concept.change_{entry.__tablename__}", entry, by=by, fields=sorted(values))


@transactional
def remove_entry(entry: Entry, *, by: Account | None) -> None:
    """Editions that hold it keep it. Raises FigureInUse for the figure that a measure is to change."""
    entry = lock(entry)
    if isinstance(entry, Indicator):
        _check_unused(entry)
    log.record(f"concept.remove_{entry.__tablename__}", entry, by=by)
    db.session.delete(entry)


@transactional
def add_definition(*, title: str, wording: str, source: str, by: Account | None) -> Definition:
    """A binding definition, quoted by chapters under its slug. Raises TextEmpty."""
    lock_working()
    slugs = set(db.session.scalars(select(Definition.slug)))
    base = slugify(title)[:50] or "verstaendnis"
    slug = next(each for each in (base, *(f"{base}-{n}" for n in range(2, len(slugs) + 3))) if each not in slugs)
    definition = Definition(slug=slug, title=title, source=source, text=write_wording(wording, by=by).text)
    db.session.add(definition)
    log.record("concept.add_definition", definition, by=by)
    return definition


@transactional
def reword_definition(
    definition: Definition,
    *,
    title: str,
    wording: str,
    source: str,
    by: Account | None,
    expected_stand: str,
    at: datetime | None = None,
) -> None:
    """The next wording, quoted everywhere from this one place. Raises ChangedMeanwhile, TextEmpty."""
    lock_working()
    definition = lock(definition)
    if stand_of(definition) != expected_stand:
        raise ChangedMeanwhile
    write_wording(wording, text=definition.text, by=by, at=at)
    definition.title, definition.source = title, source
    log.record("concept.reword_definition", definition, by=by, fields=["title", "text", "source"])


def _check_unique(entry: GlossaryTerm | Indicator | ProcessStep | RoadmapTask) -> None:
    model = type(entry)
    if model not in UNIQUE:
        return
    name, error = UNIQUE[model]
    is_same = getattr(model, name) == getattr(entry, name)
    if db.session.scalar(select(exists().where(is_same, model.id != (entry.id or 0)))):
        raise error


def _check_unused(indicator: Indicator) -> None:
    codes = db.session.scalars(select(Measure.code).where(Measure.indicator_id == indicator.id).order_by(Measure.id))
    if found := codes.all():
        raise FigureInUse(found)


def _next_position(concept_id: int) -> int:
    last = select(func.max(RoadmapTask.position)).where(RoadmapTask.concept_id == concept_id)
    return (db.session.scalar(last) or 0) + 1


def _slug(indicator: Indicator) -> str:
    """Of title, day and a number: figures of many years bear the same title."""
    base = slugify(f"{indicator.title[:50]} {indicator.as_of}")
    taken = set(db.session.scalars(select(Indicator.slug).where(Indicator.slug.startswith(base, autoescape=True))))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
