"""Input of suggestions, of those who look at them, and of those who lay drafts out and decide."""

from collections.abc import Collection, Sequence
from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.forms import EMAIL_RULES
from app.concept.forms import title_rules
from app.drafting.models import OUTCOME_LABELS, SUGGESTION_KIND_LABELS, DispositionOutcome, SuggestionKind
from app.structures.models import Organization
from app.texts.models import TextVersion
from app.texts.sentences import split
from app.texts.services import Span, normalize
from app.web.fields import BoxesField, DayField, choices
from app.web.parameters import row_number

WORDING_LENGTH = 5000
REASON_LENGTH = 2000
OFFICE = "verwaltung"  # no organisation: the office's own recommendation
SHOWN = 160


def _words(value: str | None) -> str:
    return normalize(value or "")


def at_most(length: int) -> Length:
    return Length(max=length, message=_("Bitte bleiben Sie unter %(max)d Zeichen."))


class SuggestionForm(FlaskForm):
    kind = RadioField(
        _("Was möchten Sie?"),
        choices=choices(SUGGESTION_KIND_LABELS),
        coerce=SuggestionKind,
        default=SuggestionKind.REWORD,
    )
    passage = RadioField(_("Um welche Stelle geht es?"), validate_choice=False)
    wording = TextAreaField(
        _("So soll es heißen"),
        description=_("Beim Ergänzen: was danach kommen soll. Beim Streichen bleibt das Feld leer."),
        filters=[_words],
        validators=[at_most(WORDING_LENGTH)],
        render_kw={"rows": 5, "maxlength": WORDING_LENGTH},
    )
    reason = TextAreaField(
        _("Warum?"),
        filters=[_words],
        validators=[DataRequired(_("Sagen Sie in einem Satz, warum.")), at_most(REASON_LENGTH)],
        render_kw={"rows": 3, "maxlength": REASON_LENGTH},
    )
    on_behalf_of = SelectField(_("Für wen schreiben Sie?"), validators=[Optional()])
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_("Nur wenn Sie hören möchten, was daraus wird. Niemand sieht sie."),
        validators=[Optional(), *EMAIL_RULES[1:]],
        render_kw={"autocomplete": "email"},
    )
    version_id = HiddenField()
    website = StringField()  # the trap for robots
    altcha = HiddenField()

    def __init__(
        self, version: TextVersion, *, senders: Sequence[Organization], is_office: bool, has_account: bool
    ) -> None:
        super().__init__(version_id=str(version.id), passage=_value(0, len(version.content)))
        self.version = version
        self.senders = senders
        self.passage.choices = passages(version)
        named = [SelectChoice(each.slug, each.name) for each in senders]
        if is_office:
            named.insert(0, SelectChoice(OFFICE, _("Amt für Migration und Integration (Empfehlung der Verwaltung)")))
        self.on_behalf_of.choices = [*named, SelectChoice("", _("nur für mich"))]
        if not named:
            del self.on_behalf_of
        if has_account:
            del self.email

    def validate_wording(self, field: TextAreaField) -> None:
        if self.kind.data is not SuggestionKind.DROP and not field.data:
            raise ValidationError(_("Schreiben Sie, was dort stehen soll."))

    def validate_passage(self, field: RadioField) -> None:
        if self.span is None:
            raise ValidationError(_("Wählen Sie eine Stelle."))

    @property
    def span(self) -> Span | None:
        """The characters that are chosen; a script may name others than whole sentences."""
        start, _colon, stop = str(self.passage.data or "").partition(":")
        first, last = row_number(start), row_number(stop)
        if not (start.isdecimal() and first < last <= len(self.version.content)):
            return None
        return Span(self.version, first, last)

    @property
    def is_from_office(self) -> bool:
        return "on_behalf_of" in self and self.on_behalf_of.data == OFFICE

    @property
    def organization(self) -> Organization | None:
        """In whose name; only one that whoever is signed in may speak for."""
        chosen = self.on_behalf_of.data if "on_behalf_of" in self else ""
        return next((each for each in self.senders if each.slug == chosen), None)


def passages(version: TextVersion) -> list[SelectChoice]:
    """The whole text, and each of its sentences where it has several."""
    whole = SelectChoice(_value(0, len(version.content)), _("der ganze Text"))
    sentences = split(version.content)
    if len(sentences) < 2:
        return [whole]
    return [whole, *(SelectChoice(_value(each.start, each.end), _short(each.text)) for each in sentences)]


class BulkForm(FlaskForm):
    """Several suggestions at once; their boxes stand beside them."""

    chosen = SelectMultipleField(
        _("Anregungen"), coerce=int, validators=[DataRequired(_("Wählen Sie mindestens eine Anregung."))]
    )
    outcome = SelectField(
        _("Was daraus wird"),
        choices=choices(OUTCOME_LABELS),
        coerce=DispositionOutcome,
        default=DispositionOutcome.NOT_ADOPTED,
    )
    reason = TextAreaField(
        _("Grund, den alle lesen"), filters=[_words], validators=[at_most(REASON_LENGTH)], render_kw={"rows": 3}
    )

    def choose_from(self, ids: Collection[int]) -> "BulkForm":
        self.chosen.choices = [SelectChoice(str(each)) for each in ids]
        return self


class DispositionForm(FlaskForm):
    outcome = RadioField(
        _("Was daraus wird"),
        choices=choices(OUTCOME_LABELS),
        coerce=DispositionOutcome,
        validators=[DataRequired(_("Wählen Sie, was daraus wird."))],
    )
    wording = TextAreaField(
        _("Der neue Wortlaut"),
        description=_("Mit der Anregung schon darin. Er wird nur gespeichert, wenn Sie etwas einarbeiten."),
        filters=[_words],
        render_kw={"rows": 8},
    )
    reason = TextAreaField(
        _("Warum?"),
        description=_("Steht öffentlich neben der Anregung und im Vergleich der Fassungen."),
        filters=[_words],
        validators=[DataRequired(_("Sagen Sie, warum.")), at_most(REASON_LENGTH)],
        render_kw={"rows": 3},
    )
    version_id = HiddenField()  # what the editor had before them

    @property
    def expected_version_id(self) -> int:
        return row_number((self.version_id.raw_data or [""])[0])


class HearingForm(FlaskForm):
    title = StringField(_("Titel"), validators=title_rules(200))
    opens_on = DayField(_("Vom"), validators=[DataRequired(_("Geben Sie den ersten Tag an."))])
    closes_on = DayField(_("bis zum"), validators=[DataRequired(_("Geben Sie den letzten Tag an."))])
    bodies = BoxesField(
        _("Nur für diese Gremien und Partner"),
        description=_("Ohne Auswahl darf jede und jeder etwas anregen."),
    )

    def validate_closes_on(self, field: DayField) -> None:
        first: date | None = self.opens_on.data if "opens_on" in self else None
        if first and field.data and field.data < first:
            raise ValidationError(_("Der letzte Tag liegt vor dem ersten."))


def _value(start: int, stop: int) -> str:
    return f"{start}:{stop}"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
