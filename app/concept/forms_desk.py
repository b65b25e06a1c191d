"""Input for the document around goals and measures: chapters, glossary, figures, next steps, the definition."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.concept.forms import title_rules
from app.concept.models import CHAPTER_CONTENT_LABELS, ChapterContent
from app.concept.services import ChapterText
from app.structures.models import Municipality, Organization
from app.web.fields import DayField, IntegerField, ProcessDateField, choices

BODY_LENGTH = 60_000


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

    def offer(self, found: Iterable[Organization]) -> None:
        self.rows = {each.slug: each for each in found}
        nobody = SelectChoice("", _("noch offen"))
        self.responsible.choices = [nobody, *(SelectChoice(slug, each.name) for slug, each in self.rows.items())]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "responsible": self.rows.get(self.responsible.data)}


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

    def offer(self, found: Iterable[Organization]) -> None:
        self.rows = {each.slug: each for each in found}
        nobody = SelectChoice("", _("keines"))
        self.organization.choices = [nobody, *(SelectChoice(slug, each.name) for slug, each in self.rows.items())]

    def values(self) -> dict[str, Any]:
        return {
            **super().values(),
            "note": self.note.data or "",
            "organization": self.rows.get(self.organization.data),
        }


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
    wording = StringField(_("Übersetzung"), validators=required(1000), render_kw={"dir": "auto"})
    is_machine = BooleanField(_("Eine Maschine hat das übersetzt, niemand hat es geprüft"))
