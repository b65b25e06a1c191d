"""Input for printing and sending."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.distribution.models import PRINT_FORMAT_LABELS, PrintFormat
from app.web.fields import BoxesField, DayField, EuroField, IntegerField, Known, ProcessDateField, choices

MOST = 100_000
COPIES = NumberRange(min=1, max=MOST, message=_("Geben Sie eine Zahl von 1 bis 100.000 an."))
NO_COPIES = _("Geben Sie an, wie viele Exemplare.")
NO_DAY = _("Geben Sie einen Tag an.")
LONG = Length(max=200, message=_("Höchstens 200 Zeichen."))


class PrintJobForm(FlaskForm):
    title = StringField(
        _("Bezeichnung"),
        description=_("Zum Beispiel: Erste Auflage."),
        validators=[DataRequired(_("Geben Sie dem Druck einen Namen.")), LONG],
    )
    format = SelectField(_("Format"), choices=choices(PRINT_FORMAT_LABELS), coerce=PrintFormat)
    planned = ProcessDateField(_("Wann gedruckt wird"), validators=[Known()])
    copies = IntegerField(_("Auflage"), validators=[Optional(), COPIES])
    printer = StringField(_("Druckerei"), default="", validators=[LONG])
    cost = EuroField(_("Kosten in Euro"))
    source = StringField(_("Quelle"), default="", description=_("Woher man das weiß, etwa eine Vorlage mit Datum."))


class NewPrintJobForm(PrintJobForm):
    edition = SelectField(_("Fassung"), description=_("Gedruckt wird nur, was feststeht."))


class DeliveryForm(FlaskForm):
    copies = IntegerField(_("Gelieferte Exemplare"), validators=[InputRequired(NO_COPIES), COPIES])
    delivered_on = DayField(_("Geliefert am"), validators=[InputRequired(NO_DAY)])


class SendForm(FlaskForm):
    sent_on = DayField(_("Versandt am"), validators=[InputRequired(NO_DAY)])
    recipients = BoxesField(_("An diese Adressen"), coerce=int)


class HandOutForm(FlaskForm):
    copies = IntegerField(_("Exemplare"), validators=[InputRequired(NO_COPIES), COPIES])
    purpose = StringField(
        _("Wofür"),
        description=_("Zum Beispiel: ausgelegt im Bürgerbüro."),
        validators=[DataRequired(_("Sagen Sie, wohin die Exemplare gehen.")), LONG],
    )
    event = SelectField(_("Veranstaltung"))
    handed_out_on = DayField(_("Ausgegeben am"), validators=[InputRequired(NO_DAY)])


class PresentationForm(FlaskForm):
    occasion = SelectField(_("Veranstaltung"), validators=[DataRequired(_("Wählen Sie eine Veranstaltung."))])
    group = SelectField(_("Für wen"))


class BodyPresentationForm(FlaskForm):
    edition = SelectField(_("Fassung"))


class GroupForm(FlaskForm):
    title = StringField(_("Neue Gruppe"), validators=[DataRequired(_("Geben Sie der Gruppe einen Namen.")), LONG])


class RecipientForm(FlaskForm):
    name = StringField(
        _("Name"),
        description=_("Gemeinde, Verein, Amt oder Einrichtung."),
        validators=[DataRequired(_("Geben Sie an, wer die Exemplare bekommt.")), LONG],
    )
    contact = StringField(
        _("Zu Händen"),
        default="",
        description=_("Nur, wenn es nötig ist. Der Name wird gelöscht, wenn die Adresse den Verteiler verlässt."),
        validators=[LONG],
    )
    street = StringField(_("Straße und Hausnummer oder Postfach"), default="", validators=[LONG])
    post_code = StringField(
        _("Postleitzahl"), default="", validators=[Length(max=10, message=_("Höchstens 10 Zeichen."))]
    )
    city = StringField(_("Ort"), default="", validators=[Length(max=100, message=_("Höchstens 100 Zeichen."))])
    copies = IntegerField(_("Exemplare"), default=1, validators=[InputRequired(NO_COPIES), COPIES])
