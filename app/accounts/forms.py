"""Input for signing in and for managing accounts."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, StringField
from wtforms.validators import DataRequired, Email, Length

from app.accounts.models import ROLE_LABELS, Role
from app.web.fields import BoxesField

EMAIL_RULES = [
    DataRequired(_("Geben Sie eine E-Mail-Adresse an.")),
    Length(max=254, message=_("Eine E-Mail-Adresse hat höchstens 254 Zeichen.")),
    Email(_("Schreiben Sie die E-Mail-Adresse ohne Umlaute und so: name@beispiel.de"), allow_smtputf8=False),
]


class SignInForm(FlaskForm):
    email = EmailField(_("E-Mail-Adresse"), validators=EMAIL_RULES, render_kw={"autocomplete": "email"})


class RolesForm(FlaskForm):
    roles = BoxesField(
        _("Was dieses Konto darf"),
        choices=[SelectChoice(role.value, label) for role, label in ROLE_LABELS.items()],
        coerce=Role,
    )


class AccountForm(RolesForm):
    name = StringField(
        _("Name"),
        validators=[
            DataRequired(_("Geben Sie einen Namen an.")),
            Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(_("E-Mail-Adresse"), validators=EMAIL_RULES, render_kw={"autocomplete": "off"})
