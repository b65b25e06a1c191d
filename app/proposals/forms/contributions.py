"""Input of a contribution, and of the receipt that leads back to it."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.forms import EMAIL_RULES
from app.calls.models import Call
from app.proposals import languages, queries
from app.proposals.models import PROPOSAL_KIND_LABELS, ProposalKind

TEXT_LENGTH = 4000
KINDS = [SelectChoice(kind.value, label) for kind, label in PROPOSAL_KIND_LABELS.items()]


def language_choices() -> list[SelectChoice]:
    """Every language by its own reader's name for it; the ten of the county first."""
    reader = str(get_locale() or languages.SOURCE)
    return [SelectChoice(code, languages.name_of(code, reader)) for code in languages.OFFERED]


def section_choices(call: Call | None = None) -> list[SelectChoice]:
    """All sections, or those that a call asks about."""
    asked = {section.id for section in call.sections} if call else set()
    return [SelectChoice(each.slug, each.title) for each in queries.sections() if not asked or each.id in asked]


class ContributionForm(FlaskForm):
    text = TextAreaField(
        _("In Zukunft soll …"),
        validators=[
            DataRequired(_("Schreiben Sie, was sich ändern soll. Ein Satz genügt.")),
            Length(max=TEXT_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 6, "maxlength": TEXT_LENGTH},
    )
    section = SelectField(_("Thema"), validators=[Optional()])
    kind = RadioField(
        _("Was ist es?"), choices=KINDS, default=ProposalKind.GOAL.value, validators=[Optional()], coerce=ProposalKind
    )
    language = SelectField(_("Sprache Ihres Beitrags"), validators=[Optional()])
    name = StringField(
        _("Ihr Name"),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "name"},
    )
    organisation = StringField(
        _("Verein oder Organisation"),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "organization"},
    )
    may_be_named = BooleanField(_("Die Organisation darf neben dem Beitrag genannt werden."))
    email = EmailField(
        _("E-Mail-Adresse"), validators=[Optional(), *EMAIL_RULES[1:]], render_kw={"autocomplete": "email"}
    )
    website = StringField()  # the trap for robots

    def __init__(self, *, call: Call | None = None, **more: object) -> None:
        super().__init__(**more)
        self.section.choices = [SelectChoice("", _("weiß ich nicht")), *section_choices(call)]
        self.language.choices = [SelectChoice("", _("bitte erkennen")), *language_choices()]


class ReceiptForm(FlaskForm):
    code = StringField(
        _("Belegnummer"),
        validators=[DataRequired(_("Geben Sie Ihre Belegnummer ein."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
