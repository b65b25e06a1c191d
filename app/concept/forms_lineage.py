"""Input for splitting, merging and taking over goals and measures again: as many fields as there are parts."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectChoice, TextAreaField
from wtforms.validators import Length

from app.concept.forms import WORDING, ReasonForm
from app.concept.models import Goal, Measure
from app.web.fields import BoxesField
from app.web.parameters import row_number

MOST_PARTS = 6


class SplitForm(ReasonForm):
    """`parts(n)` gives a form for n parts: wording, the words it comes from, and which measures serve it."""

    version_id = HiddenField()  # what the writer had before them
    count = 0

    @classmethod
    def parts(cls, count: int, measures: Sequence[Measure]) -> "type[SplitForm]":
        fields: dict[str, Any] = {"count": count}
        for number in range(1, count + 1):
            fields[f"wording_{number}"] = _wording(_("Wortlaut von Teil %(number)s", number=number))
            fields[f"words_{number}"] = _words(_("Aus diesen Worten des alten"))
            if measures:
                fields[f"measures_{number}"] = _measures(measures)
        return type("SplitForm", (cls,), fields)

    def chosen(self, number: int) -> list[str] | None:
        """Codes of measures; None where there are none to choose from."""
        field = getattr(self, f"measures_{number}", None)
        return None if field is None else list(field.data)


class MergeForm(ReasonForm):
    """`of(items)` gives a form with the words of each."""

    wording = TextAreaField(_("Gemeinsamer Wortlaut"), validators=WORDING, render_kw={"rows": 4})
    version_ids = HiddenField()

    @classmethod
    def of(cls, items: Sequence[Goal | Measure]) -> "type[MergeForm]":
        fields: dict[str, Any] = {
            f"words_{number}": _words(_("Aus diesen Worten von %(code)s", code=each.code))
            for number, each in enumerate(items, 1)
        }
        return type("MergeForm", (cls,), fields)


def version_numbers(field: HiddenField, count: int = 1) -> list[int]:
    """As sent, separated by blanks; 0, which is no version, for what is missing or no number."""
    sent = [row_number(each) for each in str((field.raw_data or [""])[0]).split()]
    return [*sent, *[0] * count][:count]


def _wording(label: object) -> TextAreaField:
    return TextAreaField(label, validators=WORDING, render_kw={"rows": 3})


def _words(label: object) -> TextAreaField:
    return TextAreaField(
        label,
        description=_("Wort für Wort aus dem alten Wortlaut; leer heißt: aus dem ganzen."),
        validators=[Length(max=2000, message=_("Das ist zu lang."))],
        render_kw={"rows": 2},
    )


def _measures(measures: Sequence[Measure]) -> BoxesField:
    return BoxesField(
        _("Diese Maßnahmen gehören dazu"),
        choices=[SelectChoice(each.code, f"{each.code}: {each.text.current.content}") for each in measures],
        default=[each.code for each in measures],
    )
