"""Who registers: name, address, and whether they want to hear more."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.forms import EMAIL_RULES
from app.registrations.forms.words import NAME_LENGTH, is_no_advertisement, one_line, some_lines
from app.registrations.models import CHANNEL_LABELS, Channel
from app.web.language import COUNTY_LANGUAGES, SOURCE, language_name

NAME_RULES = [
    DataRequired(_("Geben Sie Ihren Namen an.")),
    Length(max=NAME_LENGTH, message=_("Ein Name hat höchstens 200 Zeichen.")),
    is_no_advertisement,
]


class ContactPart(FlaskForm):
    name = StringField(
        _("Ihr Name"),
        filters=[one_line],
        validators=NAME_RULES,
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


class TypedContactPart(FlaskForm):
    """The same, as an organiser types it for somebody who calls or stands at the desk."""

    channel = RadioField(
        _("Wie kommt die Anmeldung?"),
        choices=[SelectChoice(each.value, CHANNEL_LABELS[each]) for each in (Channel.PHONE, Channel.DESK)],
        default=Channel.PHONE.value,
    )
    name = StringField(_("Name"), filters=[one_line], validators=NAME_RULES, render_kw={"autocomplete": "off"})
    phone = StringField(
        _("Telefon"),
        filters=[one_line],
        validators=[Length(max=40, message=_("Eine Telefonnummer hat höchstens 40 Zeichen."))],
        render_kw={"autocomplete": "off", "inputmode": "tel"},
    )
    postal_address = TextAreaField(
        _("Anschrift"),
        description=_("So, wie sie auf dem Brief stehen soll."),
        filters=[some_lines],
        validators=[Length(max=300, message=_("Eine Anschrift hat höchstens 300 Zeichen."))],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_("Nur, wenn die Person eine hat. Dann bekommt sie Mails, sonst Briefe oder Anrufe."),
        filters=[one_line],
        validators=[Optional(), *EMAIL_RULES[1:]],
        render_kw={"autocomplete": "off"},
    )
    language = SelectField(
        _("Sprache der Briefe und Mails"),
        choices=lambda: [
            SelectChoice(code, language_name(code)) for code in (SOURCE, *(c for c in COUNTY_LANGUAGES if c != "ls"))
        ],
        default=SOURCE,
    )
    wants_updates = BooleanField(_("Möchte hören, was aus dem wird, was am Tisch gesagt wird"))

    def validate_postal_address(self, field: Field) -> None:
        if not (field.data or self.phone.data or self.email.data):
            raise ValidationError(_("Geben Sie eine Anschrift, eine Telefonnummer oder eine E-Mail-Adresse an."))
