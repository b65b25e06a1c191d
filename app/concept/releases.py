"""Which wordings of the working edition wait for a second person: written by one since the last edition was cut."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from app.concept.models import Amendment, Correction, Edition, WordingAuthor, WordingRelease
from app.concept.subjects import Subject, working_subjects
from app.db import db
from app.texts import queries as texts
from app.texts.models import TextVersion


class Unreleased(NamedTuple):
    """A wording that nobody but its author has let go out; `before` is the last one that may stand, if there is one."""

    subject: Subject
    version: TextVersion
    before: TextVersion | None
    written: WordingAuthor


def unreleased(text_ids: Collection[int] | None = None) -> list[Unreleased]:
    """In the order in which they were written; of these texts, or of all."""
    written = _written(text_ids)
    texts_of = {each.version.text_id for each in written.values()}
    subjects = working_subjects(texts_of)
    found = []
    for text_id, versions in texts.versions_of(subjects.keys()).items():
        current = versions[-1]
        before = next((each for each in reversed(versions) if each.id not in written), None)
        is_back = before is not None and before.content == current.content
        if current.id in written and not is_back:
            found.append(Unreleased(subjects[text_id], current, before, written[current.id]))
    return sorted(found, key=lambda each: (each.written.written_at, each.written.id))


def names() -> list[str]:
    """Of the texts that wait: for the table of what is missing before an edition can be cut (docs/adr/0008)."""
    return [each.subject.name for each in unreleased()]


def authors_of(version_ids: Collection[int]) -> dict[int, WordingAuthor]:
    """By version; what nobody in particular wrote has none."""
    statement = select(WordingAuthor).where(WordingAuthor.version_id.in_(version_ids))
    found = db.session.scalars(statement.options(joinedload(WordingAuthor.account)))
    return {each.version_id: each for each in found}


def _written(text_ids: Collection[int] | None) -> dict[int, WordingAuthor]:
    """By version: what persons wrote since the last edition and nobody released."""
    from_another = [exists().where(model.edition_id == Edition.id) for model in (Amendment, Correction)]
    last_cut = select(func.max(Edition.cut_at)).where(*(~each for each in from_another)).scalar_subquery()
    conditions: list[ColumnElement[bool]] = [
        ~exists().where(WordingRelease.version_id == WordingAuthor.version_id, ~WordingRelease.is_returned),
        (WordingAuthor.written_at > last_cut) | last_cut.is_(None),
    ]
    if text_ids is not None:
        conditions.append(TextVersion.text_id.in_(text_ids))
    statement = select(WordingAuthor).join(WordingAuthor.version).where(*conditions)
    loaded: Sequence[WordingAuthor] = db.session.scalars(
        statement.options(joinedload(WordingAuthor.version), joinedload(WordingAuthor.account))
    ).all()
    return {each.version_id: each for each in loaded}
