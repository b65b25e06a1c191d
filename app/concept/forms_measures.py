"""Input for what a measure bears: facts, partners, money."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.accounts.forms import EMAIL_RULES
from app.concept.facts import MeasureFacts
from app.concept.forms import REASON, REASON_HINT, WORDING
from app.concept.forms_desk import NumberField, StandForm
from app.concept.models import (
    BUDGET_STATE_LABELS,
    CHANNEL_LABELS,
    COST_TYPE_LABELS,
    DURATION_LABELS,
    PRIORITY_LABELS,
    Agreement,
    BudgetState,
    Channel,
    Duration,
    Indicator,
    LifeSituation,
    Measure,
    Priority,
    TargetGroup,
)
from app.structures.forms import offer
from app.structures.models import Organization
from app.web.fields import BoxesField, DayField, EuroField, IntegerField, ProcessDateField, choices
from app.web.filters import number
from app.web.parameters import row_number


class OnlyFor:
    """A validator: what follows counts only where another field has this value."""

    def __init__(self, name: str, value: object) -> None:
        self.name, self.value = name, value

    def __call__(self, form: Form, field: Field) -> None:
        if form[self.name].data != self.value:
            field.errors = []
            raise StopValidation


class MeasureHead(FlaskForm):
    section = SelectField(_("Thema"))
    wording = TextAreaField(_("Wortlaut"), validators=WORDING, render_kw={"rows": 4})
    goals = BoxesField(_("Unterziele"), validators=[InputRequired(_("Wählen Sie mindestens ein Unterziel."))])


class FactFields(FlaskForm):
    """What a measure bears besides wording and place; `offer_facts` says what can be chosen."""

    responsible = SelectField(_("Verantwortlich"))
    duration = SelectField(_("Dauer"), choices=choices(DURATION_LABELS), coerce=Duration)
    priority = SelectField(_("Vorrang"), choices=choices(PRIORITY_LABELS), coerce=Priority, default=Priority.NORMAL)
    starts = ProcessDateField(_("Beginn"))
    ends = ProcessDateField(_("Ende"))
    life_situations = BoxesField(_("Lebenslagen"), description=_("Für wen die Maßnahme besonders gedacht ist."))
    target_groups = BoxesField(_("Zielgruppen"))
    indicator = SelectField(
        _("Kennzahl"),
        default="",
        description=_("Welche Zahl sich ändern soll. Neue Zahlen ergänzen Sie unter „Kennzahlen“."),
    )
    target_from = NumberField(_("Ausgangswert"), description=_("Wie es heute ist."))
    target_to = NumberField(_("Zielwert"), description=_("Wie es werden soll."))
    target_by = ProcessDateField(_("Zu erreichen"), description=_("Etwa 2019 oder Dezember 2020."))

    def offer_facts(
        self,
        offices: Iterable[Organization],
        situations: Iterable[LifeSituation],
        groups: Iterable[TargetGroup],
        indicators: Iterable[Indicator],
    ) -> None:
        self.offices: Mapping[str, Organization] = {each.slug: each for each in offices}
        self.situations = {each.slug: each for each in situations}
        self.groups = {each.slug: each for each in groups}
        self.indicators = {each.slug: each for each in indicators}
        offer(self.responsible, self.offices.values())
        self.life_situations.choices = [SelectChoice(slug, each.title) for slug, each in self.situations.items()]
        self.target_groups.choices = [SelectChoice(slug, each.title) for slug, each in self.groups.items()]
        for field in (self.life_situations, self.target_groups):
            if not field.choices:
                field.description = _("Noch keine. Sie tragen sie unter „Lebenslagen und Zielgruppen“ ein.")
        self.indicator.choices = [SelectChoice("", _("keine")), *map(_indicator_choice, self.indicators.values())]

    def validate_ends(self, field: ProcessDateField) -> None:
        if self.starts.data and field.data and field.data.last_day < self.starts.data.first_day:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))

    def validate_indicator(self, field: SelectField) -> None:
        has_target = self.target_from.data is not None or self.target_to.data is not None or self.target_by.data
        if has_target and not field.data:
            raise ValidationError(_("Wählen Sie, welche Zahl gemeint ist."))

    def facts(self) -> MeasureFacts:
        return MeasureFacts(
            responsible=self.offices[self.responsible.data],
            duration=self.duration.data,
            priority=self.priority.data,
            starts=self.starts.data,
            ends=self.ends.data,
            life_situations=[self.situations[slug] for slug in self.life_situations.data],
            target_groups=[self.groups[slug] for slug in self.target_groups.data],
            indicator=self.indicators.get(self.indicator.data),
            target_from=self.target_from.data,
            target_to=self.target_to.data,
            target_by=self.target_by.data,
        )


class ReasonField(FlaskForm):
    reason = TextAreaField(_("Grund"), validators=REASON, description=REASON_HINT, render_kw={"rows": 3})


class FactsForm(FactFields, ReasonField, StandForm):
    """The facts of a measure that is there already."""


class NewMeasureForm(MeasureHead, FactFields, ReasonField):
    partners = BoxesField(
        _("Mit dabei"), description=_("Ob sie zustimmen und genannt werden wollen, fragen Sie danach.")
    )


def given_facts(measure: Measure) -> dict[str, Any]:
    """What the form shows of a measure."""
    return {
        "responsible": measure.responsible.slug,
        "duration": measure.duration,
        "priority": measure.priority,
        "starts": measure.starts,
        "ends": measure.ends,
        "life_situations": [each.life_situation.slug for each in measure.life_situations],
        "target_groups": [each.target_group.slug for each in measure.target_groups],
        "indicator": measure.indicator.slug if measure.indicator else "",
        "target_from": measure.target_from,
        "target_to": measure.target_to,
        "target_by": measure.target_by,
    }


def _indicator_choice(indicator: Indicator) -> SelectChoice:
    value = f"{number(float(indicator.value))} {indicator.unit}, {indicator.as_of:%d.%m.%Y}"
    where = f", {indicator.municipality.name}" if indicator.municipality else ""
    return SelectChoice(indicator.slug, f"{indicator.title}{where} ({value})")


WHEN = [DataRequired(_("Geben Sie den Tag an."))]


class PartnerForm(FlaskForm):
    organization = SelectField(_("Organisation"))


class AskForm(FlaskForm):
    """Which measures an organisation is asked about, and how."""

    measures = BoxesField(_("Maßnahmen"), validators=[InputRequired(_("Wählen Sie mindestens eine Maßnahme."))])
    channel = SelectField(
        _("Wie Sie fragen"),
        choices=[
            SelectChoice(Channel.LINK.value, _("mit einer E-Mail, die wir jetzt schicken")),
            *(SelectChoice(each.value, label) for each, label in CHANNEL_LABELS.items() if each is not Channel.LINK),
        ],
        coerce=Channel,
    )
    email = EmailField(
        _("E-Mail-Adresse der Organisation"),
        description=_("Nur für die E-Mail. Eine andere Adresse beendet den Link, den die alte bekam."),
        validators=[OnlyFor("channel", Channel.LINK), *EMAIL_RULES],
        render_kw={"autocomplete": "off"},
    )
    asked_on = DayField(_("Gefragt am"), validators=WHEN)


class AnswerFields(FlaskForm):
    """Whether an organisation agrees to a measure, and to be named."""

    agreement = RadioField(
        _("Stimmen Sie der Maßnahme zu?"),
        choices=[
            SelectChoice(Agreement.YES.value, _("Ja")),
            SelectChoice(Agreement.CONDITIONS.value, _("Ja, unter Bedingungen")),
            SelectChoice(Agreement.NO.value, _("Nein")),
        ],
        validators=[InputRequired(_("Wählen Sie eine Antwort."))],
    )
    words = TextAreaField(
        _("In eigenen Worten"),
        description=_("Unter welchen Bedingungen, oder warum nicht. Das lesen nur wir."),
        validators=[Length(max=2000, message=_("Das sind mehr als 2000 Zeichen."))],
        render_kw={"rows": 4},
    )
    naming = RadioField(
        _("Dürfen wir Ihre Organisation bei dieser Maßnahme öffentlich nennen?"),
        choices=[SelectChoice("yes", _("Ja")), SelectChoice("no", _("Nein"))],
        validators=[InputRequired(_("Wählen Sie eine Antwort."))],
    )
    version_id = HiddenField()  # the wording they had before them

    def validate_words(self, field: TextAreaField) -> None:
        if self.agreement.data == Agreement.CONDITIONS and not (field.data or "").strip():
            raise ValidationError(_("Schreiben Sie, unter welchen Bedingungen."))

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "agreement": Agreement(self.agreement.data),
            "words": self.words.data or "",
            "may_be_named": self.naming.data == "yes",
            "expected_version_id": row_number((self.version_id.raw_data or [""])[0]),
        }


class EnteredAnswerForm(AnswerFields):
    """The same, entered at the desk."""

    channel = SelectField(
        _("Wie die Antwort kam"),
        choices=[SelectChoice(each.value, label) for each, label in CHANNEL_LABELS.items() if each is not Channel.LINK],
        coerce=Channel,
    )
    answered_on = DayField(_("Geantwortet am"), validators=WHEN)


class MoneyForm(StandForm):
    """A line of the budget; the reason is free, since money goes its way by itself."""

    year = IntegerField(
        _("Haushaltsjahr"),
        validators=[InputRequired(_("Geben Sie ein Jahr an.")), NumberRange(2000, 2100, _("Geben Sie ein Jahr an."))],
        widget=TextInput(),
    )
    state = SelectField(_("Stand"), choices=choices(BUDGET_STATE_LABELS), coerce=BudgetState)
    amount = EuroField(_("Betrag in Euro"), description=_("Leer nur bei „derzeit nicht bezifferbar“."))
    cost_type = SelectField(
        _("Kostenart"),
        choices=[SelectChoice("", _("keine Angabe")), *(SelectChoice(*each) for each in COST_TYPE_LABELS.items())],
        default="",
    )
    cost_centre = StringField(
        _("Kostenstelle"),
        description=_("Nur für die Verwaltung: Sie steht in keiner Fassung."),
        validators=[Length(max=40, message=_("Das ist zu lang."))],
    )
    reason = TextAreaField(
        _("Grund"),
        description=REASON_HINT,
        validators=[Length(max=1000, message=_("Ein Grund hat höchstens 1000 Zeichen."))],
        render_kw={"rows": 2},
    )

    def validate_amount(self, field: EuroField) -> None:
        is_unknown = self.state.data is BudgetState.NOT_QUANTIFIABLE
        if field.errors:
            return
        if is_unknown and field.data is not None:
            raise ValidationError(_("Entweder ein Betrag oder „derzeit nicht bezifferbar“."))
        if not is_unknown and field.data is None:
            raise ValidationError(_("Geben Sie den Betrag an, oder wählen Sie „derzeit nicht bezifferbar“."))

    def values(self) -> dict[str, Any]:
        return {
            "year": self.year.data,
            "state": self.state.data,
            "amount": self.amount.data,
            "cost_type": self.cost_type.data,
            "cost_centre": self.cost_centre.data or "",
            "reason": self.reason.data or "",
        }
