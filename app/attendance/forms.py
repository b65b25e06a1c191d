"""Input at the door: on the page, and what a device sends later."""

import unicodedata
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.attendance.entries import Entry, Guest, Scan
from app.attendance.models import EntryKind
from app.db import now
from app.events.models import Event
from app.registrations.forms.words import one_line

MOST_GUESTS = 20
MOST_ENTRIES = 200  # in one request; a device sends more of them one after the other
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


def read_entry(said: Mapping[str, object]) -> Entry | Scan | Guest:
    """One entry as a device sends it; raises ValueError for what is none."""
    known, at = str(uuid.UUID(_text(said, "uuid", 36))), _moment(said)
    match said.get("kind"):
        case "guest":
            return Guest(known, at, _text(said, "name", NAME_LENGTH), _count(said, "persons", MOST_GUESTS))
        case "scan":
            return Scan(known, at, _text(said, "code", 400))
        case "arrived":
            return Entry(known, at, _count(said, "attendee"))
        case "undone":
            undoes = str(uuid.UUID(_text(said, "undoes", 36)))
            return Entry(known, at, _count(said, "attendee"), EntryKind.UNDONE, undoes)
    raise ValueError("no kind of entry")


def _text(said: Mapping[str, object], name: str, most: int) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most or has_no_writing(value):
        raise ValueError(f"{name} is no text")
    return " ".join(value.split())


def has_no_writing(value: str) -> bool:
    """Control signs and half signs: no keyboard makes them, no font and not every database has them."""
    return any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value)


def _count(said: Mapping[str, object], name: str, most: int = 2**31 - 1) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise ValueError(f"{name} is no number")
    return value


def _moment(said: Mapping[str, object]) -> datetime:
    """The device's clock; what lies in the future is now."""
    value = datetime.fromisoformat(_text(said, "at", 40))
    if value.tzinfo is None:
        raise ValueError("a time without its zone")
    try:
        return min(value.astimezone(UTC), now())
    except OverflowError as error:
        raise ValueError("a time without a calendar") from error
