"""The languages people contribute in, and finding out which one a text is written in."""

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from app.languages import DETECTED, OFFERED, SOURCE, name_of

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["OFFERED", "SOURCE", "detect", "direction_of", "name_of"]


def detect(content: str) -> str:
    """The likeliest of the county's ten languages; German where nothing tells. Marked as detected where it is shown."""
    language = _detector().detect_language_of(content)
    return language.iso_code_639_1.name.lower() if language else SOURCE


def direction_of(code: str) -> str:
    try:
        return Locale.parse(code).text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"


@cache
def _detector() -> "LanguageDetector":
    from lingua import IsoCode639_1, LanguageDetectorBuilder  # loads its models: only where a language is asked for

    codes = [IsoCode639_1.from_str(code) for code in DETECTED]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).with_low_accuracy_mode().build()
