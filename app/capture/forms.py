"""Input of a table's scribe."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, Length

from app.proposals import languages
from app.proposals.forms import KINDS, language_choices
from app.proposals.models import ProposalKind

LINE_LENGTH = 1000


class CaptureForm(FlaskForm):
    text = StringField(
        _("Was wurde gesagt?"),
        validators=[
            DataRequired(_("Schreiben Sie einen Satz auf, so wie er gesagt wurde.")),
            Length(max=LINE_LENGTH, message=_("Bitte bleiben Sie unter 1.000 Zeichen.")),
        ],
        render_kw={"autofocus": True, "autocomplete": "off", "maxlength": LINE_LENGTH, "enterkeyhint": "send"},
    )
    kind = SelectField(_("Art"), choices=KINDS, default=ProposalKind.GOAL.value, coerce=ProposalKind)
    language = SelectField(_("Sprache"), default=languages.SOURCE)

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.language.choices = language_choices()
