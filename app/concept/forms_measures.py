"""Input for what a measure bears: facts, partners, money."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.concept.facts import MeasureFacts
from app.concept.forms import REASON, REASON_HINT, WORDING
from app.concept.forms_desk import NumberField, StandForm
from app.concept.models import (
    DURATION_LABELS,
    PRIORITY_LABELS,
    Duration,
    Indicator,
    LifeSituation,
    Measure,
    Priority,
    TargetGroup,
)
from app.structures.forms import offer
from app.structures.models import Organization
from app.web.fields import ProcessDateField, choices
from app.web.filters import number


class BoxesField(SelectMultipleField):
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


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
