"""Which wordings of the working edition wait for a second person: nobody released them, no edition took them along."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from app.concept.models import WordingAuthor, WordingRelease
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
    """By version: what persons wrote and nobody released, of all texts whose last version is such."""
    unread = ~exists().where(WordingRelease.version_id == WordingAuthor.version_id, ~WordingRelease.is_returned)
    later = aliased(TextVersion)
    is_last = ~exists().where(later.text_id == TextVersion.text_id, later.number > TextVersion.number)
    waiting = select(TextVersion.text_id).join(WordingAuthor).where(unread, is_last)
    if text_ids is not None:
        waiting = waiting.where(TextVersion.text_id.in_(text_ids))
    statement = select(WordingAuthor).join(WordingAuthor.version).where(unread, TextVersion.text_id.in_(waiting))
    loaded: Sequence[WordingAuthor] = db.session.scalars(
        statement.options(joinedload(WordingAuthor.version), joinedload(WordingAuthor.account))
    ).all()
    return {each.version_id: each for each in loaded}
