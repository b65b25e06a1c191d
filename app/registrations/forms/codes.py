"""Invitation codes that organisers ask for."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.local_time import end_of
from app.registrations.forms.lists import limit_field
from app.registrations.forms.words import one_line
from app.registrations.services.codes import MOST_AT_ONCE
from app.web.fields import DayField, IntegerField


class CodesForm(FlaskForm):
    count = IntegerField(
        _("Wie viele Codes"),
        default=1,
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(1, MOST_AT_ONCE, _("Geben Sie eine Zahl von 1 bis %(max)s an.")),
        ],
        widget=TextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    persons = limit_field(_("Für wie viele Personen je Code"), _("Leer: für beliebig viele."))
    note = StringField(
        _("Für wen"),
        description=_("Sehen nur Sie, etwa „Mitglieder des Kreistags“."),
        filters=[one_line],
        validators=[Length(max=200, message=_("Das sind mehr als %(max)d Zeichen."))],
        render_kw={"autocomplete": "off"},
    )
    last_day = DayField(_("Gilt bis"), description=_("Leer: bis zum Ende der Anmeldung."), validators=[Optional()])

    @property
    def valid_until(self) -> datetime | None:
        return end_of(self.last_day.data) if self.last_day.data else None
