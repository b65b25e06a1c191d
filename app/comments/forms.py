"""Input of comments, of reports about them, and of those who moderate them."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.forms import EMAIL_RULES
from app.comments.models import COMMENT_KIND_LABELS, CommentKind
from app.registrations.forms.words import one_line
from app.structures.models import Organization
from app.texts.services import normalize

TEXT_LENGTH = 1500
TEXT_RULES = [Length(max=TEXT_LENGTH, message=_("Bitte bleiben Sie unter 1.500 Zeichen."))]
REASON_RULES = [Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen."))]


def _words(value: str | None) -> str:
    """What is left once signs that nobody sees are gone, as it will be stored."""
    return normalize(value or "")


class CommentForm(FlaskForm):
    text = TextAreaField(
        _("Was möchten Sie dazu sagen?"),
        filters=[_words],
        validators=[DataRequired(_("Schreiben Sie, was Sie dazu sagen möchten. Ein Satz genügt.")), *TEXT_RULES],
        render_kw={"rows": 5, "maxlength": TEXT_LENGTH},
    )
    kind = RadioField(
        _("Was ist es?"),
        choices=[SelectChoice(kind.value, label) for kind, label in COMMENT_KIND_LABELS.items()],
        default=CommentKind.ADDITION.value,
        coerce=CommentKind,
        validators=[Optional()],
    )
    name = StringField(
        _("Wie heißen Sie?"),
        description=_("Ein Vorname genügt. Er steht neben Ihrem Kommentar."),
        filters=[one_line],
        validators=[Length(max=100, message=_("Ein Name hat hier höchstens 100 Zeichen."))],
        render_kw={"autocomplete": "given-name", "maxlength": 100},
    )
    email = EmailField(
        _("E-Mail-Adresse"),
        description=_("Nur wenn Sie hören möchten, ob Ihr Kommentar erscheint und wer antwortet. Niemand sieht sie."),
        filters=[one_line],
        validators=[Optional(), *EMAIL_RULES[1:]],
        render_kw={"autocomplete": "email"},
    )
    on_behalf_of = SelectField(_("Für wen schreiben Sie?"), validators=[Optional()])
    website = StringField()  # the trap for robots
    altcha = HiddenField()

    def __init__(self, *, represented: Sequence[Organization] = ()) -> None:
        super().__init__()
        self.represented = represented
        if represented:
            named = [SelectChoice(each.slug, each.name) for each in represented]
            self.on_behalf_of.choices = [SelectChoice("", _("nur für mich")), *named]
        else:
            del self.on_behalf_of

    @property
    def organization(self) -> Organization | None:
        """In whose name; only one that whoever is signed in may speak for."""
        chosen = self.on_behalf_of.data if self.represented else None
        return next((each for each in self.represented if each.slug == chosen), None)


class ReportForm(FlaskForm):
    reason = TextAreaField(
        _("Was stimmt an diesem Kommentar nicht?"),
        filters=[_words],
        validators=[DataRequired(_("Sagen Sie kurz, was nicht stimmt.")), *REASON_RULES],
        render_kw={"rows": 3, "maxlength": 1000},
    )
    website = StringField()


class AnswerForm(FlaskForm):
    text = TextAreaField(
        _("Ihre Antwort im Namen des Teams"),
        filters=[_words],
        validators=[DataRequired(_("Schreiben Sie eine Antwort.")), *TEXT_RULES],
        render_kw={"rows": 4, "maxlength": TEXT_LENGTH},
    )


class TranslationForm(FlaskForm):
    translation = TextAreaField(
        _("Arbeitsübersetzung"),
        filters=[_words],
        validators=[DataRequired(_("Schreiben Sie, was der Kommentar auf Deutsch sagt.")), *TEXT_RULES],
        render_kw={"rows": 4, "lang": "de"},
    )


class BulkForm(FlaskForm):
    """Several comments at once; their boxes stand beside them."""

    chosen = SelectMultipleField(
        _("Kommentare"), coerce=int, validators=[DataRequired(_("Wählen Sie mindestens einen Kommentar."))]
    )
    reason = StringField(_("Grund, den alle lesen (nur beim Zurückhalten)"), validators=REASON_RULES)

    def choose_from(self, ids: Collection[int]) -> "BulkForm":
        self.chosen.choices = [SelectChoice(str(each)) for each in ids]
        return self
