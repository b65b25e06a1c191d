"""Input of a contribution, and of the receipt that leads back to it."""

from collections.abc import Sequence
from functools import cached_property

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.forms import EMAIL_RULES
from app.calls.models import Call
from app.concept import queries as concept
from app.concept.models import Goal, Measure
from app.proposals import languages, queries
from app.proposals.forms.attachments import AttachmentList
from app.proposals.models import PROPOSAL_KIND_LABELS, ProposalKind
from app.structures.models import Organization
from app.structures.queries import municipalities
from app.texts import services as texts

TEXT_LENGTH = 4000  # characters as they are stored
OPTION_LENGTH = 90
TEXT_RULE = Length(max=TEXT_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen. Es ist noch alles da."))
ABOUT_SOMETHING = (ProposalKind.CHANGE, ProposalKind.DROP)
KIND_QUESTIONS = {
    ProposalKind.GOAL: _("ein neues Ziel"),
    ProposalKind.MEASURE: _("eine neue Maßnahme"),
    ProposalKind.CHANGE: _("etwas ändern, das schon im Konzept steht"),
    ProposalKind.DROP: _("etwas streichen, das im Konzept steht"),
    ProposalKind.IDEA: _("eine Idee für Städte und Gemeinden"),
    ProposalKind.GOOD_PRACTICE: _("ein gutes Beispiel, das es schon gibt"),
}
TASKS = {
    ProposalKind.CHANGE: _("So soll es künftig heißen"),
    ProposalKind.DROP: _("Warum soll das wegfallen?"),
    ProposalKind.GOOD_PRACTICE: _("Was läuft gut, und wo?"),
}
KINDS = [SelectChoice(kind.value, label) for kind, label in PROPOSAL_KIND_LABELS.items()]


def language_choices() -> list[SelectChoice]:
    """Every language by its own reader's name for it; the ten of the county first."""
    reader = str(get_locale() or languages.SOURCE)
    return [SelectChoice(code, languages.name_of(code, reader)) for code in languages.OFFERED]


def as_stored(value: str | None) -> str:
    """So that characters are counted as they are kept: a browser sends two for the end of a line."""
    return texts.normalize(value or "")


def municipality_choices() -> list[SelectChoice]:
    return [SelectChoice(each.ags, each.name) for each in municipalities()]


def section_choices(call: Call | None = None) -> list[SelectChoice]:
    """All sections, or those that a call asks about."""
    asked = {section.id for section in call.sections} if call else set()
    return [SelectChoice(each.slug, each.title) for each in queries.sections() if not asked or each.id in asked]


class ContributionForm(FlaskForm):
    """What somebody proposes. A change or a removal is about a goal or measure, whose wording stands beside it."""

    text = TextAreaField(
        _("In Zukunft soll …"),
        filters=[as_stored],
        validators=[DataRequired(_("Schreiben Sie, was sich ändern soll. Ein Satz genügt.")), TEXT_RULE],
        render_kw={"rows": 6, "data-most": TEXT_LENGTH},
    )
    kind = RadioField(
        _("Was ist es?"),
        choices=[SelectChoice(kind.value, label) for kind, label in KIND_QUESTIONS.items()],
        default=ProposalKind.GOAL.value,
        validators=[Optional()],
        coerce=ProposalKind,
    )
    about = SelectField(_("Um welches Ziel oder welche Maßnahme geht es?"), validate_choice=False)
    section = SelectField(_("Thema"), validators=[Optional()])
    municipality = SelectField(_("Um welche Gemeinde geht es?"), validators=[Optional()])
    language = SelectField(_("Sprache Ihres Beitrags"), validators=[Optional()])
    on_behalf_of = SelectField(_("Für wen schreiben Sie?"), validators=[Optional()])
    name = StringField(
        _("Ihr Name"),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "name"},
    )
    organisation = StringField(
        _("Verein oder Organisation"),
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "organization"},
    )
    may_be_named = BooleanField(_("Die Organisation darf neben dem Beitrag genannt werden."))
    email = EmailField(
        _("E-Mail-Adresse"), validators=[Optional(), *EMAIL_RULES[1:]], render_kw={"autocomplete": "email"}
    )
    files = AttachmentList(label=_("Fotos oder Dateien"))
    website = StringField()  # the trap for robots
    altcha = HiddenField()
    draft = HiddenField()
    aufruf = HiddenField()  # the slug of a call

    def __init__(self, *, call: Call | None = None, represented: Sequence[Organization] = (), **more: object) -> None:
        super().__init__(**more)
        self.call = call
        self.represented = represented
        self.about.choices = _about_choices(self.about.data)
        self.section.choices = [SelectChoice("", _("weiß ich nicht")), *section_choices(call)]
        self.municipality.choices = [SelectChoice("", _("um den ganzen Landkreis")), *municipality_choices()]
        self.language.choices = [SelectChoice("", _("bitte erkennen")), *language_choices()]
        if represented:
            named = [SelectChoice(each.slug, each.name) for each in represented]
            self.on_behalf_of.choices = [SelectChoice("", _("nur für mich")), *named]
        else:
            del self.on_behalf_of
        self.text.label.text = TASKS.get(self.chosen_kind, self.text.label.text)

    @property
    def chosen_kind(self) -> ProposalKind:
        return self.kind.data or ProposalKind.GOAL

    @cached_property
    def subject(self) -> Goal | Measure | None:
        """What a change or a removal is about."""
        code = self.about.data or ""
        return concept.get_goal(code) or concept.get_measure(code)

    @property
    def organization(self) -> Organization | None:
        chosen = self.on_behalf_of.data if self.represented else None
        return next((each for each in self.represented if each.slug == chosen), None)

    def start_from_subject(self) -> None:
        """A change starts from the present wording; whatever else it is does not."""
        if self.subject is None:
            return
        present = self.subject.text.current.content
        if self.chosen_kind is ProposalKind.CHANGE and not self.text.data:
            self.text.data = present
        elif self.chosen_kind is not ProposalKind.CHANGE and self.text.data == present:
            self.text.data = ""

    def validate_text(self, field: Field) -> None:
        subject = self.subject if self.chosen_kind is ProposalKind.CHANGE else None
        if subject is not None and field.data == subject.text.current.content:
            raise ValidationError(gettext("Das ist noch der bisherige Text. Ändern Sie, was anders werden soll."))

    def validate_about(self, field: Field) -> None:
        if field.data and self.subject is None:
            raise ValidationError(gettext("Dieses Ziel oder diese Maßnahme gibt es nicht."))
        if self.chosen_kind in ABOUT_SOMETHING and self.subject is None:
            raise ValidationError(gettext("Wählen Sie, was Sie ändern oder streichen möchten."))


def _about_choices(chosen: str | None) -> dict[str, list[SelectChoice]]:
    """The goals and measures of the working edition, by section; and what somebody came from, wherever it stands."""
    sections = concept.working_catalogue().sections if concept.find_working_edition() else ()
    groups = {
        section.title: [SelectChoice(item.code, _shortened(f"{item.number} {item.wording}")) for item in section.items]
        for section in sections
    }
    known = {item.code for section in sections for item in section.items}
    others = [SelectChoice("", _("nichts davon"))]
    if chosen and chosen not in known:
        others.append(SelectChoice(chosen, chosen))
    return {str(_("Etwas Neues")): others, **groups}


def _shortened(wording: str) -> str:
    return wording if len(wording) <= OPTION_LENGTH else f"{wording[:OPTION_LENGTH].rsplit(' ', 1)[0]} …"


class ReceiptForm(FlaskForm):
    code = StringField(
        _("Belegnummer"),
        validators=[DataRequired(_("Geben Sie Ihre Belegnummer ein."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
