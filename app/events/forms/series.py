"""Input about a series, and about a year without an event."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import TextInput

from app.events.models import EventSeries
from app.events.services import SeriesFields
from app.web.fields import IntegerField


class SeriesForm(FlaskForm):
    title = StringField(
        _("Titel"),
        description=_("Etwa: Integrationskonferenz"),
        validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200)],
    )
    summary = TextAreaField(_("Worum geht es in dieser Reihe?"), render_kw={"rows": 4})
    first_year = IntegerField(
        _("Erstes Jahr"),
        validators=[InputRequired(_("Geben Sie ein Jahr an.")), NumberRange(1990, 2200, _("Ein Jahr wie 2018."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
    is_yearly = BooleanField(
        _("Jedes Jahr"), description=_("Hat ein Jahr keine Veranstaltung, steht auf der Seite der Reihe, warum.")
    )

    @property
    def fields(self) -> SeriesFields:
        return {
            "title": self.title.data.strip(),
            "summary": (self.summary.data or "").strip(),
            "first_year": self.first_year.data,
            "is_yearly": self.is_yearly.data,
        }

    @classmethod
    def of(cls, series: EventSeries) -> "SeriesForm":
        return cls(title=series.title, summary=series.summary, first_year=series.first_year, is_yearly=series.is_yearly)


class GapForm(FlaskForm):
    reason = TextAreaField(
        _("Warum fand in diesem Jahr nichts statt?"),
        description=_("In ein, zwei Sätzen, die alle lesen dürfen."),
        validators=[DataRequired(_("Schreiben Sie den Grund auf.")), Length(max=2000)],
        render_kw={"rows": 4},
    )
