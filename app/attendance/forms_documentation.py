"""Input about what stays of an event: its documentation and photos."""

from collections.abc import Mapping, Sequence
from typing import Self, TypedDict

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.events.models import EventPhoto, EventReport, ThemeTable
from app.events.services import ReportFields
from app.web.fields import IntegerField

LONGEST = 20_000
MARKDOWN_HINT = _("Absätze durch eine leere Zeile, Listen mit „- “, Zwischenüberschriften mit „### “.")
TOO_LONG = Length(max=LONGEST, message=_("Das ist zu lang: höchstens %(max)d Zeichen."))
WORDS = ("participants_reason", "who_took_part", "moderation", "summary", "next_steps")


def stripped(value: str | None) -> str:
    return (value or "").strip().replace("\r\n", "\n").replace("\x00", "")


def short(most: int) -> Length:
    return Length(max=most, message=_("Das ist zu lang: höchstens %(max)d Zeichen."))


class ReportForm(FlaskForm):
    """With a field for each table: see `of`."""

    tables: Sequence[ThemeTable] = ()
    is_published = False

    summary = TextAreaField(
        _("Worum es ging und was herauskam"),
        description=MARKDOWN_HINT,
        filters=[stripped],
        validators=[TOO_LONG],
        render_kw={"rows": 8},
    )
    participants = IntegerField(
        _("Andere Zahl der Teilnehmenden"),
        validators=[Optional(), NumberRange(0, 100_000, _("Geben Sie eine Zahl ab 0 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
    participants_reason = StringField(
        _("Woher diese Zahl kommt"),
        description=_("Steht öffentlich dabei, etwa: „Am Einlass von Hand gezählt“."),
        filters=[stripped],
        validators=[short(300)],
    )
    who_took_part = TextAreaField(
        _("Wer dabei war"),
        description=_(
            "Gruppen, keine Namen: „Ehrenamtliche, Vereine, Fachleute aus Schulen, Menschen, die neu hier sind“."
        ),
        filters=[stripped],
        validators=[TOO_LONG],
        render_kw={"rows": 3},
    )
    moderation = StringField(
        _("Moderation"),
        description=_(
            "Wer durch den Tag geführt hat, als Stelle oder Rolle. Wer einen Tisch geleitet hat, steht bei ihm."
        ),
        filters=[stripped],
        validators=[short(300)],
    )
    next_steps = TextAreaField(
        _("Wie es weitergeht"),
        description=MARKDOWN_HINT,
        filters=[stripped],
        validators=[TOO_LONG],
        render_kw={"rows": 5},
    )
    note = StringField(
        _("Was haben Sie geändert?"),
        description=_("Ein Satz. Er steht unter der Dokumentation."),
        filters=[stripped],
        validators=[short(300)],
    )

    @classmethod
    def of(cls, report: EventReport | None, tables: Sequence[ThemeTable], written: Mapping[int, str]) -> Self:
        """Filled with what was written; with a question for each table."""
        fields = {f"table_{table.id}": _result_field(table) for table in tables}
        form_class = type(cls.__name__, (cls,), {**fields, "tables": tables})
        values = {name: getattr(report, name) for name in (*WORDS, "participants")} if report else {}
        form: Self = form_class(**values, **{f"table_{number}": text for number, text in written.items()})
        form.is_published = report is not None and report.is_published
        if not form.is_published:
            del form.note
        return form

    @property
    def result_fields(self) -> list[Field]:
        return [self[f"table_{table.id}"] for table in self.tables]

    @property
    def fields(self) -> ReportFields:
        return {
            "participants": self.participants.data,
            "participants_reason": self.participants_reason.data if self.participants.data is not None else "",
            "who_took_part": self.who_took_part.data,
            "moderation": self.moderation.data,
            "summary": self.summary.data,
            "next_steps": self.next_steps.data,
        }

    @property
    def results(self) -> dict[int, str]:
        return {table.id: self[f"table_{table.id}"].data for table in self.tables}

    def validate_participants_reason(self, field: Field) -> None:
        if self.participants.data is not None and not field.data:
            raise ValidationError(gettext("Schreiben Sie dazu, woher die andere Zahl kommt."))

    def validate_summary(self, field: Field) -> None:
        if self.is_published and not field.data:
            raise ValidationError(gettext("Was öffentlich ist, kann nicht leer sein."))


def _result_field(table: ThemeTable) -> TextAreaField:
    return TextAreaField(
        _("Tisch %(number)s: %(title)s", number=table.number, title=table.title),
        filters=[stripped],
        validators=[TOO_LONG],
        render_kw={"rows": 4},
    )


class PhotoFields(TypedDict):
    alt: str
    consent: str
    credit: str


class PhotoWordsForm(FlaskForm):
    alt = TextAreaField(
        _("Was ist zu sehen?"),
        description=_("Für alle, die das Bild nicht sehen: ein oder zwei Sätze, ohne Namen."),
        filters=[stripped],
        validators=[DataRequired(_("Beschreiben Sie, was zu sehen ist.")), short(500)],
        render_kw={"rows": 3},
    )
    consent = TextAreaField(
        _("Wie haben die Menschen auf dem Bild zugestimmt?"),
        description=_("Steht nirgends öffentlich. „Niemand ist zu erkennen“ gilt auch."),
        filters=[stripped],
        validators=[
            DataRequired(_("Ohne Zustimmung kein Bild. Schreiben Sie, wie Sie gefragt haben.")),
            short(300),
        ],
        render_kw={"rows": 2},
    )
    credit = StringField(_("Wer hat das Bild gemacht?"), filters=[stripped], validators=[short(200)])

    @classmethod
    def of(cls, photo: EventPhoto) -> Self:
        return cls(alt=photo.alt, consent=photo.consent, credit=photo.credit)

    @property
    def fields(self) -> PhotoFields:
        return {"alt": self.alt.data, "consent": self.consent.data, "credit": self.credit.data}


def is_not_empty(_form: FlaskForm, field: FileField) -> None:
    field.content = field.data.read() if field.data else b""
    if not field.content:
        raise StopValidation(gettext("Diese Datei ist leer."))


class PhotoForm(PhotoWordsForm):
    file = FileField(
        _("Bild"),
        description=_(
            "JPEG, PNG oder WebP, höchstens 12 MB. Ort, Zeit und Gerät, die darin stehen, nehmen wir heraus."
        ),
        validators=[FileRequired(_("Wählen Sie ein Bild aus.")), is_not_empty],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
