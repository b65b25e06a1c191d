"""Input at the desk: condensing, deciding."""

from base64 import b64decode
from collections.abc import Collection, Mapping
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
from app.concept.catalogue import Catalogue
from app.proposals.forms import KINDS, TEXT_LENGTH, language_choices, section_choices
from app.proposals.models import CHANNEL_LABELS, OUTCOME_LABELS, Channel, DecisionOutcome, ProposalKind
from app.structures.models import Organization
from app.structures.queries import organizations
from app.web.fields import DayField, choices

# What must be filled in for what is to become of it
NEEDED: dict[str, tuple[str, ...]] = {
    "goal": ("wording", "section"),
    "goal_wording": ("wording", "goal"),
    "measure": ("wording", "goal", "responsible"),
}


TYPED_CHANNELS = (
    *(Channel.LETTER, Channel.PHONE, Channel.MAIL, Channel.WORKSHOP, Channel.WORKING_GROUP, Channel.RECOMMENDATION),
)


class TypedContributionForm(FlaskForm):
    """What somebody of the team types in: as it was written or said, and how it came."""

    channel = RadioField(
        _("Wie kam der Beitrag?"), choices=[SelectChoice(each.value, CHANNEL_LABELS[each]) for each in TYPED_CHANNELS]
    )
    received_on = DayField(_("Eingegangen am"), validators=[InputRequired(_("Geben Sie den Tag an."))])
    text = TextAreaField(
        _("Der Beitrag, Wort für Wort"),
        validators=[
            DataRequired(_("Schreiben Sie ab, was im Brief steht oder gesagt wurde.")),
            Length(max=TEXT_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 8, "maxlength": TEXT_LENGTH},
    )
    language = SelectField(_("Sprache"), validators=[Optional()])
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        description=_("Wenn der Beitrag nicht auf Deutsch ist und Sie ihn gleich übersetzen können."),
        validators=[Length(max=TEXT_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen."))],
        render_kw={"rows": 4, "lang": "de"},
    )
    title = StringField(_("Überschrift"), validators=[Length(max=200, message=_("Höchstens 200 Zeichen."))])
    section = SelectField(_("Thema"), validators=[Optional()])
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
        self.section.choices = [SelectChoice("", _("weiß ich nicht")), *section_choices()]
        self.language.choices = [SelectChoice("", _("bitte erkennen")), *language_choices()]
        named = [SelectChoice(each.slug, each.label) for each in self.organizations]
        self.organization.choices = [SelectChoice("", _("von keiner, oder sie steht nicht in der Liste")), *named]

    def validate_received_on(self, field: Field) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(gettext("Der Tag liegt in der Zukunft."))

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


class DecisionForm(FlaskForm):
    outcome = RadioField(
        _("Entscheidung"),
        choices=choices(OUTCOME_LABELS),
        coerce=DecisionOutcome,
        validators=[DataRequired(_("Wählen Sie aus, wie entschieden ist."))],
    )
    answer = TextAreaField(
        _("Öffentliche Antwort"),
        validators=[DataRequired(_("Zu jeder Entscheidung gehört eine öffentliche Antwort."))],
        render_kw={"rows": 5},
    )
    forwarded_to = StringField(_("Weitergeleitet an"), validators=[Length(max=200)])
    into = RadioField(
        _("Wenn angenommen: Was wird daraus?"),
        choices=[
            SelectChoice("nothing", _("nichts Neues im Konzept")),
            SelectChoice("goal", _("ein neues Ziel")),
            SelectChoice("goal_wording", _("ein Ziel bekommt einen neuen Wortlaut")),
            SelectChoice("measure", _("eine neue Maßnahme zu einem Ziel")),
        ],
        default="nothing",
        validators=[Optional()],
    )
    wording = TextAreaField(_("Wortlaut im Konzept"), validators=[Length(max=2000)], render_kw={"rows": 3})
    section = SelectField(_("Thema"), validators=[Optional()])
    goal = SelectField(_("Ziel, um das es geht"), validators=[Optional()])
    responsible = SelectField(_("Wer die Maßnahme verantwortet"), validators=[Optional()])

    def choose_from(self, catalogue: Catalogue, organizations: Collection[Organization]) -> "DecisionForm":
        none = SelectChoice("", _("bitte wählen"))
        self.section.choices = [none, *(SelectChoice(each.slug, each.title) for each in catalogue.sections)]
        self.goal.choices = [
            none,
            *(SelectChoice(each.code, f"{each.number} {each.wording}") for each in catalogue.goals),
        ]
        self.responsible.choices = [none, *(SelectChoice(each.slug, each.name) for each in organizations)]
        return self

    def lacks(self) -> bool:
        """Say at the fields what is missing for what is to become of it."""
        missing = [self[name] for name in NEEDED.get(self.into.data, ()) if not self[name].data]
        for field in missing:
            field.errors = [_("Das fehlt noch.")]
        return bool(missing)


class PassageForm(FlaskForm):
    passage = RadioField(
        _("Um welchen Satz geht es?"), validators=[DataRequired(_("Wählen Sie den Satz, über den entschieden ist."))]
    )


def _day(value: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return otherwise
