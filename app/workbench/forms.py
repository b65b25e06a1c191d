"""Input at the workbench."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.proposals.forms import section_choices


class WordingForm(FlaskForm):
    """The passages are ticked beside it (name `passage`), the words they led to stand in fields of their own."""

    wording = TextAreaField(
        _("Gemeinsame Formulierung"),
        validators=[
            DataRequired(_("Schreiben Sie, was alle gemeinsam sagen.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )
    section = SelectField(_("Thema"), validators=[Optional()])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.section.choices = [SelectChoice("", _("noch offen")), *section_choices()]
