"""Lists within a form: groups of boxes, and rows that can be added to."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import FieldList
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from app.web.fields import IntegerField

MOST_PLACES = 100_000


def limit_field(label: object, description: object = "") -> IntegerField:
    """How many places, or nothing: no limit. What was typed is shown again when it is no number."""
    return IntegerField(
        label,
        description=description,
        validators=[
            Optional(),
            NumberRange(1, MOST_PLACES, _("Geben Sie eine Zahl von 1 bis %(max)s an, oder nichts.")),
        ],
        widget=TextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def fill_up(rows: FieldList, count: int, entries: Iterable[object] = ()) -> None:
    """Show at least so many rows."""
    for entry in entries:
        rows.append_entry(entry)
    while len(rows) < count:
        rows.append_entry()
