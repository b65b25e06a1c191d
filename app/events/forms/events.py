"""Input about an event itself."""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import TextInput

from app.events.forms.parts import GIVE_A_MOMENT, LOCAL, NONE, find, lines, optional_id, places_field
from app.events.forms.times import as_days
from app.events.models import (
    ATTENDANCE_MODE_LABELS,
    EVENT_KIND_LABELS,
    HOLD_HOURS,
    OFFER_HOURS,
    OFFERS_STOP_HOURS,
    TABLE_CHOICE_LABELS,
    AttendanceMode,
    Event,
    EventKind,
    TableChoice,
)
from app.events.queries import Choices
from app.events.services import EventFields
from app.web.fields import BoxesField, IntegerField, MomentField, choices

MOST_HOURS = 24 * 60
NUMERIC = {"widget": TextInput(), "render_kw": {"inputmode": "numeric"}}
POSITION = re.compile(r"(-?\d{1,3}(?:[.,]\d+)?)(?:\s*[,;]\s+|\s*;\s*|\s+|,)(-?\d{1,3}(?:[.,]\d+)?)", re.ASCII)


def _hours(label: object, default: int, smallest: int = 1) -> IntegerField:
    return IntegerField(
        label,
        default=default,
        validators=[Optional(), NumberRange(smallest, MOST_HOURS, _("Eine Zahl von Stunden, höchstens 60 Tage."))],
        **NUMERIC,
    )


