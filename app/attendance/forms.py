"""Input at the door: on the page, and what a device sends later."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.attendance.entries import Entry, Guest, Scan
from app.attendance.models import EntryKind
from app.events.models import Event
from app.registrations.forms.words import one_line
from app.web.fields import IntegerField
from app.web.sent_entries import Said, count_in, key_in, moment_in, text_in

MOST_GUESTS = 20
NAME_LENGTH = 200


class CodeForm(FlaskForm):
    code = StringField(
        _("Code eingeben oder Handscanner"),
        validators=[DataRequired(_("Geben Sie den Code ein, der auf dem Ticket steht."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"},
    )


class GuestForm(FlaskForm):
    name = StringField(
        _("Name"),
        validators=[
            DataRequired(_("Geben Sie einen Namen an.")),
            Length(max=NAME_LENGTH, message=_("Ein Name hat höchstens 200 Zeichen.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "off", "dir": "auto"},
    )
    persons = IntegerField(
        _("Wie viele Personen sind es?"),
        default=1,
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(1, MOST_GUESTS, _("Geben Sie eine Zahl von 1 bis %(max)s an.")),
        ],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


class DeviceForm(FlaskForm):
    name = StringField(
        _("Name des Geräts"),
        description=_("Woran das Team es erkennt: „Haupteingang“ oder „Telefon Beispielperson“."),
        validators=[
            DataRequired(_("Geben Sie dem Gerät einen Namen.")),
            Length(max=80, message=_("Höchstens 80 Zeichen.")),
        ],
    )
    table = SelectField(
        _("Wo wird eingelassen?"),
        coerce=lambda value: int(value) if value else None,
        validators=[Optional()],
    )
    may_exceed = BooleanField(
        _("Gäste auch einlassen, wenn alle Plätze vergeben sind"),
    )

    def choose_from(self, event: Event) -> "DeviceForm":
        tables = [SelectChoice(table.id, f"{table.number}. {table.title}") for table in event.tables]
        self.table.choices = [SelectChoice("", _("Für die ganze Veranstaltung")), *tables]
        return self


def read_entry(said: Said) -> Entry | Scan | Guest:
    """One entry as a device sends it; raises ValueError for what is none."""
    known, at = key_in(said), moment_in(said)
    match said.get("kind"):
        case "guest":
            return Guest(known, at, text_in(said, "name", NAME_LENGTH), count_in(said, "persons", MOST_GUESTS))
        case "scan":
            return Scan(known, at, text_in(said, "code", 400))
        case "arrived":
            return Entry(known, at, count_in(said, "attendee"))
        case "undone":
            return Entry(known, at, count_in(said, "attendee"), EntryKind.UNDONE, key_in(said, "undoes"))
    raise ValueError("no kind of entry")
