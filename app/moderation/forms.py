"""Input of those who moderate."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app.db import LARGEST_ID

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


class UpToForm(FlaskForm):
    """The newest contribution that was shown: what came in since stays in the queue."""

    last = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
