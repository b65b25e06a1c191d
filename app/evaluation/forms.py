"""Input of those who answer a survey, and of those who make one."""

from collections.abc import Mapping
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.evaluation.models import QUESTION_KIND_LABELS, Survey, SurveyQuestion, SurveyQuestionKind
from app.evaluation.queries import labels_of
from app.evaluation.services import QuestionFields
from app.evaluation.services.surveys import SurveyFields
from app.web.fields import IntegerField, choices

LONGEST_TEXT = 2000
MOST_OPTIONS = 12
NUMERIC = {"inputmode": "numeric"}


def stripped(value: str | None) -> str:
    return (value or "").strip().replace("\r\n", "\n").replace("\x00", "")


def at_most(most: int) -> Length:
    return Length(max=most, message=_("Das ist zu lang: höchstens %(max)d Zeichen."))


class AnswerForm(FlaskForm):
    """With a field for each question: see `about`. Nobody has to answer any of them."""

    questions: tuple[SurveyQuestion, ...] = ()
    website = StringField(_("Bitte leer lassen"))

    @classmethod
    def about(cls, survey: Survey) -> Self:
        fields = {f"question_{question.id}": _answer_field(question) for question in survey.questions}
        form_class = type(cls.__name__, (cls,), {**fields, "questions": tuple(survey.questions)})
        form: Self = form_class()
        return form

    @property
    def is_trapped(self) -> bool:
        return bool(self.website.data)

    @property
    def answer_fields(self) -> list[Field]:
        return [self[f"question_{question.id}"] for question in self.questions]

    @property
    def answers(self) -> Mapping[SurveyQuestion, str]:
        return {question: self[f"question_{question.id}"].data or "" for question in self.questions}


def _answer_field(question: SurveyQuestion) -> Field:
    if question.kind is SurveyQuestionKind.TEXT:
        return TextAreaField(
            question.label, filters=[stripped], validators=[at_most(LONGEST_TEXT)], render_kw={"rows": 4}
        )
    hint = _("1: stimmt gar nicht, 5: stimmt genau") if question.kind is SurveyQuestionKind.SCALE else ""
    return RadioField(
        question.label,
        description=hint,
        choices=[SelectChoice(value, label) for value, label in labels_of(question).items()],
        validators=[Optional()],
    )


class SurveyForm(FlaskForm):
    introduction = TextAreaField(
        _("Ein Satz zu Anfang"),
        description=_("Etwa, wofür Sie die Antworten brauchen. Leer: ein allgemeiner."),
        filters=[stripped],
        validators=[at_most(LONGEST_TEXT)],
        render_kw={"rows": 3},
    )
    days_open = IntegerField(
        _("Wie viele Tage nach dem Ende ist sie offen?"),
        validators=[
            InputRequired(_("Geben Sie eine Zahl an.")),
            NumberRange(1, 365, _("Geben Sie eine Zahl von 1 bis 365 an.")),
        ],
        widget=TextInput(),
        render_kw=NUMERIC,
    )
    has_open_link = BooleanField(
        _("Es gibt auch einen offenen Link mit QR-Code, zum Aushängen"),
        description=_("Für alle ohne E-Mail. Darüber kann eine Person mehrmals antworten."),
    )
    publishes_results = BooleanField(
        _("Die Ergebnisse stehen in der öffentlichen Dokumentation"),
        description=_("Ab fünf Antworten, ohne die eigenen Worte der Menschen."),
    )

    @classmethod
    def of(cls, survey: Survey) -> Self:
        return cls(
            introduction=survey.introduction,
            days_open=survey.days_open,
            has_open_link=survey.has_open_link,
            publishes_results=survey.publishes_results,
        )

    @property
    def fields(self) -> SurveyFields:
        return {
            "introduction": self.introduction.data,
            "days_open": self.days_open.data,
            "has_open_link": self.has_open_link.data,
            "publishes_results": self.publishes_results.data,
        }


class QuestionForm(FlaskForm):
    label = StringField(
        _("Frage"), filters=[stripped], validators=[DataRequired(_("Schreiben Sie die Frage.")), at_most(300)]
    )
    kind = SelectField(_("Antwort"), choices=choices(QUESTION_KIND_LABELS), coerce=SurveyQuestionKind)
    options = TextAreaField(
        _("Antworten zur Auswahl"),
        description=_("Eine je Zeile. Nur für „Eine von mehreren Antworten“."),
        filters=[stripped],
        validators=[at_most(LONGEST_TEXT)],
        render_kw={"rows": 4},
    )
    position = IntegerField(
        _("An welcher Stelle?"),
        validators=[Optional(), NumberRange(1, 99, _("Geben Sie eine Zahl von 1 bis 99 an."))],
        widget=TextInput(),
        render_kw=NUMERIC,
    )

    @classmethod
    def of(cls, question: SurveyQuestion) -> Self:
        return cls(
            label=question.label, kind=question.kind, options="\n".join(question.options), position=question.position
        )

    @property
    def fields(self) -> QuestionFields:
        lines = [line.strip()[:200] for line in self.options.data.splitlines() if line.strip()]
        fields: QuestionFields = {
            "label": self.label.data,
            "kind": self.kind.data,
            "options": lines[:MOST_OPTIONS] if self.kind.data is SurveyQuestionKind.CHOICE else [],
        }
        if self.position.data:
            fields["position"] = self.position.data
        return fields
