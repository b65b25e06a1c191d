"""Input at the desk: moderation, condensing, deciding."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.proposals import queries
from app.proposals.models import OUTCOME_LABELS, DecisionOutcome

WORDING_LENGTH = 2000


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _("Grund, den alle lesen"),
        validators=[
            DataRequired(_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")),
            Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen.")),
        ],
        render_kw={"rows": 3},
    )


class TranslationForm(FlaskForm):
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        validators=[DataRequired(_("Schreiben Sie, was der Beitrag auf Deutsch sagt."))],
        render_kw={"rows": 5, "lang": "de"},
    )


class ChoiceForm(FlaskForm):
    """Several contributions at once; the boxes stand beside them on the page."""

    chosen = SelectMultipleField(coerce=int, validators=[DataRequired(_("Wählen Sie mindestens einen Beitrag."))])
    reason = StringField(_("Grund, den alle lesen (nur beim Zurückhalten)"), validators=[Length(max=1000)])

    def __init__(self, ids: list[int], **more: object) -> None:
        super().__init__(**more)
        self.chosen.choices = [SelectChoice(str(each)) for each in ids]


class WordingForm(FlaskForm):
    """The passages stand in boxes named `passage`; the words each led to in fields named after it."""

    wording = TextAreaField(
        _("Gemeinsame Formulierung"),
        validators=[
            DataRequired(_("Schreiben Sie, was alle gemeinsam sagen.")),
            Length(max=WORDING_LENGTH, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5},
    )
    section = SelectField(_("Thema"), validators=[Optional()])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.section.choices = [
            SelectChoice("", _("noch offen")),
            *(SelectChoice(section.slug, section.title) for section in queries.sections()),
        ]


class DecisionForm(FlaskForm):
    outcome = RadioField(
        _("Entscheidung"),
        choices=[SelectChoice(outcome.value, label) for outcome, label in OUTCOME_LABELS.items()],
        coerce=DecisionOutcome,
        validators=[DataRequired(_("Wählen Sie aus, wie entschieden ist."))],
    )
    answer = TextAreaField(
        _("Öffentliche Antwort"),
        validators=[DataRequired(_("Zu jeder Entscheidung gehört eine öffentliche Antwort."))],
        render_kw={"rows": 5},
    )
    forwarded_to = StringField(_("Weitergeleitet an"), validators=[Length(max=200)])
    into = RadioField(
        _("Was daraus wird"),
        choices=[
            SelectChoice("nothing", _("nichts Neues im Konzept")),
            SelectChoice("goal", _("ein neues Ziel")),
            SelectChoice("goal_wording", _("ein Ziel bekommt einen neuen Wortlaut")),
            SelectChoice("measure", _("eine neue Maßnahme zu einem Ziel")),
        ],
        default="nothing",
    )
    section = SelectField(_("Thema des neuen Ziels"), validators=[Optional()])
    goal = SelectField(_("Ziel, um das es geht"), validators=[Optional()])
    responsible = SelectField(_("Wer die Maßnahme verantwortet"), validators=[Optional()])
    wording = TextAreaField(_("Wortlaut im Konzept"), render_kw={"rows": 3})
