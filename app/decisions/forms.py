"""Input at the desk: deciding and answering."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.concept.catalogue import Catalogue
from app.proposals.models import OUTCOME_LABELS, DecisionOutcome
from app.structures.models import Organization
from app.web.fields import choices

# What must be filled in for what is to become of it
NEEDED: dict[str, tuple[str, ...]] = {
    "goal": ("wording", "section"),
    "goal_wording": ("wording", "goal"),
    "measure": ("wording", "goal", "responsible"),
}


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
