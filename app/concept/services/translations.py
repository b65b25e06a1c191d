"""Translations of what the concept says: made from one German version, and outdated when that changes."""

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import ChangedMeanwhile
from app.concept.models import ContentTranslation, PhraseTranslation
from app.concept.services.working import LANGUAGE
from app.db import db, lock, now, transactional
from app.texts import services as texts
from app.texts.errors import TextEmpty
from app.texts.models import TextVersion


@transactional
def translate(
    source: TextVersion, *, language: str, wording: str, is_machine: bool = False, by: Account | None
) -> ContentTranslation:
    """Say in another language what this German version says; the latest of its translations counts.

    Raises ChangedMeanwhile when the German text has another version by now, TextEmpty.
    """
    if language == LANGUAGE:
        raise ValueError("German is what is translated")
    if lock(source.text).current.id != source.id:
        raise ChangedMeanwhile
    made = ContentTranslation(
        source=source,
        version=texts.write(wording, language=language),
        language=language,
        is_machine=is_machine,
        made_by_id=by.id if by else None,
    )
    db.session.add(made)
    log.record("concept.translate", made, by=by, fields=["version"])
    return made


@transactional
def translate_phrase(
    phrase: str, *, language: str, wording: str, is_machine: bool = False, by: Account | None
) -> PhraseTranslation:
    """Say a name or title in another language; a correction replaces the row. Raises TextEmpty."""
    wording = texts.normalize(wording)
    if not wording:
        raise TextEmpty
    row = db.session.scalars(
        select(PhraseTranslation).where(PhraseTranslation.phrase == phrase, PhraseTranslation.language == language)
    ).one_or_none()
    row = lock(row) if row else PhraseTranslation(phrase=phrase, language=language)
    row.wording, row.is_machine, row.made_at, row.made_by_id = wording, is_machine, now(), by.id if by else None
    db.session.add(row)
    db.session.flush()
    log.record("concept.translate_phrase", row, by=by, fields=["wording"])
    return row
