"""Input for structures."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Regexp,
    ValidationError,
)

from app import spreadsheets
from app.accounts.forms import EMAIL_RULES
from app.structures.models import KIND_LABELS, Municipality, Organization, OrganizationKind
from app.web.fields import BoxesField, DayField, IntegerField, Known, ProcessDateField, choices

NAME = [DataRequired(_("Geben Sie einen Namen an.")), Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))]
SHORT_NAME = [Length(max=40, message=_("Eine Abkürzung hat höchstens 40 Zeichen."))]
POINT = _("So genau, wie Sie es wissen: 29.03.2016, März 2016 oder 2016.")
SOURCE = _("Woher man das weiß, etwa eine Vorlage mit Datum.")
POSITION = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)")

MOST_NAMED = 50  # things wrong in a pasted table
SPEAKS = _("Wer für diese Organisation handelt, sagt dann, welche Ideen die Gemeinde übernommen hat.")


class OrganizationForm(FlaskForm):
    name = StringField(_("Name"), validators=NAME)
    short_name = StringField(_("Kurzer Name"), default="", validators=SHORT_NAME)
    kind = SelectField(_("Art"), choices=choices(KIND_LABELS), coerce=OrganizationKind)
    parent = SelectField(_("Gehört zu"))
    municipality = SelectField(_("Verwaltung der Gemeinde"), default="", description=SPEAKS)
    founded = ProcessDateField(_("Gegründet"))
    is_planned = BooleanField(_("Es gibt sie noch nicht, sie ist geplant"))
    description = TextAreaField(_("Beschreibung"), default="", render_kw={"rows": 5})


class EditForm(FlaskForm):
    name = StringField(_("Name"), validators=NAME)
    short_name = StringField(_("Kurzer Name"), default="", validators=SHORT_NAME)
    parent = SelectField(_("Gehört zu"))
    municipality = SelectField(_("Verwaltung der Gemeinde"), default="", description=SPEAKS)
    description = TextAreaField(_("Beschreibung"), default="", render_kw={"rows": 5})


class FoundingForm(FlaskForm):
    founded = ProcessDateField(_("Gegründet"), description=POINT, validators=[Known()])


class DissolutionForm(FlaskForm):
    dissolved = ProcessDateField(_("Aufgelöst"), description=POINT, validators=[Known()])
    reason = TextAreaField(
        _("Grund"),
        description=_("Der Grund steht auf der Seite der Organisation."),
        validators=[DataRequired(_("Sagen Sie, warum die Organisation aufgelöst wird."))],
        render_kw={"rows": 3},
    )
    successors = BoxesField(_("Wer die Arbeit weiterführt"))


class LeadershipForm(FlaskForm):
    lead = SelectField(_("Wer leitet"))
    valid = ProcessDateField(_("Seit wann oder von wann bis wann"))
    source = StringField(_("Quelle"), default="", description=SOURCE)


class SeatForm(FlaskForm):
    category = StringField(
        _("Wer hier sitzt"),
        description=_("Eine Gruppe, keine Namen: etwa „Große Kreisstädte“."),
        validators=[
            DataRequired(_("Geben Sie an, wer hier sitzt.")),
            Length(max=120, message=_("Das sind mehr als 120 Zeichen.")),
        ],
    )
    on_behalf_of = SelectField(_("Entsandt von"))
    is_voluntary = BooleanField(_("auf freiwilliger Basis"))
    valid = ProcessDateField(_("Seit wann oder von wann bis wann"))
    source = StringField(_("Quelle"), default="", description=SOURCE)


class MandateForm(FlaskForm):
    email = EmailField(_("E-Mail-Adresse des Kontos"), validators=EMAIL_RULES, render_kw={"autocomplete": "off"})


class InvitationForm(FlaskForm):
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_("Wir schreiben dorthin und nennen Ihren Namen."),
        validators=EMAIL_RULES,
        render_kw={"autocomplete": "off"},
    )


class AcceptanceForm(FlaskForm):
    name = StringField(_("Ihr Name"), validators=NAME, render_kw={"autocomplete": "name"})


class MunicipalityChangeForm(FlaskForm):
    name = StringField(
        _("Name"),
        validators=[
            DataRequired(_("Geben Sie einen Namen an.")),
            Length(max=100, message=_("Ein Name hat höchstens 100 Zeichen.")),
        ],
    )
    status = StringField(
        _("Was sie ist"),
        description=_("Etwa: Gemeinde, Stadt, Große Kreisstadt."),
        validators=[
            DataRequired(_("Schreiben Sie, ob es eine Stadt oder eine Gemeinde ist.")),
            Length(max=40, message=_("Höchstens 40 Zeichen.")),
        ],
    )
    post_code = StringField(
        _("Postleitzahl"),
        description=_("Bei mehreren die der Verwaltung."),
        validators=[Regexp(r"\d{5}\Z", message=_("Eine Postleitzahl hat fünf Ziffern."))],
        render_kw={"inputmode": "numeric"},
    )
    population = IntegerField(
        _("Einwohnerinnen und Einwohner"),
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(0, 9_999_999, _("Eine Zahl ohne Punkt, etwa 4800.")),
        ],
    )
    population_on = DayField(_("Gezählt am"), validators=[DataRequired(_("Geben Sie den Tag an."))])
    association = StringField(
        _("Verwaltungsgemeinschaft"), default="", validators=[Length(max=100, message=_("Höchstens 100 Zeichen."))]
    )
    position = StringField(
        _("Lage auf der Karte"),
        description=_("Breite und Länge, etwa 47.6603, 9.1758. Danach zeichnen wir die Karte der Gemeinden."),
        validators=[DataRequired(_("Geben Sie Breite und Länge an."))],
    )

    def validate_position(self, field: StringField) -> None:
        if self._place() is None:
            raise ValidationError(_("Schreiben Sie Breite und Länge mit einem Komma dazwischen, etwa 47.6603, 9.1758."))

    def _place(self) -> tuple[float, float] | None:
        match = POSITION.fullmatch((self.position.data or "").strip())
        if match is None:
            return None
        latitude, longitude = (float(each) for each in match.groups())
        return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None

    def values(self) -> dict[str, Any]:
        latitude, longitude = self._place() or (0.0, 0.0)
        given = {name: value for name, value in self.data.items() if name not in ("position", "csrf_token")}
        return {**given, "association": self.association.data or "", "latitude": latitude, "longitude": longitude}


class MunicipalityForm(MunicipalityChangeForm):
    ags = StringField(
        _("Amtlicher Gemeindeschlüssel"),
        description=_("Acht Ziffern; er bleibt für immer."),
        validators=[Regexp(r"\d{8}\Z", message=_("Der Schlüssel hat acht Ziffern."))],
        render_kw={"inputmode": "numeric"},
    )


class MunicipalitiesForm(FlaskForm):
    """A table as it is pasted from a spreadsheet, with a line of names above it; each row is checked like one alone."""

    table = TextAreaField(
        _("Die Tabelle"),
        validators=[DataRequired(_("Fügen Sie eine Tabelle ein."))],
        render_kw={"rows": 12, "spellcheck": "false"},
    )

    wrong: Sequence[str] = ()  # what is wrong with which row

    def validate_table(self, field: TextAreaField) -> None:
        try:
            lines = spreadsheets.read(field.data.encode(), required="ags")
        except spreadsheets.FileUnreadable:
            raise ValidationError(gettext("Die erste Zeile nennt die Spalten, eine davon ist ags.")) from None
        if not lines:
            raise ValidationError(gettext("Unter den Namen der Spalten steht noch keine Zeile."))
        forms = [(line.number, _row_form(line.cells)) for line in lines]
        self.wrong = [
            gettext("Zeile %(number)s, %(field)s: %(error)s", number=number, field=form[name].label.text, error=error)
            for number, form in forms
            if not form.validate()
            for name, errors in form.errors.items()
            for error in errors
        ][:MOST_NAMED]
        if self.wrong:
            raise ValidationError(gettext("In dieser Tabelle stimmt noch etwas nicht. Eingetragen ist nichts."))
        self.rows = [form.values() for _number, form in forms]


def _row_form(cells: dict[str, str]) -> MunicipalityForm:
    """Spreadsheets write days and decimals as their language does."""
    latitude, longitude = (cells.get(name, "").replace(",", ".") for name in ("latitude", "longitude"))
    given = {
        **cells,
        "position": f"{latitude}, {longitude}",
        "population_on": "-".join(reversed(cells.get("population_on", "").split("."))),
    }
    return MunicipalityForm(formdata=MultiDict(given), meta={"csrf": False})


def offer(field: SelectField, organizations: Iterable[Organization], *, empty: str | None = None) -> None:
    """Let people choose one of these; with `empty`, none of them as well."""
    offered = [SelectChoice(each.slug, each.name) for each in organizations]
    field.choices = offered if empty is None else [SelectChoice("", empty), *offered]


def offer_municipalities(field: SelectField, found: Iterable[Municipality]) -> None:
    nobody = SelectChoice("", _("keine"))
    field.choices = [nobody, *(SelectChoice(each.ags, each.name) for each in found)]
