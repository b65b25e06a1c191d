"""Input for working on the concept, sending papers and recording resolutions."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.concept.catalogue import CatalogueGoal, CatalogueSection
from app.concept.icons import ICON_LABELS, SectionIcon
from app.concept.models import (
    EFFECT_LABELS,
    GOAL_KIND_LABELS,
    SECTION_KIND_LABELS,
    Edition,
    Effect,
    GoalKind,
    SectionKind,
)
from app.council.models import OUTCOME_LABELS, Meeting, Outcome
from app.web.fields import BoxesField, IntegerField, Known, ProcessDateField, choices
from app.web.parameters import row_number

WORDING = [
    DataRequired(_("Schreiben Sie den Wortlaut.")),
    Length(max=2000, message=_("Ein Wortlaut hat höchstens 2000 Zeichen.")),
]
REASON = [
    DataRequired(_("Sagen Sie, warum.")),
    Length(max=1000, message=_("Ein Grund hat höchstens 1000 Zeichen.")),
]
REASON_HINT = _("Der Grund steht öffentlich im Vergleich der Fassungen.")


def _icon_field() -> SelectField:
    return SelectField(
        _("Zeichen"),
        description=_("Es schmückt, in der Übersicht und im Druck; vorgelesen wird es nicht."),
        choices=choices(ICON_LABELS),
        coerce=SectionIcon,
        default=SectionIcon.NONE,
    )


def title_rules(length: int) -> list[object]:
    return [
        DataRequired(_("Geben Sie einen Titel an.")),
        Length(max=length, message=_("Dieser Titel ist zu lang.")),
    ]


class SectionForm(FlaskForm):
    kind = SelectField(_("Art"), choices=choices(SECTION_KIND_LABELS), coerce=SectionKind)
    title = StringField(_("Titel"), validators=title_rules(120))
    icon = _icon_field()


class SectionDetailsForm(FlaskForm):
    title = StringField(_("Titel"), validators=title_rules(120))
    icon = _icon_field()


class PlanForm(FlaskForm):
    kind = SelectField(_("Art"), choices=choices(SECTION_KIND_LABELS), coerce=SectionKind)
    title = StringField(_("Titel"), validators=title_rules(120))
    focus = StringField(
        _("Schwerpunkt"),
        description=_("Er steht öffentlich hinter dem Titel, etwa: insbesondere Traumata."),
        validators=[Length(max=300, message=_("Das ist zu lang."))],
    )
    planned_for = ProcessDateField(_("Wann"))


class WorkingGroupsForm(FlaskForm):
    groups = BoxesField(_("Wer arbeitet daran?"))


class ReasonForm(FlaskForm):
    reason = TextAreaField(_("Grund"), validators=REASON, description=REASON_HINT, render_kw={"rows": 3})


class VersionField:
    """What the writer had before them, to notice that somebody else wrote meanwhile."""

    version_id = HiddenField()

    @property
    def expected_version_id(self) -> int:
        """As sent; 0, which is no version, when nothing was."""
        return row_number((self.version_id.raw_data or [""])[0])


class WordingForm(VersionField, ReasonForm):
    wording = TextAreaField(_("Wortlaut"), validators=WORDING, render_kw={"rows": 4})


def position_field() -> IntegerField:
    return IntegerField(
        _("Platz"),
        description=_("1 ist der erste; leer heißt am Ende."),
        validators=[Optional(), NumberRange(1, 999, _("Ein Platz ist eine Zahl ab 1."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


class PlaceForm(ReasonForm):
    section = SelectField(_("Thema"))
    position = position_field()


class MeasurePlaceForm(PlaceForm):
    goals = BoxesField(
        _("Unterziele"),
        validators=[InputRequired(_("Wählen Sie mindestens ein Unterziel."))],
    )


class NewGoalForm(FlaskForm):
    section = SelectField(_("Thema"))
    kind = SelectField(_("Art"), choices=choices(GOAL_KIND_LABELS), coerce=GoalKind, default=GoalKind.SUB)
    wording = TextAreaField(_("Wortlaut"), validators=WORDING, render_kw={"rows": 4})
    reason = TextAreaField(_("Grund"), validators=REASON, description=REASON_HINT, render_kw={"rows": 3})


class EditionForm(FlaskForm):
    """What an edition is called that is cut when a paper is sent."""

    number = StringField(
        _("Nummer der Fassung"),
        description=_("Etwa 1.1 oder 2.0."),
        validators=[
            DataRequired(_("Geben Sie eine Nummer an.")),
            Length(max=20, message=_("Eine Nummer hat höchstens 20 Zeichen.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    slug = StringField(
        _("Adresse der Fassung"),
        description=_("Etwa 2017-integrationskonzept-1.0; sie ändert sich nie mehr."),
        validators=[
            DataRequired(_("Geben Sie eine Adresse an.")),
            Length(max=80, message=_("Eine Adresse hat höchstens 80 Zeichen.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    title = StringField(_("Titel"), validators=title_rules(200))
    reason = TextAreaField(
        _("Warum gibt es diese Fassung?"),
        validators=[DataRequired(_("Sagen Sie, warum."))],
        render_kw={"rows": 3},
    )
    allow_incomplete = BooleanField(_("Trotzdem versenden, obwohl etwas fehlt"))


class AboutForm(FlaskForm):
    """Which edition that is frozen already a paper is about."""

    edition = SelectField(_("Worum geht die Vorlage?"))


class ResolutionForm(FlaskForm):
    outcome = SelectField(_("Ergebnis"), choices=choices(OUTCOME_LABELS), coerce=Outcome)
    effect = SelectField(
        _("Was das für die Fassung heißt"),
        choices=choices(EFFECT_LABELS),
        coerce=lambda value: Effect(value) if value else None,
        default=Effect.RECOMMENDED,
    )
    edition = SelectField(_("Fassung"))
    decided = ProcessDateField(_("Wann"), validators=[Known()])
    meeting = SelectField(_("Sitzung"))
    wording = TextAreaField(
        _("Wortlaut des Beschlusses"),
        default="",
        description=_("Nur, wo er vom Beschlussvorschlag abweicht."),
        render_kw={"rows": 4},
    )


def offer_sections(field: SelectField, sections: Iterable[CatalogueSection]) -> None:
    field.choices = [SelectChoice(each.slug, f"{each.number} {each.title}") for each in sections]


def offer_goals(field: BoxesField, goals: Iterable[CatalogueGoal]) -> None:
    field.choices = [
        SelectChoice(each.code, f"{each.number} {each.wording}") for each in goals if each.kind is GoalKind.SUB
    ]


def offer_editions(field: SelectField, editions: Iterable[Edition]) -> None:
    field.choices = [SelectChoice(each.slug, f"{each.number}: {each.title}") for each in editions]


def offer_none(field: SelectField) -> None:
    """A body may also just take note of an edition."""
    field.choices = [*choices(EFFECT_LABELS), SelectChoice("", _("nichts, das Gremium nimmt nur zur Kenntnis"))]


def offer_frozen(field: SelectField, editions: Iterable[Edition], *, or_none: bool) -> None:
    """The latest first; no edition only where the paper can do without."""
    field.choices = [SelectChoice(each.slug, _named(each)) for each in reversed(list(editions))]
    if or_none:
        field.choices.insert(0, SelectChoice("", _("um keine Fassung")))


def _named(edition: Edition) -> str:
    return str(_("Fassung %(number)s: %(title)s", number=edition.number, title=edition.title))


def offer_sittings(field: SelectField, meetings: Iterable[Meeting]) -> None:
    field.choices = [
        SelectChoice("", _("nicht bekannt")),
        *(SelectChoice(each.slug, f"{each.day:%d.%m.%Y}: {each.title}") for each in meetings),
    ]
