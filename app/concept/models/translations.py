"""Translations of what the concept says: help for reading; the German wording is the binding one."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.texts.models import TextVersion

LONGEST_PHRASE = 1000


class TranslationState(StrEnum):
    """Derived: a translation of an earlier German version is outdated, whoever made it."""

    MISSING = "missing"
    OUTDATED = "outdated"
    MACHINE = "machine"
    HUMAN = "human"


TRANSLATION_STATE_LABELS = {
    TranslationState.MISSING: _("fehlt"),
    TranslationState.OUTDATED: _("veraltet"),
    TranslationState.MACHINE: _("maschinell"),
    TranslationState.HUMAN: _("von Menschen übersetzt"),
}


class ContentTranslation(Model):
    """What one German version says in another language; append-only, the latest of a version and language counts."""

    __tablename__ = "content_translation"

    id: Mapped[PrimaryKey]
    source_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id), unique=True)
    language: Mapped[str] = mapped_column(String(12))
    is_machine: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    source: Mapped[TextVersion] = relationship(foreign_keys=source_id)
    version: Mapped[TextVersion] = relationship(foreign_keys=version_id)


class PhraseTranslation(Model):
    """A name, title or paragraph in another language: of chapters, offices, events. Other German words: another row."""

    __tablename__ = "phrase_translation"
    __table_args__ = (UniqueConstraint("phrase", "language"),)

    id: Mapped[PrimaryKey]
    phrase: Mapped[str] = mapped_column(String(LONGEST_PHRASE))
    language: Mapped[str] = mapped_column(String(12))
    wording: Mapped[str]
    is_machine: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    @property
    def state(self) -> TranslationState:
        return TranslationState.MACHINE if self.is_machine else TranslationState.HUMAN
