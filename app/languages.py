"""Languages people speak in the county, and what they are called."""

from babel import Locale, UnknownLocaleError

SOURCE = "de"
DETECTED = ("de", "en", "fr", "it", "tr", "uk", "ru", "ar", "fa", "ro")
OFFERED = (*DETECTED, "pl", "es", "pt", "hr", "sr", "sq", "bg", "el", "hu", "ku", "ps", "so", "ti", "am", "vi", "zh")


def name_of(code: str, reader: str = SOURCE) -> str:
    """What the language is called in the reader's language."""
    try:
        return Locale.parse(code).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code
