"""Input at the desk: condensing, deciding."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.accounts.forms import EMAIL_RULES
from app.calls.errors import OutsideCall
from app.calls.models import Call
from app.calls.queries import published_calls
from app.proposals.forms import KINDS, as_stored, language_choices, municipality_choices, section_choices
from app.proposals.forms.attachments import AttachmentList
from app.proposals.models import CHANNEL_LABELS, Channel, ProposalKind
from app.proposals.services.intake import MOST_CHARACTERS
from app.structures.models import Organization
from app.structures.queries import organizations
from app.web.fields import DayField

TYPED_CHANNELS = (
    *(Channel.LETTER, Channel.PHONE, Channel.MAIL, Channel.WORKSHOP, Channel.WORKING_GROUP, Channel.RECOMMENDATION),
)


LETTER_RULE = Length(max=MOST_CHARACTERS, message=_("Ein Beitrag hat höchstens 20.000 Zeichen. Teilen Sie ihn auf."))


class TypedContributionForm(FlaskForm):
    """What somebody of the team types in: as it was written or said, and how it came."""

    channel = RadioField(
        _("Wie kam der Beitrag?"), choices=[SelectChoice(each.value, CHANNEL_LABELS[each]) for each in TYPED_CHANNELS]
    )
    received_on = DayField(_("Eingegangen am"), validators=[InputRequired(_("Geben Sie den Tag an."))])
    text = TextAreaField(
        _("Der Beitrag, Wort für Wort"),
        filters=[as_stored],
        validators=[DataRequired(_("Schreiben Sie ab, was im Brief steht oder gesagt wurde.")), LETTER_RULE],
        render_kw={"rows": 8, "data-most": MOST_CHARACTERS},
    )
    language = SelectField(_("Sprache"), validators=[Optional()])
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        description=_("Wenn der Beitrag nicht auf Deutsch ist und Sie ihn gleich übersetzen können."),
        filters=[as_stored],
        validators=[LETTER_RULE],
        render_kw={"rows": 4, "lang": "de"},
    )
    title = StringField(_("Überschrift"), validators=[Length(max=200, message=_("Höchstens 200 Zeichen."))])
    call = SelectField(_("Zu welchem Aufruf?"), validators=[Optional()])
    section = SelectField(_("Thema"), validators=[Optional()])
    municipality = SelectField(_("Um welche Gemeinde geht es?"), validators=[Optional()])
    kind = RadioField(_("Was ist es?"), choices=KINDS, default=ProposalKind.GOAL.value, coerce=ProposalKind)
    organization = SelectField(_("Von welcher Organisation?"), validators=[Optional()])
    organization_name = StringField(
        _("Oder ihr Name, wenn sie nicht in der Liste steht"),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
    )
    may_be_named = BooleanField(_("Die Organisation darf neben dem Beitrag genannt werden."))
    name = StringField(
        _("Name der Person"),
        description=_("Nur für Rückfragen. Er wird nie veröffentlicht."),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
    )
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_(
            "Nur wenn die Person hören möchte, was daraus wird. Sie bekommt zuerst einen Link zum Bestätigen."
        ),
        validators=[Optional(), *EMAIL_RULES[1:]],
    )
    postal_address = TextAreaField(
        _("Anschrift für die Antwort"),
        description=_("Wenn die Person keine E-Mail-Adresse hat und die Antwort als Brief bekommen möchte."),
        validators=[Length(max=300, message=_("Höchstens 300 Zeichen."))],
        render_kw={"rows": 3},
    )
    files = AttachmentList(label=_("Was dem Brief beilag"))

    def __init__(self, *, today: date, given: Mapping[str, str]) -> None:
        super().__init__(
            data={
                "channel": Channel.LETTER.value,
                "kind": ProposalKind.GOAL,
                **{name: value for name, value in given.items() if name != "received_on"},
                "received_on": _day(given.get("received_on", ""), today),
            }
        )
        self.today = today
        self.organizations = organizations()
        self.calls = published_calls()
        named_calls = [SelectChoice(each.slug, each.title) for each in self.calls]
        self.call.choices = [SelectChoice("", _("zu keinem")), *named_calls]
        self.section.choices = [SelectChoice("", _("weiß ich nicht")), *section_choices()]
        self.municipality.choices = [SelectChoice("", _("um den ganzen Landkreis")), *municipality_choices()]
        self.language.choices = [SelectChoice("", _("bitte erkennen")), *language_choices()]
        named = [SelectChoice(each.slug, each.label) for each in self.organizations]
        self.organization.choices = [SelectChoice("", _("von keiner, oder sie steht nicht in der Liste")), *named]

    def validate_received_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("Der Tag liegt in der Zukunft."))

    @property
    def chosen_call(self) -> Call | None:
        return next((each for each in self.calls if each.slug == self.call.data), None)

    def fits_call(self) -> bool:
        """Say at the day if the call was not open on it."""
        call = self.chosen_call
        if call is None or call.covers(self.received_on.data):
            return True
        self.received_on.errors = [OutsideCall.message]
        return False

    @property
    def chosen_organization(self) -> Organization | None:
        return next((each for each in self.organizations if each.slug == self.organization.data), None)


class ImportForm(FlaskForm):
    """A file; or, once it was looked at, what stood in it (`content`, Base64), so that it need not be chosen again."""

    channel = RadioField(
        _("Wie kamen die Beiträge?"),
        choices=[SelectChoice(channel.value, label) for channel, label in CHANNEL_LABELS.items()],
        default=Channel.WORKSHOP.value,
    )
    file = FileField(_("Datei"), description=_("CSV, XLSX oder JSON mit einer Spalte „text“; dazu „id“ oder „url“."))
    content = HiddenField()

    @property
    def bytes(self) -> bytes:
        """What was sent; empty when nothing was."""
        if self.file.data:
            return bytes(self.file.data.read())
        try:
            return b64decode(self.content.data or "", validate=True)
        except ValueError:  # no Base64, or signs that are no ASCII
            return b""


def _day(value: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return otherwise
