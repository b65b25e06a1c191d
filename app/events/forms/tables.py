"""Input about a thematic table."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from app.concept.models import Section
from app.events.forms.parts import NONE, codes, find, optional_id, people, people_in_lines, places_field
from app.events.models import PersonRole, ThemeTable
from app.events.services import TableFields
from app.web.fields import IntegerField


class TableForm(FlaskForm):
    number = IntegerField(
        _("Nummer"),
        validators=[InputRequired(_("Geben Sie eine Nummer an.")), NumberRange(1, 999, _("Eine Zahl von 1 bis 999."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
    title = StringField(_("Titel"), validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200)])
    section = SelectField(_("Thema"), coerce=optional_id, validators=[Optional()])
    capacity = places_field(_("Plätze"), _("In jeder Runde. Leer: so viele, wie kommen."))
    languages = StringField(_("Sprachen am Tisch"), description=_("Kürzel mit Komma, etwa: de, uk"))
    hosts = TextAreaField(
        _("Moderation"),
        description=_("Eine Person je Zeile, nach einem Komma die Organisation: Beispielperson, Beispielverein"),
        render_kw={"rows": 2},
    )
    scribes = TextAreaField(_("Protokoll"), description=_("Ebenso."), render_kw={"rows": 2})
    note = TextAreaField(_("Hinweis"), render_kw={"rows": 2})

    def choose_from(self, sections: Sequence[Section]) -> "TableForm":
        self.known = sections
        self.section.choices = [NONE, *(SelectChoice(section.id, section.title) for section in sections)]
        return self

    @property
    def fields(self) -> TableFields:
        return {
            "number": self.number.data,
            "title": self.title.data.strip(),
            "section": find(self.known, self.section.data),
            "capacity": self.capacity.data,
            "languages": codes(self.languages.data),
            "note": (self.note.data or "").strip(),
            "people": [*people(self.hosts.data, PersonRole.HOST), *people(self.scribes.data, PersonRole.SCRIBE)],
        }

    @classmethod
    def of(cls, table: ThemeTable) -> "TableForm":
        return cls(
            number=table.number,
            title=table.title,
            section=table.section_id,
            capacity=table.capacity,
            languages=", ".join(table.languages),
            note=table.note,
            hosts=people_in_lines(table.people, PersonRole.HOST),
            scribes=people_in_lines(table.people, PersonRole.SCRIBE),
        )
