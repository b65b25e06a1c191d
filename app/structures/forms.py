"""Input for structures."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.accounts.forms import EMAIL_RULES
from app.structures.models import KIND_LABELS, Municipality, Organization, OrganizationKind
from app.web.fields import BoxesField, Known, ProcessDateField, choices

NAME = [DataRequired(_("Geben Sie einen Namen an.")), Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))]
SHORT_NAME = [Length(max=40, message=_("Eine Abkürzung hat höchstens 40 Zeichen."))]
POINT = _("So genau, wie Sie es wissen: 29.03.2016, März 2016 oder 2016.")
SOURCE = _("Woher man das weiß, etwa eine Vorlage mit Datum.")

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


def offer(field: SelectField, organizations: Iterable[Organization], *, empty: str | None = None) -> None:
    """Let people choose one of these; with `empty`, none of them as well."""
    offered = [SelectChoice(each.slug, each.name) for each in organizations]
    field.choices = offered if empty is None else [SelectChoice("", empty), *offered]


def offer_municipalities(field: SelectField, found: Iterable[Municipality]) -> None:
    nobody = SelectChoice("", _("keine"))
    field.choices = [nobody, *(SelectChoice(each.ags, each.name) for each in found)]
