"""What somebody looks for in the list of events."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SearchField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.events.forms.parts import ANY
from app.events.queries import Choices, Wanted
from app.web.fields import DayField


class FilterForm(FlaskForm):
    """A GET form: its fields are the address of the list."""

    class Meta:
        csrf = False

    suche = SearchField(_("Suche"))
    feld = SelectField(_("Thema"), validators=[Optional()])
    gemeinde = SelectField(_("Stadt oder Gemeinde"), validators=[Optional()])
    gremium = SelectField(_("Wer einlädt"), validators=[Optional()])
    ab = DayField(_("Ab"), validators=[Optional()])
    bis = DayField(_("Bis"), validators=[Optional()])

    def choose_from(self, choices: Choices) -> "FilterForm":
        self.feld.choices = [ANY, *(SelectChoice(each.slug, each.title) for each in choices.sections)]
        self.gemeinde.choices = [ANY, *(SelectChoice(each.ags, each.name) for each in choices.municipalities)]
        self.gremium.choices = [ANY, *(SelectChoice(each.slug, each.label) for each in choices.organizations)]
        return self

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            section=self.feld.data or "",
            organization=self.gremium.data or "",
            municipality=self.gemeinde.data or "",
            first_day=self.ab.data,
            last_day=self.bis.data,
            text=(self.suche.data or "").strip(),
        )
