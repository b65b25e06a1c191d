"""What all changes of the working edition share: its lock, codes, places, the record of what changed and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select

from app.accounts.models import Account
from app.audit import log
from app.concept import queries
from app.concept.errors import NotInWorkingEdition, NoWorkingEdition, WordingChanged
from app.concept.models import (
    CatalogueChange,
    ChangeKind,
    Goal,
    Measure,
    MunicipalIdea,
    Section,
    WordingAuthor,
    WorkingEdition,
    WorkingGoal,
    WorkingMeasure,
    WorkingSection,
)
from app.db import db, lock, now
from app.errors import ReasonMissing
from app.texts import services as texts
from app.texts.models import Text, TextVersion

LANGUAGE = "de"  # the binding text
WITHOUT_REASON = frozenset({ChangeKind.ADDED, ChangeKind.BUDGETED})  # money goes its way by itself, year after year
CODE_LETTER: dict[type[Goal | Measure], str] = {Goal: "Z", Measure: "M"}

Placement = TypeVar("Placement", WorkingSection, WorkingGoal, WorkingMeasure, MunicipalIdea)


def lock_working() -> WorkingEdition:
    """Let one at a time give codes and places, or freeze what stands there; raises NoWorkingEdition."""
    working = queries.find_working_edition()
    if working is None:
        raise NoWorkingEdition
    return lock(working)


def next_code(model: type[Goal] | type[Measure]) -> str:
    """Serial, meaningless, never reused: rows of goals and measures are never deleted. Only under the lock."""
    last = db.session.scalars(select(model.code).order_by(func.length(model.code).desc(), model.code.desc())).first()
    number = int(last.partition("-")[2]) + 1 if last else 1
    return f"{CODE_LETTER[model]}-{number:03}"


def placement_of(section: Section) -> WorkingSection:
    """Raise NotInWorkingEdition for a section that is not part of the working edition."""
    return _found(
        db.session.scalars(select(WorkingSection).where(WorkingSection.section_id == section.id)).one_or_none()
    )


def arrange(placements: Sequence[Placement], moved: Placement, position: int | None) -> None:
    """Put `moved` at the position among the others, at the end without one; the places count from 1 without gaps."""
    ordered: list[Placement] = [placement for placement in placements if placement is not moved]
    ordered.insert(len(ordered) if position is None else max(position, 1) - 1, moved)
    close_gaps(ordered)


def close_gaps(placements: Sequence[Placement]) -> None:
    for place, placement in enumerate(placements, 1):
        placement.position = place


def write_wording(
    wording: str, *, text: Text | None = None, by: Account | None, at: datetime | None = None
) -> TextVersion:
    """The next version, or the first of a new text; who wrote it is noted, since another person has to release it.

    Only under the lock. Raises TextEmpty.
    """
    before = None
    if text is not None:
        db.session.expire(text, ["versions"])  # somebody may have written while we waited for the lock
        before = text.current
    version = texts.write(wording, language=LANGUAGE, text=text)
    if by is not None and version is not before:
        db.session.add(WordingAuthor(version=version, account_id=by.id, written_at=at or now()))
        db.session.flush()
    return version


def reword(
    item: Goal | Measure,
    wording: str,
    *,
    reason: str,
    by: Account | None,
    at: datetime | None,
    expected_version_id: int | None,
) -> TextVersion:
    """Append a version and why; raises WordingChanged when the current one is not the one expected."""
    before = current_version(item, expected_version_id)
    version = write_wording(wording, text=item.text, by=by, at=at)
    if version is not before:
        record_change(ChangeKind.REWORDED, item, reason=reason, by=by, at=at, version=version)
        log.record(f"concept.reword_{item.__tablename__}", item, by=by, fields=["text"])
    return version


def current_version(item: Goal | Measure, expected_id: int | None = None) -> TextVersion:
    """The last wording, also when somebody wrote it while we waited for the lock; raises WordingChanged."""
    db.session.expire(item.text, ["versions"])
    current = item.text.current
    if expected_id is not None and current.id != expected_id:
        raise WordingChanged
    return current


def record_change(
    kind: ChangeKind,
    item: Goal | Measure,
    *,
    reason: str,
    by: Account | None,
    at: datetime | None,
    version: TextVersion | None = None,
) -> CatalogueChange:
    """Append why. What was there before does not change without a reason; raises ReasonMissing."""
    if kind not in WITHOUT_REASON and not reason.strip():
        raise ReasonMissing
    change = CatalogueChange(
        kind=kind,
        goal=item if isinstance(item, Goal) else None,
        measure=item if isinstance(item, Measure) else None,
        version=version,
        reason=reason.strip(),
        made_at=at or now(),
        made_by_id=by.id if by else None,
    )
    db.session.add(change)
    return change


def _found(placement: WorkingSection | None) -> WorkingSection:
    if placement is None:
        raise NotInWorkingEdition
    return placement
