"""Input of those who moderate."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app.db import LARGEST_ID
from app.moderation.models import BLOCK_KIND_LABELS, BlockKind
from app.web.fields import choices

REASON_RULES = [Length(max=1000, message=_("Bitte bleiben Sie unter 1.000 Zeichen."))]


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


class TextBlockForm(FlaskForm):
    kind = RadioField(_("Wofür?"), choices=choices(BLOCK_KIND_LABELS), coerce=BlockKind, default=BlockKind.REASON)
    title = StringField(
        _("Name des Bausteins"),
        description=_("Nur für die Liste, niemand sonst liest ihn."),
        validators=[
            DataRequired(_("Geben Sie dem Baustein einen Namen.")),
            Length(max=120, message=_("Höchstens 120 Zeichen.")),
        ],
    )
    content = TextAreaField(
        _("Wortlaut"),
        validators=[
            DataRequired(_("Schreiben Sie, was dort stehen soll.")),
            Length(max=2000, message=_("Bitte bleiben Sie unter 2.000 Zeichen.")),
        ],
        render_kw={"rows": 5, "lang": "de"},
    )


class EditTextBlockForm(TextBlockForm):
    kind = None
    is_active = BooleanField(_("Zur Auswahl anbieten"))


class UpToForm(FlaskForm):
    """The newest contribution that was shown: what came in since stays in the queue."""

    last = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
