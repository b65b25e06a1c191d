"""Input at the desk: giving to a working group, taking down what it recommends, deciding, answering."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from app.concept.catalogue import Catalogue
from app.council.models import Meeting
from app.decisions.services.decisions import TAKEN_UP
from app.moderation.forms import offer
from app.moderation.models import TextBlock
from app.moderation.services.moderation import worded
from app.proposals.models import LEVEL_LABELS, OUTCOME_LABELS, DecisionOutcome, Level
from app.structures.models import Municipality, Organization
from app.texts.services import normalize
from app.web.fields import DayField, ProcessDateField, choices
from app.web.filters import short_day

ANSWER_LENGTH = 4000
# What must be filled in for what is to become of it
NEEDED: dict[str, tuple[str, ...]] = {
    "goal": ("wording", "section"),
    "goal_wording": ("wording", "goal"),
    "measure": ("wording", "goal", "responsible"),
    "idea": ("wording", "section"),
    "practice": ("wording", "section", "example_title", "example_from"),
}
NONE = SelectChoice("", _("bitte wählen"))


class AnswerGiven:
    """A validator: own words, a text block, or both."""

    field_flags = {"required": True}

    def __call__(self, form: "VerdictFields", field: TextAreaField) -> None:
        if not form.words.strip():
            field.errors = []
            raise StopValidation(gettext("Zu jeder Entscheidung gehört eine öffentliche Antwort."))


def _answer(given: AnswerGiven | DataRequired) -> TextAreaField:
    return TextAreaField(
        _("Öffentliche Antwort"),
        validators=[
            given,
            Length(max=ANSWER_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen.")),
        ],
        render_kw={"rows": 5},
    )


class VerdictFields:
    """What is decided on one thing: with its answer, with what becomes of it, with whom it goes to."""

    outcome = RadioField(
        _("Entscheidung"),
        choices=choices(OUTCOME_LABELS),
        coerce=DecisionOutcome,
        validators=[DataRequired(_("Wählen Sie aus, wie entschieden ist."))],
    )
    block = SelectField(_("Textbaustein"), description=_("Er steht vor Ihren eigenen Worten."), validators=[Optional()])
    answer = _answer(AnswerGiven())
    into = RadioField(
        _("Wenn angenommen: Was wird daraus?"),
        choices=[
            SelectChoice("nothing", _("nichts Neues im Konzept")),
            SelectChoice("goal", _("ein neues Ziel")),
            SelectChoice("goal_wording", _("ein Ziel bekommt einen neuen Wortlaut")),
            SelectChoice("measure", _("eine neue Maßnahme zu einem Ziel")),
            SelectChoice("idea", _("eine Idee für Kommunen")),
            SelectChoice("practice", _("ein Praxisbeispiel")),
        ],
        default="nothing",
        validators=[Optional()],
    )
    wording = TextAreaField(_("Wortlaut im Konzept"), validators=[Length(max=2000)], render_kw={"rows": 3})
    section = SelectField(_("Thema"), validators=[Optional()])
    goal = SelectField(_("Ziel, um das es geht"), validators=[Optional()])
    responsible = SelectField(_("Wer die Maßnahme verantwortet"), validators=[Optional()])
    example_title = StringField(
        _("Titel des Praxisbeispiels"), validators=[Length(max=200, message=_("Höchstens 200 Zeichen."))]
    )
    example_from = SelectField(_("Stadt oder Gemeinde des Praxisbeispiels"), validators=[Optional()])
    level = SelectField(
        _("Wenn weitergeleitet: Wohin?"),
        choices=choices(LEVEL_LABELS),
        coerce=Level,
        default=Level.OTHER,
        validators=[Optional()],
    )
    municipality = SelectField(_("Gemeinde"), validators=[Optional()])
    forwarded_to = StringField(
        _("Weitergeleitet an"),
        description=_("Das Amt, die Behörde, das Ministerium; bei einer Gemeinde nur, wenn es ein Amt dort ist."),
        validators=[Length(max=200, message=_("Höchstens 200 Zeichen."))],
    )
    office_address = TextAreaField(
        _("Anschrift der Stelle"),
        validators=[Length(max=300, message=_("Höchstens 300 Zeichen."))],
        render_kw={"rows": 2},
    )
    forwarded_on = DayField(_("Weitergeleitet am"), validators=[Optional()])
    objection_reason = TextAreaField(
        _("Warum Sie trotz des Widerspruchs entscheiden"),
        description=_("Das lesen alle, auch wer widersprochen hat."),
        validators=[Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen."))],
        render_kw={"rows": 3},
    )

    blocks: Collection[TextBlock] = ()

    @property
    def words(self) -> str:
        """The answer: the text block as it stands now, then the own words."""
        fields: Mapping[str, Field] = self._fields  # type: ignore[attr-defined]
        chosen = next((block for block in self.blocks if block.slug == fields["block"].data), None)
        return worded(chosen, fields["answer"].data or "")

    def lacks(self) -> bool:
        """Say at the fields what is missing for what is to become of it."""
        fields: Mapping[str, Field] = self._fields  # type: ignore[attr-defined]
        needed = NEEDED.get(fields["into"].data or "", ()) if fields["outcome"].data in TAKEN_UP else ()
        missing = [fields[name] for name in needed if not normalize(fields[name].data or "")]
        for field in missing:
            field.errors = [_("Das fehlt noch.")]
        return bool(missing)


class Offered:
    """What the fields of a decision offer, loaded once for however many of them there are on a page."""

    def __init__(
        self,
        catalogue: Catalogue,
        organizations: Collection[Organization],
        municipalities: Collection[Municipality],
        blocks: Collection[TextBlock],
    ) -> None:
        self.blocks = blocks
        self.sections = [NONE, *(SelectChoice(each.slug, each.title) for each in catalogue.sections)]
        self.goals = [NONE, *(SelectChoice(each.code, f"{each.number} {each.wording}") for each in catalogue.goals)]
        self.responsible = [NONE, *(SelectChoice(each.slug, each.name) for each in organizations)]
        self.municipalities = [NONE, *(SelectChoice(each.ags, each.name) for each in municipalities)]

    def fill(self, form: "DecisionForm | ItemForm") -> None:
        form.blocks = self.blocks
        offer(form.block, self.blocks)
        form.section.choices, form.goal.choices = self.sections, self.goals
        form.responsible.choices = self.responsible
        form.municipality.choices = form.example_from.choices = self.municipalities


class DecisionForm(VerdictFields, FlaskForm):
    """On one thing. `keeps`: what it became already, where a released decision is corrected."""

    def __init__(self, offered: Offered, *, keeps: str = "", data: Mapping[str, object] = MappingProxyType({})) -> None:
        super().__init__(data=data)
        offered.fill(self)
        if keeps:
            self.into.choices = [SelectChoice("same", keeps), *self.into.choices]


class ItemForm(VerdictFields, FlaskForm):
    """One point of a meeting; only what is ticked is decided."""

    class Meta:
        csrf = False  # the page's own form carries the token

    is_chosen = BooleanField(_("Darüber hat die Sitzung entschieden"))

    def __init__(self, offered: Offered, *, prefix: str, data: Mapping[str, object]) -> None:
        super().__init__(prefix=prefix, data=data)
        offered.fill(self)


class PassageForm(FlaskForm):
    passage = RadioField(
        _("Um welchen Satz geht es?"), validators=[DataRequired(_("Wählen Sie den Satz, über den entschieden ist."))]
    )


class AnswerForm(FlaskForm):
    answer = _answer(DataRequired(_("Zu jeder Entscheidung gehört eine öffentliche Antwort.")))


class ReferralForm(FlaskForm):
    """To whom, with which question, until when; what is given stands in the address."""

    organization = SelectField(_("Wer soll etwas empfehlen?"), validators=[DataRequired(_("Wählen Sie aus, wer."))])
    question = StringField(
        _("Frage dazu"),
        description=_("Sie steht auf dem Weg des Beitrags, alle können sie lesen."),
        validators=[Length(max=500, message=_("Höchstens 500 Zeichen."))],
    )
    due_on = DayField(_("Bis wann"), validators=[Optional()])

    def __init__(self, organizations: Sequence[Organization], **data: object) -> None:
        super().__init__(data=data)
        self.organization.choices = [NONE, *(SelectChoice(each.slug, each.name) for each in organizations)]


class LineForm(FlaskForm):
    """What a group recommends on one thing; without an outcome the line is left for later."""

    class Meta:
        csrf = False  # the page's own form carries the token

    outcome = SelectField(
        _("Empfehlung"),
        choices=[SelectChoice("", _("noch offen")), *choices(OUTCOME_LABELS)],
        validators=[Optional()],
    )
    reason = TextAreaField(
        _("Begründung, aus der die Antwort wird"),
        validators=[Length(max=ANSWER_LENGTH, message=_("Bitte bleiben Sie unter 4.000 Zeichen."))],
        render_kw={"rows": 3},
    )
    wording = TextAreaField(
        _("Wortlaut, den sie vorschlägt"),
        validators=[Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen."))],
        render_kw={"rows": 2},
    )

    def lacks(self) -> bool:
        if self.outcome.data and not (self.reason.data or "").strip():
            self.reason.errors = [_("Schreiben Sie dazu, warum. Daraus wird die Antwort.")]
        elif not self.outcome.data and (self.reason.data or self.wording.data):
            self.outcome.errors = [_("Wählen Sie auch aus, was empfohlen ist.")]
        return bool(self.reason.errors or self.outcome.errors)


class RecommendationsForm(FlaskForm):
    """When the group met; its lines are forms of their own."""

    recommended = ProcessDateField(_("Empfohlen am"))


class MeetingChoiceForm(FlaskForm):
    class Meta:
        csrf = False  # it only leads to a page

    meeting = SelectField(_("Sitzung"), name="sitzung", validators=[DataRequired(_("Wählen Sie eine Sitzung aus."))])

    def __init__(self, meetings: Sequence[Meeting], given: MultiDict[str, str]) -> None:
        super().__init__(formdata=given)
        self.meeting.choices = [
            NONE,
            *(SelectChoice(each.slug, f"{short_day(each.day)}: {each.title}") for each in meetings),
        ]
