"""Input at the workbench."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FieldList, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Length, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from app.proposals.forms import section_choices
from app.texts.services import normalize
from app.web.fields import IntegerField
from app.workbench.errors import WordingChanged
from app.workbench.own_words import OwnWording


class WordsRequired(DataRequired):
    """Words that still say something once they are stored: not only spaces or signs that nobody sees."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not normalize(field.data or ""):
            field.errors[:] = []
            raise StopValidation(self.message)


class WordingForm(FlaskForm):
    """The passages are ticked beside it (name `passage`), the words they led to stand in fields of their own."""

    wording = TextAreaField(
        _("Gemeinsame Formulierung"),
        validators=[
            WordsRequired(_("Schreiben Sie, was alle gemeinsam sagen.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )
    section = SelectField(_("Thema"), validators=[Optional()])
    based_on = IntegerField(widget=HiddenInput(), validators=[Optional()])  # the version it was written from

    @property
    def seen_version(self) -> int | None:
        """What the page showed; what somebody left out counts as not seen."""
        return self.based_on.data if self.based_on.raw_data else 0

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.section.choices = [SelectChoice("", _("noch offen")), *section_choices()]


class ObjectionForm(FlaskForm):
    """Where one's words flowed into one wording only, nothing needs to be chosen."""

    wording = RadioField(
        _("Um welche Formulierung geht es?"),
        validators=[DataRequired(_("Wählen Sie die Formulierung aus."))],
        validate_choice=False,
    )
    words = TextAreaField(
        _("Was haben Sie gemeint?"),
        description=_("Schreiben Sie, was in der Formulierung nicht stimmt oder fehlt. Ein Satz genügt."),
        validators=[
            WordsRequired(_("Schreiben Sie, was Sie gemeint haben. Ein Satz genügt.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "maxlength": 2000},
    )
    may_be_quoted = BooleanField(
        _("Diese Worte dürfen im Weg meines Beitrags stehen. Sonst steht dort nur, dass es einen Einspruch gab.")
    )

    def validate_wording(self, field: Field) -> None:
        if field.data not in {value for value, *_label in field.iter_choices()}:
            raise ValidationError(str(WordingChanged.message))

    def choose_from(self, wordings: Sequence[OwnWording]) -> "ObjectionForm":
        self.wording.choices = [SelectChoice(str(each.version.id), each.version.content) for each in wordings]
        if len(wordings) == 1 and self.wording.data is None:
            self.wording.data = str(wordings[0].version.id)
        return self


class AnswerForm(FlaskForm):
    answer = TextAreaField(
        _("Antwort"),
        description=_(
            "Sagen Sie, was aus dem Einspruch wird und warum. Die Antwort steht im Weg und geht an die Person."
        ),
        validators=[
            WordsRequired(_("Schreiben Sie, was aus dem Einspruch wird und warum.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )


class EndingForm(FlaskForm):
    reason = TextAreaField(
        _("Grund, den alle lesen"),
        validators=[
            WordsRequired(_("Bitte nennen Sie den Grund. Er steht im Weg der Beiträge.")),
            Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen.")),
        ],
        render_kw={"rows": 3, "lang": "de"},
    )


class SplitForm(EndingForm):
    """One wording for each part; which passages go there is ticked beside it (`teil-0`, `teil-1`, …)."""

    parts = FieldList(
        TextAreaField(
            _("Formulierung"),
            validators=[
                WordsRequired(_("Schreiben Sie, was dieser Teil sagt.")),
                Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
            ],
            render_kw={"rows": 4, "lang": "de"},
        ),
        min_entries=2,
    )

    def with_parts(self, count: int) -> "SplitForm":
        while len(self.parts) < count:
            self.parts.append_entry()
        while len(self.parts) > count:
            self.parts.pop_entry()
        return self

    @property
    def wordings(self) -> list[str]:
        return [each.data for each in self.parts]
