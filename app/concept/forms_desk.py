"""Input for the document around goals and measures: chapters, glossary, figures, next steps, the definition."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from app.concept.forms import title_rules
from app.concept.models import CHAPTER_CONTENT_LABELS, ChapterContent, Edition
from app.concept.services import ChapterText
from app.council.models import Paper
from app.db import Model
from app.structures.models import Municipality, Organization
from app.web.fields import LAST_YEAR, DayField, IntegerField, ProcessDateField, choices

BODY_LENGTH = 60_000
REPEATS = {
    0: _("nein, einmal"),
    3: _("alle drei Monate"),
    6: _("alle sechs Monate"),
    12: _("jedes Jahr"),
    24: _("alle zwei Jahre"),
}


def at_most(length: int) -> Length:
    return Length(max=length, message=_("Das ist zu lang."))


def required(length: int) -> list[object]:
    return [DataRequired(_("Füllen Sie dieses Feld aus.")), at_most(length)]


class NumberField(StringField):
    """A number as people write it: 291.841 or 12,5; `data` is a Decimal."""

    MOST = Decimal(10) ** 13

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(format_decimal(self.data, "0.####")) if self.data is not None else ""

    def process_formdata(self, values: list[str]) -> None:
        self.data = None
        typed = values[0].strip() if values else ""
        if not typed:
            return
        try:
            value = parse_decimal(typed, locale=get_locale(), strict=True)
        except NumberFormatError as error:
            raise ValueError(_("Schreiben Sie die Zahl so: 291841 oder 12,5.")) from error
        if not (value.is_finite() and abs(value) < self.MOST):
            raise ValueError(_("So große Zahlen kennen wir nicht."))
        self.data = round(value, 4)


class StandForm(FlaskForm):
    """What the writer had before them when they began, to notice that somebody else wrote meanwhile."""

    stand = HiddenField()

    @property
    def expected_stand(self) -> str:
        """As sent; empty, which no row is, when nothing was."""
        return str((self.stand.raw_data or [""])[0])


class ChapterForm(StandForm):
    seen = HiddenField()  # versions of summary and body the writer began with
    title = StringField(_("Titel"), validators=title_rules(200))
    summary = TextAreaField(
        _("Worum es geht, in einem Absatz"),
        description=_("Er steht über dem Kapitel und in der Übersicht der Vorlage."),
        validators=required(4000),
        render_kw={"rows": 4},
    )
    content = SelectField(_("Nach Ihrem Text folgt"), choices=choices(CHAPTER_CONTENT_LABELS), coerce=ChapterContent)
    body = TextAreaField(
        _("Text"),
        description=_("Wie man Überschriften, Listen, Tabellen, Bilder und Verweise schreibt, steht unten."),
        validators=[at_most(BODY_LENGTH)],
        render_kw={"rows": 24},
    )
    signature = TextAreaField(
        _("Unterschrift"),
        description=_("Nur beim Vorwort: Name und Amt, jedes in einer Zeile."),
        validators=[at_most(300)],
        render_kw={"rows": 2},
    )
    as_of = DayField(
        _("Strukturen vom"),
        description=_("Nur beim Kapitel über Strukturen. Leer heißt: vom Tag der Fassung."),
        validators=[Optional()],
    )
    is_example = BooleanField(_("Der Text ist ein erfundenes Beispiel"))

    def written(self) -> ChapterText:
        return ChapterText(
            title=self.title.data,
            summary=self.summary.data,
            content=self.content.data,
            body=self.body.data or "",
            signature=self.signature.data or "",
            as_of=self.as_of.data,
            is_example=self.is_example.data,
        )


class PositionForm(FlaskForm):
    position = IntegerField(
        _("Platz"),
        validators=[NumberRange(1, 999, _("Ein Platz ist eine Zahl ab 1."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


class EntryForm(StandForm):
    """A row that consists of the fields of the form."""

    def values(self) -> dict[str, Any]:
        return {field.name: field.data for field in self if field.name not in {"stand", "csrf_token"}}


class TermForm(EntryForm):
    term = StringField(_("Begriff"), validators=required(120))
    plain = TextAreaField(
        _("Einfach gesagt"),
        description=_("Ein oder zwei kurze Sätze, ohne Fachwörter."),
        validators=required(1000),
        render_kw={"rows": 3},
    )
    easy = TextAreaField(_("In Leichter Sprache"), validators=[at_most(1000)], render_kw={"rows": 3})


class IndicatorForm(EntryForm):
    title = StringField(
        _("Was gezählt wird"),
        description=_("Zahlen mit demselben Namen und derselben Einheit werden zusammen ein Diagramm."),
        validators=required(200),
    )
    value = NumberField(_("Wert"), validators=[InputRequired(_("Geben Sie eine Zahl an."))])
    unit = StringField(_("Einheit"), description=_("Etwa Personen, Euro, Prozent."), validators=required(40))
    as_of = DayField(_("Stand"), validators=[DataRequired(_("Geben Sie den Tag an, von dem die Zahl ist."))])
    source = StringField(_("Quelle"), validators=required(300))
    municipality = SelectField(_("Nur für"))

    def offer(self, found: Iterable[Municipality]) -> None:
        self.rows = {each.ags: each for each in found}
        everywhere = SelectChoice("", _("den ganzen Landkreis"))
        self.municipality.choices = [everywhere, *(SelectChoice(ags, each.name) for ags, each in self.rows.items())]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "municipality": self.rows.get(self.municipality.data)}


class TaskForm(EntryForm):
    title = StringField(_("Was zu tun ist"), validators=required(300))
    due = ProcessDateField(_("Bis wann"))
    responsible = SelectField(_("Wer"))
    repeats_months = SelectField(
        _("Kommt wieder"),
        description=_("Ist der Schritt erledigt, steht er mit dem nächsten Termin wieder da, etwa eine Überprüfung."),
        choices=[SelectChoice(months, words) for months, words in REPEATS.items()],
        coerce=int,
        default=0,
    )

    def offer(self, found: Iterable[Organization]) -> None:
        self.rows = {each.slug: each for each in found}
        nobody = SelectChoice("", _("noch offen"))
        self.responsible.choices = [nobody, *(SelectChoice(slug, each.name) for slug, each in self.rows.items())]

    def validate_due(self, field: ProcessDateField) -> None:
        if field.data and field.data.first_day.year > LAST_YEAR:
            raise ValidationError(_("Geben Sie ein Jahr bis 2200 an."))

    def validate_repeats_months(self, field: SelectField) -> None:
        if not field.data or self.due.errors:
            return
        if not self.due.data or self.due.data.is_open:
            raise ValidationError(_("Was wiederkommt, braucht einen Termin. Geben Sie oben an, wann es ansteht."))
        try:
            self.due.data.later(field.data)
        except ValueError as error:
            raise ValidationError(_("Geben Sie oben den Monat oder den Tag an, nicht nur das Jahr.")) from error

    def values(self) -> dict[str, Any]:
        return {
            **super().values(),
            "responsible": self.rows.get(self.responsible.data),
            "repeats_months": self.repeats_months.data or None,
        }


class DoneForm(FlaskForm):
    latest: date  # set by the view: nothing is done tomorrow

    due = HiddenField()  # which date is done: sent twice, the next one is not done, too
    done_on = DayField(_("Erledigt am"), validators=[DataRequired(_("Geben Sie den Tag an."))])

    def validate_done_on(self, field: DayField) -> None:
        if field.data > self.latest:
            raise ValidationError(_("Dieser Tag ist noch nicht gewesen."))


class StepForm(EntryForm):
    number = IntegerField(
        _("Nummer"),
        description=_("Wo er in der Reihe steht. Das Datum darf früher oder später sein als das der anderen."),
        validators=[
            InputRequired(_("Geben Sie eine Nummer an.")),
            NumberRange(1, 999, message=_("Eine Nummer liegt zwischen 1 und 999.")),
        ],
    )
    title = StringField(_("Was geschah"), validators=required(300))
    held = ProcessDateField(_("Wann"), description=_("Etwa: März 2016, Mai 2016 bis Juli 2017, seit April 2017."))
    note = TextAreaField(_("Dazu"), validators=[at_most(1000)], render_kw={"rows": 3})
    organization = SelectField(_("Gremium oder Amt"))
    paper = SelectField(_("Vorlage"), default="")
    edition = SelectField(_("Fassung des Konzepts"), default="")

    def offer(self, found: Iterable[Organization], papers: Iterable[Paper], editions: Iterable[Edition]) -> None:
        self.rows: dict[str, dict[str, Model]] = {}
        self._offer("organization", _("keines"), {each.slug: (each.name, each) for each in found})
        self._offer("paper", _("keine"), {each.slug: (_with_number(each), each) for each in papers})
        self._offer("edition", _("keine"), {each.slug: (_with_number(each), each) for each in editions})

    def _offer(self, name: str, nothing: object, found: Mapping[str, tuple[str, Model]]) -> None:
        self.rows[name] = {slug: row for slug, (_name, row) in found.items()}
        self[name].choices = [
            SelectChoice("", nothing),
            *(SelectChoice(slug, of) for slug, (of, _row) in found.items()),
        ]

    def values(self) -> dict[str, Any]:
        chosen = {name: rows.get(self[name].data) for name, rows in self.rows.items()}
        return {**super().values(), "note": self.note.data or "", **chosen}


class DefinitionForm(StandForm):
    title = StringField(_("Titel"), validators=title_rules(120))
    wording = TextAreaField(
        _("Wortlaut"),
        description=_("Er wird überall von hier zitiert."),
        validators=required(4000),
        render_kw={"rows": 8},
    )
    source = StringField(_("Quelle"), validators=[at_most(300)])


class TranslationForm(FlaskForm):
    wording = TextAreaField(_("Übersetzung"), validators=required(BODY_LENGTH), render_kw={"rows": 12, "dir": "auto"})
    is_machine = BooleanField(_("Eine Maschine hat das übersetzt, niemand hat es geprüft"))


class PhraseForm(FlaskForm):
    phrase = StringField(_("Auf Deutsch"), validators=required(1000), render_kw={"readonly": True})
    wording = StringField(_("Übersetzung"), validators=required(4000), render_kw={"dir": "auto"})
    is_machine = BooleanField(_("Eine Maschine hat das übersetzt, niemand hat es geprüft"))


def _with_number(each: Paper | Edition) -> str:
    return f"{each.number}: {each.title}" if each.number else each.title
