"""Input about events: what somebody looks for, and what organisers write."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Protocol, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    IntegerField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from app.concept.models import Section
from app.events.models import EVENT_KIND_LABELS, Event, EventKind, ThemeTable
from app.events.queries import Choices, Wanted
from app.events.services import EventFields, TableFields
from app.local_time import BERLIN, end_of, start_of

ANY = SelectChoice("", _("Alle"))
NONE = SelectChoice("", _("Keine Angabe"))


class HasId(Protocol):
    id: int


R = TypeVar("R", bound=HasId)


def optional_id(value: str) -> int | None:
    return int(value) if value else None


class FilterForm(FlaskForm):
    """A GET form: its fields are the address of the list."""

    class Meta:
        csrf = False

    suche = SearchField(_("Suche"))
    feld = SelectField(_("Thema"), validators=[Optional()])
    gemeinde = SelectField(_("Stadt oder Gemeinde"), validators=[Optional()])
    gremium = SelectField(_("Wer einlädt"), validators=[Optional()])
    ab = DateField(_("Ab"), validators=[Optional()])
    bis = DateField(_("Bis"), validators=[Optional()])

    def choose_from(self, choices: Choices) -> "FilterForm":
        self.feld.choices = [ANY, *(SelectChoice(each.slug, each.title) for each in choices.sections)]
        self.gemeinde.choices = [ANY, *(SelectChoice(each.ags, each.name) for each in choices.municipalities)]
        self.gremium.choices = [ANY, *(SelectChoice(each.slug, each.label) for each in choices.organizations)]
        return self

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            section=self.feld.data or "",
            organization=self.gremium.data or "",
            municipality=self.gemeinde.data or "",
            first_day=self.ab.data,
            last_day=self.bis.data,
            text=(self.suche.data or "").strip(),
        )


LOCAL = {"format": ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], "tz": BERLIN}
GIVE_A_MOMENT = InputRequired(_("Geben Sie Tag und Uhrzeit an."))


class EventForm(FlaskForm):
    title = StringField(
        _("Titel"),
        validators=[
            DataRequired(_("Geben Sie einen Titel an.")),
            Length(max=200, message=_("Ein Titel hat höchstens 200 Zeichen.")),
        ],
    )
    kind = SelectField(_("Art"), choices=[SelectChoice(kind.value, label) for kind, label in EVENT_KIND_LABELS.items()])
    starts_at = DateTimeLocalField(_("Beginn"), **LOCAL, validators=[GIVE_A_MOMENT])
    ends_at = DateTimeLocalField(_("Ende"), **LOCAL, validators=[GIVE_A_MOMENT])
    is_all_day = BooleanField(_("Nur der Tag steht fest, die Uhrzeit noch nicht"))
    registration_closes_at = DateTimeLocalField(
        _("Anmeldung bis"), **LOCAL, description=_("Leer: bis zum Beginn."), validators=[Optional()]
    )
    place = StringField(_("Ort"), description=_("Etwa: Bürgersaal"), validators=[Length(max=200)])
    address = StringField(_("Anschrift"), validators=[Length(max=300)])
    municipality = SelectField(_("Stadt oder Gemeinde"), coerce=optional_id, validators=[Optional()])
    organization = SelectField(_("Wer einlädt"), coerce=optional_id, validators=[Optional()])
    sections = SelectMultipleField(
        _("Worum es geht"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    summary = TextAreaField(_("Was geschieht dort?"), render_kw={"rows": 6})
    guiding_question = StringField(_("Leitfrage"), validators=[Length(max=300)])
    offers = TextAreaField(
        _("Was es vor Ort gibt"),
        description=_("Eines je Zeile, etwa: Dolmetschen Arabisch, Kinderbetreuung, rollstuhlgerecht"),
        render_kw={"rows": 4},
    )
    accessibility = TextAreaField(_("Zugang zum Haus"), render_kw={"rows": 3})

    def choose_from(self, choices: Choices) -> "EventForm":
        self.choices = choices
        self.municipality.choices = [NONE, *(SelectChoice(each.id, each.name) for each in choices.municipalities)]
        self.organization.choices = [NONE, *(SelectChoice(each.id, each.name) for each in choices.organizations)]
        self.sections.choices = [SelectChoice(section.id, section.title) for section in choices.sections]
        return self

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError(gettext("Das Ende muss nach dem Beginn liegen."))

    def validate_registration_closes_at(self, field: Field) -> None:
        if self.ends_at.data and field.data and field.data > self.ends_at.data:
            raise ValidationError(gettext("Das ist nach dem Ende der Veranstaltung."))

    @property
    def fields(self) -> EventFields:
        """What was written, as the services take it."""
        starts_at, ends_at = self.starts_at.data, self.ends_at.data
        if self.is_all_day.data:
            starts_at = start_of(starts_at.date())
            ends_at = end_of((ends_at - timedelta(microseconds=1)).date())
        return {
            "title": self.title.data.strip(),
            "kind": EventKind(self.kind.data),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "is_all_day": self.is_all_day.data,
            "registration_closes_at": self.registration_closes_at.data or starts_at,
            "place": (self.place.data or "").strip(),
            "address": (self.address.data or "").strip(),
            "municipality": _find(self.choices.municipalities, self.municipality.data),
            "organization": _find(self.choices.organizations, self.organization.data),
            "sections": [section for section in self.choices.sections if section.id in self.sections.data],
            "summary": (self.summary.data or "").strip(),
            "guiding_question": (self.guiding_question.data or "").strip(),
            "offers": _lines(self.offers.data or ""),
            "accessibility": (self.accessibility.data or "").strip(),
        }

    @classmethod
    def of(cls, event: Event) -> "EventForm":
        # Not obj=event: what that has would win over what is given beside it
        as_they_are = ("title", "starts_at", "ends_at", "is_all_day", "registration_closes_at", "place", "address")
        texts = ("summary", "guiding_question", "accessibility")
        return cls(
            data={name: getattr(event, name) for name in (*as_they_are, *texts)},
            kind=event.kind.value,
            municipality=event.municipality_id,
            organization=event.organization_id,
            sections=[each.section_id for each in event.sections],
            offers="\n".join(event.offers),
        )


class NewEventForm(EventForm):
    capacity = IntegerField(
        _("Plätze"),
        description=_("Leer: so viele, wie kommen."),
        validators=[Optional(), NumberRange(1, 100_000, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


class TableForm(FlaskForm):
    number = IntegerField(
        _("Nummer"),
        validators=[InputRequired(_("Geben Sie eine Nummer an.")), NumberRange(1, 999, _("Eine Zahl von 1 bis 999."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
    title = StringField(_("Titel"), validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200)])
    section = SelectField(_("Thema"), coerce=optional_id, validators=[Optional()])
    capacity = IntegerField(
        _("Plätze"),
        validators=[Optional(), NumberRange(1, 1000, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
    languages = StringField(_("Sprachen am Tisch"), description=_("Kürzel mit Komma, etwa: de, uk"))
    note = TextAreaField(_("Hinweis"), render_kw={"rows": 2})

    def choose_from(self, sections: Sequence[Section]) -> "TableForm":
        self.known = sections
        self.section.choices = [NONE, *(SelectChoice(section.id, section.title) for section in sections)]
        return self

    @property
    def fields(self) -> TableFields:
        return {
            "number": self.number.data,
            "title": self.title.data.strip(),
            "section": _find(self.known, self.section.data),
            "capacity": self.capacity.data,
            "languages": [code.strip() for code in (self.languages.data or "").split(",") if code.strip()],
            "note": (self.note.data or "").strip(),
        }

    @classmethod
    def of(cls, table: ThemeTable) -> "TableForm":
        return cls(
            number=table.number,
            title=table.title,
            section=table.section_id,
            capacity=table.capacity,
            languages=", ".join(table.languages),
            note=table.note,
        )


def _find(rows: Iterable[R], row_id: int | None) -> R | None:
    return next((row for row in rows if row.id == row_id), None)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
