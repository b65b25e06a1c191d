"""The event's own questions: a field for each, built from its row; some only after a certain answer to another."""

from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.registrations.asking import Asking
from app.registrations.forms.choices import left_in_words
from app.registrations.forms.words import one_line, some_lines
from app.registrations.models import (
    WITH_OPTIONS,
    Question,
    QuestionCondition,
    QuestionKind,
    QuestionOption,
    ThingKind,
)
from app.web.fields import BoxesField, IntegerField

SHORT, LONG, LARGEST = 500, 4000, 1_000_000
YES, NO = "yes", "no"
K = QuestionKind
TOO_LONG = _("Das sind mehr als %(max)d Zeichen.")
WORDS = {"filters": [one_line], "validators": [Length(max=SHORT, message=TOO_LONG)]}
NUMBER = {
    "validators": [Optional(), NumberRange(0, LARGEST, _("Geben Sie eine Zahl von %(min)s bis %(max)s an."))],
    "widget": TextInput(),
    "render_kw": {"inputmode": "numeric", "autocomplete": "off"},
}


class AskedQuestion(NamedTuple):
    """`when`: names and values of which one must be given, for the script; `only_if`: the same in words."""

    question: Question
    field: Field
    when: str
    only_if: str


class QuestionsPart(FlaskForm):
    def offer_questions(self, asking: Asking) -> None:
        self.questions = asking.questions
        self.answer_language = asking.language

    def validate(self, extra_validators: object = None) -> bool:
        super().validate(extra_validators)
        for question in self.questions:
            field = self[field_name(question)]
            if not self.is_asked(question):
                field.errors = []
            elif question.is_required and field.data in (None, "", []) and not field.errors:
                field.errors = [gettext("Bitte beantworten Sie diese Frage.")]
        return not self.errors

    def is_asked(self, question: Question) -> bool:
        """Whether one of its conditions is met by an answer to a question that is asked itself."""
        return not question.conditions or any(map(self._is_met, question.conditions))

    @property
    def asked_questions(self) -> list[AskedQuestion]:
        return [
            AskedQuestion(
                question,
                self[field_name(question)],
                " ".join(_as_value(condition) for condition in question.conditions),
                gettext(" oder ").join(self._in_words(condition) for condition in question.conditions),
            )
            for question in self.questions
        ]

    @property
    def answers(self) -> dict[Question, str]:
        """What was written, and to nothing that was not asked; chosen options apart."""
        written = (question for question in self.questions if question.kind not in WITH_OPTIONS)
        given = {question: self[field_name(question)].data for question in written if self.is_asked(question)}
        return {question: str(value) for question, value in given.items() if value not in (None, "")}

    @property
    def options_chosen(self) -> list[QuestionOption]:
        return [
            option
            for question in self.questions
            if question.kind in WITH_OPTIONS and self.is_asked(question)
            for option in question.options
            if self._chose(option)
        ]

    def _is_met(self, condition: QuestionCondition) -> bool:
        if condition.option is not None:
            return self._chose(condition.option) and self.is_asked(condition.option.question)
        question = condition.yes_to
        return question is not None and self.is_asked(question) and self._data(question) == YES

    def _chose(self, option: QuestionOption) -> bool:
        data = self._data(option.question)
        return str(option.id) in data if isinstance(data, list) else str(option.id) == data

    def _data(self, question: Question) -> object:
        name = field_name(question)
        return self[name].data if name in self else None

    def _in_words(self, condition: QuestionCondition) -> str:
        if condition.option is not None:
            label = label_of(condition.option.question, self.answer_language)
            answer = option_label(condition.option, self.answer_language)
            return str(gettext("bei „%(question)s“ „%(answer)s“", question=label, answer=answer))
        label = label_of(condition.yes_to, self.answer_language) if condition.yes_to else ""
        return str(gettext("bei „%(question)s“ „Ja“", question=label))


def field_name(question: Question) -> str:
    return f"question_{question.id}"


def question_fields(asking: Asking) -> dict[str, Field]:
    """By name, for the form of this event."""
    return {field_name(question): _field(question, asking) for question in asking.questions}


def label_of(question: Question, language: str) -> str:
    return question.translations.get(language, {}).get("label") or question.label


def option_label(option: QuestionOption, language: str) -> str:
    return option.translations.get(language) or option.label


def _field(question: Question, asking: Asking) -> Field:
    label = label_of(question, asking.language)
    description = question.translations.get(asking.language, {}).get("help") or question.help
    match question.kind:
        case K.ONE:
            return RadioField(
                label, description=description, choices=_choices(question, asking), validators=[Optional()]
            )
        case K.SEVERAL:
            return BoxesField(label, description=description, choices=_choices(question, asking))
        case K.YES_NO:
            choices = [SelectChoice(YES, _("Ja")), SelectChoice(NO, _("Nein"))]
            return RadioField(label, description=description, choices=choices, validators=[Optional()])
        case K.NUMBER:
            return _number_field(label, description)
        case K.LONG_TEXT:
            return TextAreaField(
                label, description=description, filters=[some_lines], validators=[_at_most(LONG)], render_kw={"rows": 4}
            )
        case _:
            return StringField(label, description=description, filters=[one_line], validators=[_at_most(SHORT)])


def _number_field(label: str, description: str) -> IntegerField:
    return IntegerField(
        label,
        description=description,
        validators=[
            Optional(),
            NumberRange(0, LARGEST, _("Geben Sie eine Zahl von %(min)s bis %(max)s an.")),
        ],
        widget=TextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


def _at_most(letters: int) -> Length:
    return Length(max=letters, message=_("Das sind mehr als %(max)d Zeichen."))


def _choices(question: Question, asking: Asking) -> list[SelectChoice]:
    def label(option: QuestionOption) -> str:
        left = left_in_words(asking.left(ThingKind.OPTION, option.id))
        words = option_label(option, asking.language)
        return f"{words} ({left})" if left else words

    return [SelectChoice(str(option.id), label(option)) for option in question.options]


def _as_value(condition: QuestionCondition) -> str:
    if condition.option is not None:
        return f"{field_name(condition.option.question)}={condition.option_id}"
    return f"question_{condition.yes_to_id}={YES}"
