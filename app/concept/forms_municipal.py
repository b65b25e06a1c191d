"""Input for ideas for municipalities, who took them up, and good practice."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Email, Optional, ValidationError

from app.concept.catalogue import CatalogueSection
from app.concept.forms import REASON, WORDING, VersionField, position_field
from app.concept.forms_desk import StandForm, at_most, required
from app.concept.models import ConceptPicture, SectionKind
from app.concept.services import ContactFacts
from app.structures.models import Municipality
from app.web.fields import ProcessDateField


class NewIdeaForm(FlaskForm):
    section = SelectField(_("Handlungsfeld"))
    wording = TextAreaField(
        _("Idee"),
        description=_("Ein Satz, was eine Stadt oder Gemeinde tun kann."),
        validators=WORDING,
        render_kw={"rows": 3},
    )


class IdeaWordingForm(VersionField, FlaskForm):
    wording = TextAreaField(_("Idee"), validators=WORDING, render_kw={"rows": 3})


class IdeaPlaceForm(FlaskForm):
    section = SelectField(_("Handlungsfeld"))
    position = position_field()


class DropForm(FlaskForm):
    reason = TextAreaField(
        _("Grund"), description=_("Er bleibt gespeichert."), validators=REASON, render_kw={"rows": 3}
    )


class UptakeForm(FlaskForm):
    """That a municipality does what an idea says."""

    municipality = SelectField(_("Stadt oder Gemeinde"))
    since = ProcessDateField(_("Seit wann"))
    sentence = TextAreaField(
        _("Ein Satz dazu"),
        description=_("Er steht öffentlich neben der Idee, etwa: Wir treffen uns freitags im Rathaus."),
        validators=[at_most(500)],
        render_kw={"rows": 2},
    )


class PracticeForm(StandForm):
    title = StringField(_("Titel"), validators=required(200))
    section = SelectField(_("Thema"))
    municipality = SelectField(_("Stadt oder Gemeinde"))
    organization_name = StringField(
        _("Wer macht es?"), description=_("Ein Verein, ein Amt, eine Initiative."), validators=[at_most(200)]
    )
    since = ProcessDateField(_("Seit wann"))
    wording = TextAreaField(
        _("Was geschieht da?"),
        description=_("So konkret, dass andere es nachmachen können."),
        validators=required(2000),
        render_kw={"rows": 6},
    )
    picture = SelectField(_("Bild"), description=_("Neue Bilder nehmen Sie unter „Bilder“ auf."))
    picture_alt = StringField(
        _("Was auf dem Bild zu sehen ist"), description=_("Für alle, die es nicht sehen."), validators=[at_most(300)]
    )
    name = StringField(
        _("Wen man fragen kann"),
        description=_("Name und Erreichbarkeit stehen in keiner Fassung; streichen Sie das Beispiel, sind sie weg."),
        validators=[at_most(200)],
        render_kw={"autocomplete": "off"},
    )
    email = StringField(
        _("E-Mail-Adresse"),
        validators=[Optional(), Email(_("Schreiben Sie die Adresse so: name@example.org.")), at_most(254)],
        render_kw={"autocomplete": "off", "type": "email"},
    )
    phone = StringField(_("Telefon"), validators=[at_most(60)], render_kw={"autocomplete": "off"})
    may_be_named = BooleanField(_("Die Person ist einverstanden, öffentlich genannt zu werden"))

    def validate_picture_alt(self, field: StringField) -> None:
        if self.picture.data and not (field.data or "").strip():
            raise ValidationError(_("Beschreiben Sie, was auf dem Bild zu sehen ist."))

    def contact(self) -> ContactFacts:
        return ContactFacts(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            may_be_named=self.may_be_named.data,
        )


def offer_fields(field: SelectField, sections: Iterable[CatalogueSection]) -> None:
    field.choices = [
        SelectChoice(each.slug, f"{each.number} {each.title}") for each in sections if each.kind is SectionKind.FIELD
    ]


def offer_municipalities(field: SelectField, found: Iterable[Municipality]) -> None:
    field.choices = [SelectChoice(each.ags, each.name) for each in found]


def offer_pictures(field: SelectField, found: Iterable[ConceptPicture]) -> None:
    shown = (SelectChoice(str(each.number), f"{each.number}: {each.title}") for each in found)
    field.choices = [SelectChoice("", _("ohne Bild")), *shown]
