"""What somebody types in from a scanned sheet."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.forms import EMAIL_RULES
from app.calls.models import Call
from app.proposals import languages
from app.proposals.forms import KINDS, as_stored, language_choices, section_choices
from app.proposals.models import ProposalKind
from app.proposals.services.intake import MOST_CHARACTERS, Contact

LENGTH_RULE = Length(max=MOST_CHARACTERS, message=_("Ein Beitrag hat höchstens 20.000 Zeichen. Teilen Sie ihn auf."))
NAME_RULE = Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))


class SheetForm(FlaskForm):
    """One statement; a sheet may hold several."""

    text = TextAreaField(
        _("Was auf dem Bogen steht, Wort für Wort"),
        filters=[as_stored],
        validators=[DataRequired(_("Schreiben Sie ab, was auf dem Bogen steht.")), LENGTH_RULE],
        render_kw={"rows": 6},
    )
    language = SelectField(_("Sprache"), validators=[Optional()])
    section = SelectField(_("Thema"), validators=[Optional()])
    kind = RadioField(_("Was ist es?"), choices=KINDS, default=ProposalKind.GOAL.value, coerce=ProposalKind)
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        filters=[as_stored],
        validators=[LENGTH_RULE],
        render_kw={"rows": 3, "lang": "de"},
    )
    name = StringField(_("Name der Person"), validators=[NAME_RULE])
    organization_name = StringField(_("Verein oder Organisation"), validators=[NAME_RULE])
    may_be_named = BooleanField(_("Die Organisation darf neben dem Beitrag genannt werden."))
    email = EmailField(_("E-Mail-Adresse"), validators=[Optional(), *EMAIL_RULES[1:]])

    def __init__(self, call: Call, *, language: str) -> None:
        super().__init__(language=language)
        self.section.choices = [SelectChoice("", _("nichts angekreuzt")), *section_choices(call)]
        self.language.choices = [SelectChoice("", _("bitte erkennen")), *language_choices()]

    @property
    def contact(self) -> Contact:
        return Contact(
            name=self.name.data or "",
            organization_name=self.organization_name.data or "",
            may_be_named=self.may_be_named.data,
            email=self.email.data or "",
            language=self.language.data or languages.SOURCE,
        )
