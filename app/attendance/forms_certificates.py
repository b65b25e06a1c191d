"""Input about certificates of attendance."""

from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Form, StringField
from wtforms.validators import DataRequired, Length

from app.registrations.forms.words import one_line


class NameForm(FlaskForm):
    """For somebody whose name nobody has given yet."""

    name = StringField(
        _("Name"),
        description=_("So steht er auf der Bestätigung."),
        filters=[one_line],
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "name"},
    )

    @classmethod
    def about(cls, attendee_id: int, **options: object) -> Self:
        """Several stand on one page, a form for each person."""
        return cls(prefix=f"person{attendee_id}", **options)


class CodeForm(Form):
    code = StringField(
        _("Prüfcode"),
        description=_("Er steht unten auf der Bestätigung: drei Gruppen aus vier Buchstaben und Ziffern."),
        filters=[one_line],
        validators=[
            DataRequired(_("Geben Sie den Prüfcode ein.")),
            Length(max=40, message=_("So lang ist kein Prüfcode. Er hat zwölf Zeichen.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
