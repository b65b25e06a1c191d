"""What people type: cleaned of what nobody sees, and checked for what belongs in no name."""

import re
import unicodedata

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import ValidationError

NAME_LENGTH = 200
MOST_LETTERS_OF_CODE = 20
WEB_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)
# Arabic, Persian and emoji need the joiners; the marks for direction belong to names in them, too.
MEANT = frozenset("\u200c\u200d\u200e\u200f\u061c")


def clean(value: str | None) -> str:
    """Without signs that no font shows or that reorder what others read; PostgreSQL stores no NUL."""
    kept = (sign for sign in value or "" if sign in MEANT or sign == "\n" or not _is_invisible(sign))
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(value: str | None) -> str:
    return " ".join(clean((value or "").replace("\n", " ").replace("\t", " ")).split())


def some_lines(value: str | None) -> str:
    return clean((value or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def plain_code(value: str | None) -> str:
    """An invitation code as it is stored: people type small letters, blanks and hyphens."""
    return "".join(sign for sign in (value or "").upper() if sign.isalnum())[:MOST_LETTERS_OF_CODE]


def is_no_advertisement(_form: FlaskForm, field: Field) -> None:
    """A name stands in mails to an address that nobody has confirmed yet."""
    if WEB_ADDRESS.search(field.data or ""):
        raise ValidationError(gettext("In einem Namen steht keine Web-Adresse."))


def _is_invisible(sign: str) -> bool:
    """Controls, formats such as overrides of direction, halves of a pair."""
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"}
