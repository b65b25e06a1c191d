"""Another e-mail address."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField

from app.accounts.forms import EMAIL_RULES


def without_spaces(value: str | None) -> str:
    return "".join((value or "").split())


class EmailForm(FlaskForm):
    email = EmailField(
        _("Ihre neue E-Mail-Adresse"),
        description=_(
            "Dorthin schicken wir einen Link. Die Adresse gilt, sobald Sie ihn geöffnet und bestätigt haben."
        ),
        filters=[without_spaces],
        validators=EMAIL_RULES,
        render_kw={"autocomplete": "email"},
    )