class EventForm(FlaskForm):
    # Was
    title = StringField(
        _("Titel"),
        validators=[
            DataRequired(_("Geben Sie einen Titel an.")),
            Length(max=200, message=_("Ein Titel hat höchstens 200 Zeichen.")),
        ],
    )
    kind = SelectField(_("Art"), choices=choices(EVENT_KIND_LABELS))
    series = SelectField(_("Reihe"), coerce=optional_id, validators=[Optional()])
    motto = StringField(_("Motto"), validators=[Length(max=200)])
    summary = TextAreaField(_("Was geschieht dort?"), render_kw={"rows": 6})
    guiding_question = StringField(_("Leitfrage"), validators=[Length(max=300)])
    format = StringField(_("Format"), description=_("Etwa: World-Café mit drei Runden"), validators=[Length(max=200)])
    sections = BoxesField(_("Worum es geht"), coerce=int)
    organization = SelectField(_("Wer einlädt"), coerce=optional_id, validators=[Optional()])
    contact = StringField(
        _("Fragen beantwortet"),
        description=_("Name, Telefon, Mail, wie es öffentlich dasteht."),
        validators=[Length(max=300)],
    )
    # Wann
    starts_at = MomentField(_("Beginn"), **LOCAL, validators=[GIVE_A_MOMENT])
    ends_at = MomentField(_("Ende"), **LOCAL, validators=[GIVE_A_MOMENT])
    is_all_day = BooleanField(_("Nur der Tag steht fest, die Uhrzeit noch nicht"))
    # Wo
    attendance_mode = RadioField(
        _("Wie nimmt man teil?"), choices=choices(ATTENDANCE_MODE_LABELS), default=AttendanceMode.ON_SITE.value
    )
    place = StringField(_("Ort"), description=_("Etwa: Bürgersaal"), validators=[Length(max=200)])
    address = StringField(_("Anschrift"), validators=[Length(max=300)])
    municipality = SelectField(_("Stadt oder Gemeinde"), coerce=optional_id, validators=[Optional()])
    position = StringField(
        _("Koordinaten"), description=_("Breite und Länge, wie eine Karte sie nennt: 47.6616, 9.1750")
    )
    accessibility = TextAreaField(_("Zugang zum Haus"), render_kw={"rows": 3})
    online_address = StringField(
        _("Adresse für die Teilnahme online"),
        description=_("Nur wer angemeldet ist, sieht sie."),
        validators=[Length(max=300)],
    )
    # Wer darf kommen
    offers = TextAreaField(
        _("Was es gibt"),
        description=_("Eines je Zeile, etwa: Dolmetschen Arabisch, Kinderbetreuung, rollstuhlgerecht"),
        render_kw={"rows": 4},
    )
    is_by_invitation = BooleanField(_("Nur mit Einladung: Wer sich anmeldet, braucht einen Code"))
    requires_approval = BooleanField(_("Sie sagen jeder Anmeldung zu oder ab"))
    # Plätze und Fristen
    registration_opens_at = MomentField(
        _("Anmeldung ab"),
        **LOCAL,
        description=_("Leer: sobald die Veranstaltung öffentlich ist."),
        validators=[Optional()],
    )
    registration_closes_at = MomentField(
        _("Anmeldung bis"), **LOCAL, description=_("Leer: bis zum Beginn."), validators=[Optional()]
    )
    changes_until = MomentField(
        _("Ändern und absagen bis"),
        **LOCAL,
        description=_("Leer: bis zum Ende der Veranstaltung."),
        validators=[Optional()],
    )
    hold_hours = _hours(_("Stunden, die ein Platz bis zur Bestätigung gehalten wird"), HOLD_HOURS)
    offer_hours = _hours(_("Stunden, die ein angebotener Platz wartet"), OFFER_HOURS)
    offers_stop_hours = _hours(
        _("Stunden vor dem Beginn, ab denen Sie freie Plätze nur noch von Hand anbieten"), OFFERS_STOP_HOURS, 0
    )
    # Tische
    table_choice = RadioField(_("Tische"), choices=choices(TABLE_CHOICE_LABELS), default=TableChoice.RANK.value)
    table_rounds = IntegerField(
        _("Runden an den Tischen"),
        default=1,
        validators=[Optional(), NumberRange(1, 9, _("Eine Zahl von 1 bis 9."))],
        **NUMERIC,
    )

    def choose_from(self, choices: Choices) -> "EventForm":
        self.choices = choices
        self.series.choices = [NONE, *(SelectChoice(each.id, each.title) for each in choices.series)]
        self.municipality.choices = [NONE, *(SelectChoice(each.id, each.name) for each in choices.municipalities)]
        self.organization.choices = [NONE, *(SelectChoice(each.id, each.name) for each in choices.organizations)]
        self.sections.choices = [SelectChoice(section.id, section.title) for section in choices.sections]
        return self

    def validate_ends_at(self, field: Field) -> None:
        if self.starts_at.data and field.data and field.data <= self.starts_at.data:
            raise ValidationError(gettext("Das Ende muss nach dem Beginn liegen."))

    def validate_registration_closes_at(self, field: Field) -> None:
        if self.ends_at.data and field.data and field.data > self.ends_at.data:
            raise ValidationError(gettext("Das ist nach dem Ende der Veranstaltung."))

    def validate_registration_opens_at(self, field: Field) -> None:
        closes_at = self.registration_closes_at.data or self.starts_at.data
        if closes_at and field.data and field.data >= closes_at:
            raise ValidationError(gettext("Die Anmeldung muss öffnen, bevor sie schließt."))

    def validate_changes_until(self, field: Field) -> None:
        if self.ends_at.data and field.data and field.data > self.ends_at.data:
            raise ValidationError(gettext("Das ist nach dem Ende der Veranstaltung."))

    def validate_position(self, field: Field) -> None:
        if (field.data or "").strip() and self._position() == (None, None):
            raise ValidationError(gettext("Schreiben Sie Breite und Länge als zwei Zahlen, etwa: 47.6616, 9.1750"))

    def validate_online_address(self, field: Field) -> None:
        if (field.data or "").strip() and not field.data.strip().startswith(("https://", "http://")):
            raise ValidationError(gettext("Eine Adresse beginnt mit https://"))

    @property
    def fields(self) -> EventFields:
        """What was written, as the services take it."""
        return {**self._what(), **self._when(), **self._where(), **self._rules()}

    def _what(self) -> EventFields:
        return {
            "title": self.title.data.strip(),
            "kind": EventKind(self.kind.data),
            "series": find(self.choices.series, self.series.data),
            "motto": (self.motto.data or "").strip(),
            "summary": (self.summary.data or "").strip(),
            "guiding_question": (self.guiding_question.data or "").strip(),
            "format": (self.format.data or "").strip(),
            "sections": [section for section in self.choices.sections if section.id in self.sections.data],
            "organization": find(self.choices.organizations, self.organization.data),
            "contact": (self.contact.data or "").strip(),
            "offers": lines(self.offers.data),
        }

    def _when(self) -> EventFields:
        starts_at, ends_at = self.starts_at.data, self.ends_at.data
        if self.is_all_day.data:
            starts_at, ends_at = as_days(starts_at, ends_at)
        return {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "is_all_day": self.is_all_day.data,
            "registration_opens_at": self.registration_opens_at.data,
            "registration_closes_at": self.registration_closes_at.data or starts_at,
            "changes_until": self.changes_until.data,
        }

    def _where(self) -> EventFields:
        latitude, longitude = self._position()
        return {
            "attendance_mode": AttendanceMode(self.attendance_mode.data),
            "place": (self.place.data or "").strip(),
            "address": (self.address.data or "").strip(),
            "municipality": find(self.choices.municipalities, self.municipality.data),
            "latitude": latitude,
            "longitude": longitude,
            "accessibility": (self.accessibility.data or "").strip(),
            "online_address": (self.online_address.data or "").strip(),
        }

    def _rules(self) -> EventFields:
        stop = self.offers_stop_hours.data
        return {
            "is_by_invitation": self.is_by_invitation.data,
            "requires_approval": self.requires_approval.data,
            "hold_hours": self.hold_hours.data or HOLD_HOURS,
            "offer_hours": self.offer_hours.data or OFFER_HOURS,
            "offers_stop_hours": OFFERS_STOP_HOURS if stop is None else stop,
            "table_choice": TableChoice(self.table_choice.data),
            "table_rounds": self.table_rounds.data or 1,
        }

    def _position(self) -> tuple[float, float] | tuple[None, None]:
        match = POSITION.fullmatch((self.position.data or "").strip())
        if match is None:
            return None, None
        latitude, longitude = (float(number.replace(",", ".")) for number in match.groups())
        is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180
        return (latitude, longitude) if is_on_earth else (None, None)

    @classmethod
    def of(cls, event: Event) -> "EventForm":
        # Not obj=event: what that has would win over what is given beside it
        return cls(
            data={name: getattr(event, name) for name in AS_THEY_ARE},
            kind=event.kind.value,
            attendance_mode=event.attendance_mode.value,
            table_choice=event.table_choice.value,
            series=event.series_id,
            municipality=event.municipality_id,
            organization=event.organization_id,
            sections=[each.section_id for each in event.sections],
            position="" if event.latitude is None else f"{event.latitude}, {event.longitude}",
            offers="\n".join(event.offers),
        )


AS_THEY_ARE = (
    *("title", "motto", "summary", "guiding_question", "format", "contact"),
    *("starts_at", "ends_at", "is_all_day", "registration_opens_at", "registration_closes_at", "changes_until"),
    *("place", "address", "accessibility", "online_address", "is_by_invitation", "requires_approval"),
    *("hold_hours", "offer_hours", "offers_stop_hours", "table_rounds"),
)


class NewEventForm(EventForm):
    capacity = places_field(_("Plätze"))
    online_capacity = places_field(
        _("Plätze online"), _("Nur wenn man vor Ort oder online teilnehmen kann. Leer: so viele, wie kommen.")
    )
