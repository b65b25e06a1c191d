"""Input for Lebenslagen and target groups."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField, StringField, TextAreaField

from app.concept.forms import REASON
from app.concept.forms_desk import StandForm, at_most, required
from app.concept.models import Term
from app.web.fields import ProcessDateField


class TermForm(StandForm):
    title = StringField(_("Begriff"), validators=required(80))
    valid = ProcessDateField(_("Gilt seit wann, oder von wann bis wann"))
    merged_into = SelectField(
        _("Aufgegangen in"),
        default="",
        description=_("Wählen Sie etwas aus, wenn ein anderer Begriff diesen ablöst. Was ihn schon trägt, behält ihn."),
    )
    source = StringField(_("Quelle"), validators=[at_most(300)])
    reason = TextAreaField(
        _("Grund"),
        description=_("Er steht in der Geschichte des Begriffs."),
        validators=REASON,
        render_kw={"rows": 2},
    )

    def offer(self, found: Iterable[Term]) -> None:
        self.terms = {each.slug: each for each in found}
        nothing = SelectChoice("", _("in keinem anderen"))
        self.merged_into.choices = [nothing, *(SelectChoice(slug, each.title) for slug, each in self.terms.items())]
