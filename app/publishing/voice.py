"""How the content sounds in one language: translated where there is a translation, German where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from babel import Locale
from flask_babel import force_locale, format_decimal

from app.concept import translated
from app.concept.blocks import Inline
from app.concept.catalogue import Catalogue, CatalogueMeasure, Worded, version_ids
from app.concept.models import ContentTranslation, Duration, PhraseTranslation
from app.languages import SOURCE
from app.process_date import ProcessDate, Shape
from app.publishing.words import labels, said
from app.web.language import PREFIXES

T = TypeVar("T")
LANGUAGES = (SOURCE, *PREFIXES)  # those our fonts have the letters of


class Voice:
    """Only while the language is set: `with speaking(...)`. What is not in it is marked as German."""

    def __init__(
        self, language: str, texts: dict[int, ContentTranslation], phrases: dict[str, PhraseTranslation]
    ) -> None:
        self.language = language
        self.texts, self.phrases = texts, phrases
        self.labels = labels()
        self.is_partly_german = self.is_partly_machine = False
        self.asked: dict[str, None] = {}  # names and titles that were said, each once, in their order

    @property
    def is_source(self) -> bool:
        return self.language == SOURCE

    @property
    def direction(self) -> str:
        return str(Locale.parse(self.language).text_direction)

    def label(self, name: str, **values: object) -> Inline:
        found = self._heard(self.labels[name])
        return replace(found, text=found.text % values) if values else found

    def say(self, label: object) -> Inline:
        return self._heard(said(label))

    def in_german(self, ask: Callable[[], T]) -> T:
        with force_locale(SOURCE):
            return ask()

    def german(self, ask: Callable[[], str]) -> Inline:
        """A sentence that is said in German only."""
        return self._german(self.in_german(ask))

    def worded(self, each: Worded) -> Inline:
        """A wording: as translated from exactly this version."""
        found = self.texts.get(each.version_id)
        if found is not None:
            return self._translated(found.version.content, is_machine=found.is_machine)
        return self._german(each.wording)

    def phrase(self, german: str) -> Inline:
        """A name or title."""
        self.asked[german] = None
        found = self.phrases.get(german)
        if found is not None:
            return self._translated(found.wording, is_machine=found.is_machine)
        return self._german(german)

    def title(self, german: str) -> str:
        """The same where no language can be marked: in outlines and running heads."""
        return self.phrase(german).text

    def number(self, value: str) -> str:
        return str(format_decimal(Decimal(value)))

    def when(self, date: ProcessDate) -> Inline:
        """As a ProcessDate says it itself, with the words around its parts in this language, too."""
        if self.is_source or date.shape not in {Shape.OPEN, Shape.RANGE}:
            return Inline(text=str(date) if date else "")
        if date.is_open:
            return self.label("since", start=date.starts)
        return self.label("period", start=date.starts, end=ProcessDate(date.notation.partition("/")[2]))

    def period(self, measure: CatalogueMeasure) -> Inline:
        starts, ends = self.when(measure.starts).text, self.when(measure.ends).text
        if starts and ends:
            return self.label("period", start=starts, end=ends)
        if starts:
            return self.label("since" if measure.duration is Duration.PERMANENT else "from", start=starts)
        return self.label("until", end=ends) if ends else Inline()

    def _heard(self, label: Inline) -> Inline:
        self.is_partly_german |= label.language == SOURCE
        return label

    def _translated(self, wording: str, *, is_machine: bool) -> Inline:
        self.is_partly_machine |= bool(is_machine)
        return Inline(text=wording)

    def _german(self, wording: str) -> Inline:
        if self.is_source or not wording:
            return Inline(text=wording)
        self.is_partly_german = True
        return Inline(text=wording, language=SOURCE)


@contextmanager
def speaking(language: str, catalogue: Catalogue) -> Iterator[Voice]:
    """A block in which everything is said in this language; loads its translations in two queries."""
    with force_locale(language):
        if language == SOURCE:
            yield Voice(language, {}, {})
        else:
            texts = translated.translations_of(version_ids(catalogue), language)
            yield Voice(language, texts, translated.phrases(language))
