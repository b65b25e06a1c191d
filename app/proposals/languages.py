"""The languages people contribute in, and finding out which one a text is written in."""

from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from lingua import LanguageDetector

SOURCE = "de"
DETECTED = ("de", "en", "fr", "it", "tr", "uk", "ru", "ar", "fa", "ro")
OFFERED = (*DETECTED, "pl", "es", "pt", "hr", "sr", "sq", "bg", "el", "hu", "ku", "ps", "so", "ti", "am", "vi", "zh")


def detect(content: str) -> str:
    """The likeliest of the county's ten languages; German where nothing tells. Marked as detected where it is shown."""
    language = _detector().detect_language_of(content)
    return language.iso_code_639_1.name.lower() if language else SOURCE


def name_of(code: str, reader: str = SOURCE) -> str:
    """What the language is called in the reader's language."""
    try:
        return Locale.parse(code).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


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
