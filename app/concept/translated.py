"""Reading translations of what the concept says."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept.catalogue import Catalogue
from app.concept.catalogue import version_ids as version_ids_of
from app.concept.models import ContentTranslation, PhraseTranslation, TranslationState
from app.db import db
from app.languages import name_of
from app.texts.models import TextVersion


def translations_of(version_ids: Collection[int], language: str) -> dict[int, ContentTranslation]:
    """The latest translation of each of these German versions that has one, by version."""
    found = db.session.scalars(
        select(ContentTranslation)
        .where(ContentTranslation.source_id.in_(version_ids), ContentTranslation.language == language)
        .options(joinedload(ContentTranslation.version))
        .order_by(ContentTranslation.id)
    )
    return {each.source_id: each for each in found}


class Translated(NamedTuple):
    """A German version, what there is of it in a language, and whether that still fits."""

    source: TextVersion
    latest: ContentTranslation | None

    @property
    def state(self) -> TranslationState:
        if self.latest is None:
            return TranslationState.MISSING
        if self.latest.source_id != self.source.id:
            return TranslationState.OUTDATED
        return TranslationState.MACHINE if self.latest.is_machine else TranslationState.HUMAN


def work_list(version_ids: Collection[int], language: str) -> dict[int, Translated]:
    """For each of these German versions the latest translation of its text, whichever version that was made from."""
    sources = db.session.scalars(select(TextVersion).where(TextVersion.id.in_(version_ids))).all()
    found = db.session.execute(
        select(TextVersion.text_id, ContentTranslation)
        .join(ContentTranslation, ContentTranslation.source_id == TextVersion.id)
        .where(TextVersion.text_id.in_({source.text_id for source in sources}), ContentTranslation.language == language)
        .options(joinedload(ContentTranslation.version), joinedload(ContentTranslation.source))
        .order_by(ContentTranslation.id)
    ).all()
    latest = {row.text_id: row.ContentTranslation for row in found}
    return {source.id: Translated(source, latest.get(source.text_id)) for source in sources}


def phrases(language: str) -> dict[str, PhraseTranslation]:
    """Names and titles in this language, by the German ones."""
    found = db.session.scalars(select(PhraseTranslation).where(PhraseTranslation.language == language))
    return {each.phrase: each for each in found}


def languages_of_phrases(phrases: Collection[str]) -> dict[str, str]:
    """Into which languages some of these names and paragraphs are translated, each by its own name."""
    statement = select(PhraseTranslation.language).where(PhraseTranslation.phrase.in_(phrases)).distinct()
    return {code: name_of(code, code) for code in sorted(db.session.scalars(statement))}


def languages_of(catalogue: Catalogue) -> dict[str, str]:
    """Into which languages a catalogue is translated, at least in part, each by its own name."""
    return {code: name_of(code, code) for code in sorted(languages(version_ids_of(catalogue)))}


def languages(version_ids: Collection[int]) -> Mapping[str, int]:
    """Into which languages these versions are translated, and how many of them."""
    found = db.session.execute(
        select(ContentTranslation.language, ContentTranslation.source_id)
        .where(ContentTranslation.source_id.in_(version_ids))
        .distinct()
    ).all()
    counts: dict[str, int] = {}
    for language, _source in found:
        counts[language] = counts.get(language, 0) + 1
    return counts
