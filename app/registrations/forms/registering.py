"""Input of whoever registers."""

import re
from hashlib import sha256
from secrets import token_urlsafe
from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from app.accounts.forms import EMAIL_RULES
from app.events.models import Event, TableChoice, ThemeTable
from app.registrations.models import Registration
from app.registrations.services import Companion

MOST_PERSONS = 50
NAME_LENGTH = 200
WEB_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)


def one_line(value: str | None) -> str:
    return " ".join((value or "").split())


def is_no_advertisement(_form: FlaskForm, field: Field) -> None:
    """A name stands in mails to an address that nobody has confirmed yet."""
    if WEB_ADDRESS.search(field.data or ""):
        raise ValidationError(gettext("In einem Namen steht keine Web-Adresse."))


class PartyForm(FlaskForm):
    persons = IntegerField(
        _("Wie viele Personen kommen?"),
        default=1,
        description=_("Sie selbst zählen mit."),
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(1, MOST_PERSONS, _("Geben Sie eine Zahl von 1 bis %(max)s an.")),
        ],
        widget=TextInput(),  # a wrong number is shown again, not lost
        render_kw={"inputmode": "numeric"},
    )
    companions = TextAreaField(
        _("Namen der weiteren Personen"),
        description=_("Einer je Zeile. So weiß das Team vor Ort, wer kommt."),
        validators=[is_no_advertisement],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    table = SelectField(
        _("An welchem Tisch möchten Sie sitzen?"),
        description=_("Ein Wunsch, keine Zusage: So sehen wir, welcher Tisch wie groß wird."),
        coerce=lambda value: int(value) if value else None,
        validators=[Optional()],
    )

    def offer_tables(self, event: Event) -> Self:
        """Leave the question out where there is nothing to choose."""
        if event.tables and event.table_choice is not TableChoice.NONE:
            tables = [SelectChoice(table.id, f"{table.number}. {table.title}") for table in event.tables]
            self.table.choices = [SelectChoice("", _("Ist mir gleich")), *tables]
        else:
            del self.table
        return self

    def validate_companions(self, field: Field) -> None:
        names = self.companion_names
        if any(len(name) > NAME_LENGTH for name in names):
            raise ValidationError(gettext("Ein Name hat höchstens 200 Zeichen."))
        if self.persons.data and len(names) > self.persons.data - 1:
            raise ValidationError(gettext("Das sind mehr Namen als weitere Personen."))

    @property
    def companion_names(self) -> list[str]:
        return [name for name in map(one_line, (self.companions.data or "").splitlines()) if name]

    @property
    def companions_named(self) -> list[Companion]:
        return [Companion(name) for name in self.companion_names]

    def chosen_table(self, event: Event) -> ThemeTable | None:
        if self.table is None:
            return None
        return next((table for table in event.tables if table.id == self.table.data), None)

    def chosen_tables(self, event: Event) -> list[ThemeTable]:
        table = self.chosen_table(event)
        return [table] if table else []


class RegistrationForm(PartyForm):
    name = StringField(
        _("Ihr Name"),
        filters=[one_line],
        validators=[
            DataRequired(_("Geben Sie Ihren Namen an.")),
            Length(max=NAME_LENGTH, message=_("Ein Name hat höchstens 200 Zeichen.")),
            is_no_advertisement,
        ],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _("Ihre E-Mail-Adresse"),
        description=_("Dorthin schicken wir den Link, mit dem Sie bestätigen, ändern und absagen."),
        filters=[one_line],
        validators=EMAIL_RULES,
        render_kw={"autocomplete": "email"},
    )
    wants_updates = BooleanField(
        _("Halten Sie mich auf dem Laufenden, was aus dem wird, was am Tisch gesagt wird"),
    )
    form_token = HiddenField(default=lambda: token_urlsafe(16), filters=[one_line])
    website = StringField(_("Bitte leer lassen"))

    @property
    def is_trapped(self) -> bool:
        """A robot fills every field, also the one people do not see."""
        return bool(self.website.data)

    @property
    def form_id(self) -> str:
        """The same for the same form with the same content: sent twice, it registers once."""
        if not self.form_token.data:
            return ""
        content = [(field.name, field.data) for field in self if field.name != "csrf_token"]
        return sha256(repr(content).encode()).hexdigest()


class ChangeForm(PartyForm):
    @classmethod
    def of(cls, registration: Registration) -> Self:
        names = [attendee.name for attendee in registration.attendees[1:] if attendee.name]
        form = cls(persons=registration.persons, companions="\n".join(names), table=registration.table_id)
        return form.offer_tables(registration.event)


class CapacityForm(FlaskForm):
    capacity = IntegerField(
        _("Plätze"),
        description=_("Leer: so viele, wie kommen."),
        validators=[Optional(), NumberRange(1, 100_000, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
