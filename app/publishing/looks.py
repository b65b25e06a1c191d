"""The formats a concept is printed in: one template, a row of numbers each."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

BLEED = 3.0  # how far colours run over the edge of a sheet that is cut, in millimetres


@dataclass(frozen=True)
class Look:
    """All in millimetres but the size of the type, in points; `marks` is the room around the sheet for crop marks."""

    label: object
    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    size: float
    marks: float = 0


LOOKS = {
    "a4": Look(_("A4"), 210, 297, 25, 22, 24, 24, 10.5),
    "a5": Look(_("A5-Heft mit Schnittmarken"), 148, 210, 17, 14, 17, 17, 9, marks=12),
    "gross": Look(_("Großdruck"), 210, 297, 22, 20, 24, 24, 17),
}
