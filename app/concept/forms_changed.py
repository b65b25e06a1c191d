"""Input for an edition cut from a frozen one: a field for each chosen text."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from app.concept.forms import ReasonForm
from app.concept.passages import Passage
from app.texts.services import normalize

LONGEST = 60_000
ROWS_FOR = 90  # characters in a line of a text area


class WithTexts(FlaskForm):
    """`of(passages)` gives a form with the wording of each, and for goals and measures whether they go."""

    passages: Sequence[Passage] = ()
    may_drop = False

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "type[WithTexts]":
        fields: dict[str, Any] = {"passages": passages}
        for passage in passages:
            version_id, wording = passage.text.version_id, passage.text.wording
            fields[f"wording_{version_id}"] = TextAreaField(
                passage.name,
                default=wording,
                validators=[Length(max=LONGEST, message=_("Das ist zu lang."))],
                render_kw={"rows": min(20, 2 + len(wording) // ROWS_FOR), "dir": "auto"},
            )
            if passage.code and cls.may_drop:
                fields[f"drop_{version_id}"] = BooleanField(_("%(name)s entfällt ganz", name=passage.name))
        return type(cls.__name__, (cls,), fields)

    def validate(self, extra_validators: object = None) -> bool:
        """What does not go says something."""
        is_valid = bool(super().validate(extra_validators))
        for version_id, wording in self.kept_texts().items():
            if not normalize(wording):
                self[f"wording_{version_id}"].errors = [gettext("Schreiben Sie, was hier stehen soll.")]
                is_valid = False
        return is_valid

    def kept_texts(self) -> dict[int, str]:
        """The wordings that were given, by version; not of what goes."""
        ids = [each.text.version_id for each in self.passages]
        return {each: self[f"wording_{each}"].data or "" for each in ids if not self._goes(each)}

    def dropped(self) -> list[str]:
        return [each.code for each in self.passages if each.code and self._goes(each.text.version_id)]

    def _goes(self, version_id: int) -> bool:
        name = f"drop_{version_id}"
        return name in self and bool(self[name].data)


class AmendForm(WithTexts, ReasonForm):
    may_drop = True
    meeting = SelectField(_("Sitzung, in der das Gremium es geändert hat"))
    source = StringField(
        _("Wo es in der Niederschrift steht"),
        description=_("Etwa: Niederschrift, TOP 3, Seite 4."),
        validators=[Length(max=200, message=_("Das sind mehr als 200 Zeichen."))],
    )
    allow_incomplete = BooleanField(_("Auch wenn der Fassung danach etwas fehlt"))


class CorrectForm(WithTexts, ReasonForm):
    """Only words; nothing goes."""


class CompleteForm(ReasonForm):
    """Why: what is new stands in the working edition already."""
