"""Input at the desk: moderation, condensing, deciding."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.concept.catalogue import Catalogue
from app.db import LARGEST_ID
from app.proposals.forms import section_choices
from app.proposals.models import OUTCOME_LABELS, DecisionOutcome
from app.structures.models import Organization
from app.web.fields import choices

REASON_RULES = [Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen."))]


# What must be filled in for what is to become of it
NEEDED: dict[str, tuple[str, ...]] = {
    "goal": ("wording", "section"),
    "goal_wording": ("wording", "goal"),
    "measure": ("wording", "goal", "responsible"),
}


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _("Grund, den alle lesen"),
        validators=[DataRequired(_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")), *REASON_RULES],
        render_kw={"rows": 3},
    )


class TranslationForm(FlaskForm):
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        validators=[DataRequired(_("Schreiben Sie, was der Beitrag auf Deutsch sagt."))],
        render_kw={"rows": 5, "lang": "de"},
    )


class BulkForm(FlaskForm):
    """Several contributions at once; their boxes stand beside them."""

    chosen = SelectMultipleField(
        _("Beiträge"), coerce=int, validators=[DataRequired(_("Wählen Sie mindestens einen Beitrag."))]
    )
    reason = StringField(_("Grund, den alle lesen (nur beim Zurückhalten)"), validators=REASON_RULES)

    def choose_from(self, ids: Collection[int]) -> "BulkForm":
        self.chosen.choices = [SelectChoice(str(each)) for each in ids]
        return self


class UpToForm(FlaskForm):
    """The newest contribution that was shown: what came in since stays in the queue."""

    last = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_ID)])


class WordingForm(FlaskForm):
    """The passages are ticked beside it (name `passage`), the words they led to stand in fields of their own."""

    wording = TextAreaField(
        _("Gemeinsame Formulierung"),
        validators=[
            DataRequired(_("Schreiben Sie, was alle gemeinsam sagen.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )
    section = SelectField(_("Thema"), validators=[Optional()])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.section.choices = [SelectChoice("", _("noch offen")), *section_choices()]


class DecisionForm(FlaskForm):
    outcome = RadioField(
        _("Entscheidung"),
        choices=choices(OUTCOME_LABELS),
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
        _("Wenn angenommen: Was wird daraus?"),
        choices=[
            SelectChoice("nothing", _("nichts Neues im Konzept")),
            SelectChoice("goal", _("ein neues Ziel")),
            SelectChoice("goal_wording", _("ein Ziel bekommt einen neuen Wortlaut")),
            SelectChoice("measure", _("eine neue Maßnahme zu einem Ziel")),
        ],
        default="nothing",
        validators=[Optional()],
    )
    wording = TextAreaField(_("Wortlaut im Konzept"), validators=[Length(max=2000)], render_kw={"rows": 3})
    section = SelectField(_("Thema"), validators=[Optional()])
    goal = SelectField(_("Ziel, um das es geht"), validators=[Optional()])
    responsible = SelectField(_("Wer die Maßnahme verantwortet"), validators=[Optional()])

    def choose_from(self, catalogue: Catalogue, organizations: Collection[Organization]) -> "DecisionForm":
        none = SelectChoice("", _("bitte wählen"))
        self.section.choices = [none, *(SelectChoice(each.slug, each.title) for each in catalogue.sections)]
        self.goal.choices = [
            none,
            *(SelectChoice(each.code, f"{each.number} {each.wording}") for each in catalogue.goals),
        ]
        self.responsible.choices = [none, *(SelectChoice(each.slug, each.name) for each in organizations)]
        return self

    def lacks(self) -> bool:
        """Say at the fields what is missing for what is to become of it."""
        missing = [self[name] for name in NEEDED.get(self.into.data, ()) if not self[name].data]
        for field in missing:
            field.errors = [_("Das fehlt noch.")]
        return bool(missing)


class PassageForm(FlaskForm):
    passage = RadioField(
        _("Um welchen Satz geht es?"), validators=[DataRequired(_("Wählen Sie den Satz, über den entschieden ist."))]
    )
