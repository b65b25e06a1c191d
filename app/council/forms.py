"""Input for papers and meetings."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    Field,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from app import pdfs
from app.council import numbers
from app.council.models import (
    FINANCIAL_EFFECT_LABELS,
    PAPER_KIND_LABELS,
    RESULT_LABELS,
    ROLE_LABELS,
    AnnexContent,
    ConsultationRole,
    FinancialEffect,
    Meeting,
    PaperKind,
    ResultKind,
)
from app.council.services import PaperVersions
from app.pdfs import Pdf, PdfRefused
from app.web.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    BoxesField,
    DayField,
    EuroField,
    IntegerField,
    ProcessDateField,
    choices,
)
from app.web.parameters import row_number

PUBLICITY = {"": None, "yes": True, "no": False}
PUBLICITY_LABELS = {"": _("nicht genannt"), "yes": _("öffentlich"), "no": _("nichtöffentlich")}
ANNEX_LABELS = {
    AnnexContent.DOCUMENT: _("Das Konzept"),
    AnnexContent.TABLE: _("Die Tabelle der Ziele und Maßnahmen"),
    AnnexContent.UPLOAD: _("Eine eigene Datei (PDF)"),
}
MOST_BYTES = 25 * 1024 * 1024  # of an annex that is uploaded
OF_YEAR = (FinancialEffect.QUANTIFIED, FinancialEffect.IN_BUDGET)


class PublicityField(SelectField):
    """öffentlich, nichtöffentlich, or that the source does not say; `is_public` is what services take."""

    def __init__(self, *arguments: object, **options: object) -> None:
        offered = [SelectChoice(key, label) for key, label in PUBLICITY_LABELS.items()]
        super().__init__(*arguments, **{"choices": offered, **options})

    def process_data(self, value: bool | None) -> None:
        self.data = next(key for key, is_public in PUBLICITY.items() if is_public is value)

    @property
    def is_public(self) -> bool | None:
        return PUBLICITY[self.data]


class PaperForm(FlaskForm):
    kind = SelectField(_("Art"), choices=choices(PAPER_KIND_LABELS), coerce=PaperKind)
    title = StringField(
        _("Titel"),
        validators=[
            DataRequired(_("Geben Sie einen Titel an.")),
            Length(max=300, message=_("Ein Titel hat höchstens 300 Zeichen.")),
        ],
    )
    organization = SelectField(_("Organisationseinheit"))
    number = StringField(
        _("Drucksachen-Nr."),
        default="",
        description=_("So, wie die Geschäftsstelle sie vergibt. Ohne Nummer bleibt das Feld leer."),
        validators=[Length(max=40, message=_("Eine Nummer hat höchstens 40 Zeichen."))],
        render_kw={"autocomplete": "off"},
    )
    dated_on = DayField(_("Datum"), validators=[Optional()])
    financial_effect = SelectField(
        _("Finanzielle Auswirkungen"),
        choices=choices(FINANCIAL_EFFECT_LABELS),
        coerce=FinancialEffect,
    )
    financial_amount = EuroField(_("Betrag in Euro"), description=_("Wenn die Auswirkungen beziffert sind."))
    financial_year = IntegerField(
        _("Haushaltsjahr"),
        description=_("Wenn sie beziffert oder im Haushalt berücksichtigt sind."),
        validators=[
            Optional(),
            NumberRange(FIRST_YEAR, LAST_YEAR, message=_("Geben Sie ein Jahr zwischen 1900 und 2200 an.")),
        ],
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        if pattern := numbers.shown(current_app.config["PAPER_NUMBER"]):
            self.number.description = gettext(
                "So, wie die Geschäftsstelle sie vergibt, etwa nach dem Muster %(pattern)s. Sonst bleibt es leer.",
                pattern=pattern,
            )

    @property
    def unusual(self) -> str:
        """What to tell of a number that looks like no other; it is taken all the same, as it is given outside."""
        number, pattern = (self.number.data or "").strip(), current_app.config["PAPER_NUMBER"]
        if not number or numbers.follows(number, pattern):
            return ""
        sentence = _(
            "Die Nummer „%(number)s“ folgt nicht dem Muster %(pattern)s. Sie ist so gespeichert; prüfen Sie sie bitte."
        )
        return str(sentence) % {"number": number, "pattern": numbers.shown(pattern)}

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        effect = self.financial_effect.data
        if effect is FinancialEffect.QUANTIFIED and self.financial_amount.data is None:
            is_valid = self._ask(self.financial_amount, gettext("Geben Sie den Betrag an."))
        if effect in OF_YEAR and self.financial_year.data is None:
            is_valid = self._ask(self.financial_year, gettext("Geben Sie das Haushaltsjahr an."))
        return is_valid

    @staticmethod
    def _ask(field: Field, sentence: str) -> bool:
        if not field.errors:
            field.errors = [sentence]
        return False


class SectionsForm(FlaskForm):
    """The three mandatory sections; `based_on` says what the writer had before them."""

    proposal = TextAreaField(
        _("Beschlussvorschlag"),
        validators=[DataRequired(_("Schreiben Sie, was beschlossen werden soll."))],
        render_kw={"rows": 4},
    )
    facts = TextAreaField(
        _("Sachverhalt"),
        description=_("Überschriften mit ###, Listen mit -, Tabellen mit | (Markdown)."),
        validators=[DataRequired(_("Schreiben Sie, worum es geht."))],
        render_kw={"rows": 20},
    )
    financial = TextAreaField(
        _("Finanzielle Auswirkungen im Wortlaut"),
        validators=[DataRequired(_("Schreiben Sie etwas zu den Kosten, auch wenn es keine gibt."))],
        render_kw={"rows": 4},
    )
    based_on = HiddenField()

    @property
    def versions(self) -> PaperVersions | None:
        parts = (self.based_on.data or "").split("-")
        if len(parts) != len(PaperVersions._fields) or not all(part.isdecimal() for part in parts):
            return None
        return PaperVersions(*map(row_number, parts))


class NewPaperForm(PaperForm, SectionsForm):
    """Head and sections of a paper that does not exist yet."""


class ConsultationForm(FlaskForm):
    role = SelectField(_("Zweck"), choices=choices(ROLE_LABELS), coerce=ConsultationRole)
    is_public = PublicityField(_("Sitzungsart"))
    meetings = BoxesField(_("Sitzungen"), description=_("Eine oder mehrere, in denen das Gremium berät."))
    planned = ProcessDateField(_("Wann, falls es noch keine Sitzung gibt"))
    agenda_item = StringField(
        _("Tagesordnungspunkt"), default="", validators=[Length(max=20, message=_("Das sind mehr als 20 Zeichen."))]
    )


class SittingForm(FlaskForm):
    meeting = SelectField(_("Sitzung"))


class AnnexForm(FlaskForm):
    title = StringField(
        _("Titel"),
        validators=[
            DataRequired(_("Geben Sie einen Titel an.")),
            Length(max=300, message=_("Ein Titel hat höchstens 300 Zeichen.")),
        ],
    )
    content = SelectField(
        _("Was die Anlage enthält"),
        choices=choices(ANNEX_LABELS),
        coerce=AnnexContent,
    )
    file = FileField(
        _("Datei"),
        description=_(
            "Nur bei einer eigenen Datei: ein PDF mit höchstens 25 MB. Wer es womit geschrieben hat, nehmen wir heraus."
        ),
        render_kw={"accept": "application/pdf"},
    )
    pdf: Pdf | None = None

    def validate_file(self, field: Field) -> None:
        is_own = self.content.data is AnnexContent.UPLOAD
        if is_own and field.data is None:
            raise ValidationError(_("Wählen Sie die Datei aus."))
        if not is_own and field.data is not None:
            raise ValidationError(_("Wählen Sie oben „Eine eigene Datei“, oder lassen Sie dieses Feld leer."))
        if is_own:
            self.pdf = _read_pdf(field.data.read())

    def validate(self, extra_validators: object = None) -> bool:
        """No browser sends a file again by itself."""
        if super().validate(extra_validators):
            return True
        if self.pdf is not None:
            self.file.errors = [gettext("Wählen Sie die Datei bitte noch einmal aus.")]
        return False


def _read_pdf(content: bytes) -> Pdf:
    if len(content) > MOST_BYTES:
        raise ValidationError(_("Diese Datei hat mehr als 25 MB."))
    if not pdfs.is_pdf(content):
        raise ValidationError(_("Das ist kein PDF. Bitte speichern Sie die Datei als PDF."))
    try:
        return pdfs.made_anew(content)
    except PdfRefused as error:
        raise ValidationError(str(error)) from error


class MeetingForm(FlaskForm):
    title = StringField(
        _("Titel"),
        validators=[
            DataRequired(_("Geben Sie einen Titel an.")),
            Length(max=200, message=_("Ein Titel hat höchstens 200 Zeichen.")),
        ],
    )
    day = DayField(_("Tag"), validators=[DataRequired(_("Geben Sie den Tag an."))])
    starts_at = TimeField(_("Beginn"), validators=[Optional()])
    ends_at = TimeField(_("Ende"), validators=[Optional()])
    place = StringField(
        _("Ort"), default="", validators=[Length(max=200, message=_("Ein Ort hat höchstens 200 Zeichen."))]
    )
    is_public = PublicityField(_("Sitzungsart"))


class NewMeetingForm(MeetingForm):
    organization = SelectField(_("Gremium"))


class ResultForm(FlaskForm):
    kind = SelectField(_("Art"), choices=choices(RESULT_LABELS), coerce=ResultKind)
    text = TextAreaField(_("Ergebnis"), validators=[DataRequired(_("Schreiben Sie das Ergebnis auf."))])
    organization = SelectField(_("Betrifft"))
    source = StringField(_("Quelle"), default="")


def offer_meetings(field: SelectField, meetings: Iterable[Meeting]) -> None:
    field.choices = [
        SelectChoice(each.slug, f"{each.day:%d.%m.%Y}, {each.organization.label}: {each.title}") for each in meetings
    ]
