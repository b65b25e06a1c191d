"""What organisers say about a question of an event, and about its words in another language."""

from collections.abc import Iterable, Sequence
from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from app.registrations.forms.lists import fill_up, limit_field
from app.registrations.forms.words import one_line
from app.registrations.models import QUESTION_KIND_LABELS, WITH_OPTIONS, Question, QuestionKind, QuestionOption
from app.registrations.services.questions import FEWEST_OPTIONS, OptionFields, QuestionFields
from app.web.fields import BoxesField, choices

FIRST_ROWS, MORE_ROWS = 3, 2
MOST_OPTIONS = 30
LONGEST_LABEL, LONGEST_HELP, LONGEST_OPTION = 300, 500, 200


class OptionForm(Form):
    """A row that was left empty is none."""

    option_id = HiddenField()
    label = StringField(
        _("Antwort"),
        filters=[one_line],
        validators=[Length(max=LONGEST_OPTION, message=_("Eine Antwort hat höchstens %(max)d Zeichen."))],
        render_kw={"autocomplete": "off"},
    )
    capacity = limit_field(_("Wie oft höchstens"))


class QuestionForm(FlaskForm):
    kind = RadioField(_("Art der Antwort"), choices=choices(QUESTION_KIND_LABELS), default=QuestionKind.TEXT.value)
    label = StringField(
        _("Frage"),
        filters=[one_line],
        validators=[
            DataRequired(_("Schreiben Sie die Frage.")),
            Length(max=LONGEST_LABEL, message=_("Eine Frage hat höchstens %(max)d Zeichen.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    help = StringField(
        _("Wozu Sie das fragen"),
        description=_("Steht unter der Frage. Wer weiß, wozu, antwortet eher."),
        filters=[one_line],
        validators=[Length(max=LONGEST_HELP, message=_("Das sind mehr als %(max)d Zeichen."))],
        render_kw={"autocomplete": "off"},
    )
    is_required = BooleanField(_("Ohne Antwort geht die Anmeldung nicht"))
    options = FieldList(FormField(OptionForm), max_entries=MOST_OPTIONS)
    counts_persons = BooleanField(
        _("Die Grenze zählt Personen"), description=_("Sonst zählt jede Gruppe einmal."), default=True
    )
    is_sensitive = BooleanField(
        _("Antworten 14 Tage nach der Veranstaltung löschen"),
        description=_("Für alles, was mehr über einen Menschen sagt, als wir lange wissen sollten."),
    )
    conditions = BoxesField(
        _("Nur fragen, wenn"), description=_("Nichts angekreuzt: Alle werden gefragt. Mehreres: Eines davon genügt.")
    )

    def offer_conditions(self, earlier: Iterable[Question]) -> Self:
        """What may stand before this question: options, and yes."""
        self.subjects: dict[str, QuestionOption | Question] = {}
        labels: dict[str, str] = {}
        for question in earlier:
            if question.kind is QuestionKind.YES_NO:
                self.subjects[f"yes-{question.id}"] = question
                labels[f"yes-{question.id}"] = gettext("„%(question)s“: ja", question=question.label)
            for option in question.options:
                self.subjects[f"option-{option.id}"] = option
                labels[f"option-{option.id}"] = gettext(
                    "„%(question)s“: %(answer)s", question=question.label, answer=option.label
                )
        self.conditions.choices = [SelectChoice(key, label) for key, label in labels.items()]
        return self

    def show_rows(self, *, more: bool = False) -> Self:
        fill_up(self.options, min(MOST_OPTIONS, max(FIRST_ROWS, len(self.options) + MORE_ROWS * more)))
        return self

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.kind.data in WITH_OPTIONS and len(self.given_options) < FEWEST_OPTIONS:
            self.refuse_options(gettext("Geben Sie mindestens zwei Antworten vor."))
            return False
        return is_valid

    def refuse_options(self, message: str) -> None:
        """Say it at the first of them."""
        self.show_rows()
        self.options[0].form.label.errors = self.options.errors = [message]

    @property
    def given_options(self) -> list[OptionFields]:
        rows = [entry.form for entry in self.options if entry.form.label.data]
        return [
            OptionFields(row.label.data, row.capacity.data, int(row.option_id.data) if row.option_id.data else None)
            for row in rows
        ]

    @property
    def fields(self) -> QuestionFields:
        return {
            "kind": QuestionKind(self.kind.data),
            "label": self.label.data,
            "help": self.help.data,
            "is_required": self.is_required.data,
            "counts_persons": self.counts_persons.data,
            "is_sensitive": self.is_sensitive.data,
            "options": self.given_options,
            "conditions": [self.subjects[key] for key in self.conditions.data or ()],
        }

    @classmethod
    def of(cls, question: Question) -> Self:
        as_they_are = ("label", "help", "is_required", "counts_persons", "is_sensitive")
        return cls(
            data={name: getattr(question, name) for name in as_they_are},
            kind=question.kind.value,
            options=[
                {"option_id": option.id, "label": option.label, "capacity": option.capacity}
                for option in question.options
            ],
            conditions=[
                f"yes-{condition.yes_to_id}" if condition.yes_to_id else f"option-{condition.option_id}"
                for condition in question.conditions
            ],
        )


class TranslationForm(FlaskForm):
    label = StringField(
        _("Frage"), filters=[one_line], validators=[Length(max=LONGEST_LABEL)], render_kw={"autocomplete": "off"}
    )
    help = TextAreaField(
        _("Wozu Sie das fragen"), filters=[one_line], validators=[Length(max=LONGEST_HELP)], render_kw={"rows": 2}
    )
    options = FieldList(StringField(_("Antwort"), filters=[one_line], validators=[Length(max=LONGEST_OPTION)]))

    def words_for(self, options: Sequence[QuestionOption]) -> dict[int, str]:
        return {option.id: field.data for option, field in zip(options, self.options, strict=False)}

    @classmethod
    def of(cls, question: Question, language: str) -> Self:
        words = question.translations.get(language, {})
        form = cls(
            label=words.get("label", ""),
            help=words.get("help", ""),
            options=[option.translations.get(language, "") for option in question.options],
        )
        for option, field in zip(question.options, form.options, strict=False):
            field.label.text = option.label
        return form
