"""Input about an item of the programme."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.concept.models import Section
from app.events.forms.parts import (
    GIVE_A_MOMENT,
    LOCAL,
    NONE,
    codes,
    find,
    optional_id,
    people,
    people_in_lines,
    places_field,
)
from app.events.models import PersonRole, ProgrammeItem
from app.events.services import ItemFields
from app.web.fields import MomentField


class ItemForm(FlaskForm):
    title = StringField(_("Titel"), validators=[DataRequired(_("Geben Sie einen Titel an.")), Length(max=200)])
    starts_at = MomentField(_("Beginn"), **LOCAL, validators=[GIVE_A_MOMENT])
    ends_at = MomentField(_("Ende"), **LOCAL, validators=[GIVE_A_MOMENT])
    room = StringField(_("Raum"), validators=[Length(max=120)])
    section = SelectField(_("Thema"), coerce=optional_id, validators=[Optional()])
    description = TextAreaField(_("Was geschieht da?"), render_kw={"rows": 4})
    speakers = TextAreaField(
        _("Wer spricht oder leitet"),
        description=_("Eine Person je Zeile, nach einem Komma die Organisation: Beispielperson, Beispielverein"),
        render_kw={"rows": 2},
    )
    languages = StringField(_("Sprachen"), description=_("Kürzel mit Komma, etwa: de, uk"))
    materials = TextAreaField(
        _("Unterlagen"),
        description=_("Links in eckigen und runden Klammern: [Folien](https://example.org/folien.pdf)"),
        render_kw={"rows": 3},
    )
    is_bookable = BooleanField(_("Wer sich anmeldet, kann diesen Punkt wählen"))
    capacity = places_field(_("Plätze"), _("Nur wenn man ihn wählen kann. Leer: so viele, wie kommen."))

    def choose_from(self, sections: Sequence[Section]) -> "ItemForm":
        self.known = sections
        self.section.choices = [NONE, *(SelectChoice(section.id, section.title) for section in sections)]
        return self

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError(gettext("Das Ende muss nach dem Beginn liegen."))

    def validate_capacity(self, field: Field) -> None:
        if field.data and not self.is_bookable.data:
            raise ValidationError(gettext("Plätze zählen nur bei einem Punkt, den man wählen kann."))

    @property
    def fields(self) -> ItemFields:
        return {
            "title": self.title.data.strip(),
            "starts_at": self.starts_at.data,
            "ends_at": self.ends_at.data,
            "room": (self.room.data or "").strip(),
            "section": find(self.known, self.section.data),
            "description": (self.description.data or "").strip(),
            "languages": codes(self.languages.data),
            "materials": (self.materials.data or "").strip(),
            "is_bookable": self.is_bookable.data,
            "capacity": self.capacity.data,
            "people": people(self.speakers.data, PersonRole.SPEAKER),
        }

    @classmethod
    def of(cls, item: ProgrammeItem) -> "ItemForm":
        as_they_are = ("title", "starts_at", "ends_at", "room", "description", "materials", "is_bookable", "capacity")
        return cls(
            data={name: getattr(item, name) for name in as_they_are},
            section=item.section_id,
            languages=", ".join(item.languages),
            speakers=people_in_lines(item.people, PersonRole.SPEAKER),
        )
