"""Input of those who follow and support."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from app.accounts.forms import EMAIL_RULES
from app.proposals.models import RHYTHM_LABELS, Rhythm
from app.registrations.forms.words import one_line
from app.web.fields import choices


class FollowForm(FlaskForm):
    email = EmailField(_("E-Mail-Adresse"), validators=EMAIL_RULES, render_kw={"autocomplete": "email"})
    consent = BooleanField(
        _("Ja, schreiben Sie mir an diese Adresse, was daraus wird. Das kann ich jederzeit beenden."),
        validators=[DataRequired(_("Ohne Ihr Ja dürfen wir Ihnen nicht schreiben."))],
    )
    website = StringField()


class RhythmForm(FlaskForm):
    rhythm = RadioField(
        _("Wie oft dürfen wir Ihnen schreiben?"),
        choices=choices(RHYTHM_LABELS),
        coerce=Rhythm,
        default=Rhythm.AT_ONCE,
        validators=[InputRequired(_("Wählen Sie aus, wie oft."))],
    )


class SupportForm(FlaskForm):
    """Stands on one page with the form for following."""

    email = EmailField(
        _("E-Mail-Adresse"), filters=[one_line], validators=EMAIL_RULES, render_kw={"autocomplete": "email"}
    )
    website = StringField()

    def __init__(self) -> None:
        super().__init__(prefix="unterstuetzung-")
