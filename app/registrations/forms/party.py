"""For whom somebody registers: alone, with family or group, for an organisation; and who comes along."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, FieldList, Form, FormField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, StopValidation
from wtforms.widgets import TextInput

from app.events.models import AttendanceMode
from app.registrations.asking import Asking
from app.registrations.forms.words import NAME_LENGTH, is_no_advertisement, one_line
from app.registrations.models import PARTY_KIND_LABELS, PartyKind
from app.registrations.services import Companion
from app.structures.models import Organization
from app.web.fields import IntegerField

MOST_PERSONS = 50


def is_not_emptied(_form: Form, field: Field) -> None:
    """Who is not asked comes alone, or as many as before."""
    if field.raw_data and not field.raw_data[0].strip():
        raise StopValidation(gettext("Geben Sie eine Zahl an."))


class CompanionForm(Form):
    name = StringField(
        _("Name"),
        filters=[one_line],
        validators=[Length(max=NAME_LENGTH, message=_("Ein Name hat höchstens 200 Zeichen.")), is_no_advertisement],
        render_kw={"autocomplete": "off"},
    )
    is_child = BooleanField(_("Kind"))


class PartyPart(FlaskForm):
    party_kind = RadioField(
        _("Für wen melden Sie an?"),
        choices=[SelectChoice(kind.value, label) for kind, label in PARTY_KIND_LABELS.items()],
        default=PartyKind.PERSON.value,
    )
    organization = StringField(
        _("Welche Organisation?"),
        description=_("Verein, Amt oder Gruppe, mit vollem Namen."),
        filters=[one_line],
        validators=[Length(max=200, message=_("Ein Name hat höchstens 200 Zeichen."))],
        render_kw={"autocomplete": "organization"},
    )
    persons = IntegerField(
        _("Wie viele Personen kommen?"),
        default=1,
        description=_("Sie selbst zählen mit, Kinder auch."),
        validators=[
            is_not_emptied,
            NumberRange(1, MOST_PERSONS, _("Geben Sie eine Zahl von 1 bis %(max)s an.")),
        ],
        widget=TextInput(),  # a wrong number is shown again, not lost
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    companions = FieldList(FormField(CompanionForm), max_entries=MOST_PERSONS - 1)
    attendance = RadioField(
        _("Wie möchten Sie dabei sein?"),
        choices=[
            SelectChoice(AttendanceMode.ON_SITE.value, _("vor Ort")),
            SelectChoice(AttendanceMode.ONLINE.value, _("online")),
        ],
        default=AttendanceMode.ON_SITE.value,
    )

    def offer_party(self, asking: Asking) -> None:
        self.organizations = asking.organizations
        if asking.event.attendance_mode is not AttendanceMode.HYBRID:
            del self.attendance

    def add_companion(self) -> None:
        """One row more, for the one who presses the button."""
        named = len(self.companions_named)
        if named == len(self.companions) < MOST_PERSONS - 1:
            self.companions.append_entry()
        self.persons.data = min(max(self.persons.data or 1, named + 2), MOST_PERSONS)
        self.persons.raw_data = None
        if self.party_kind.data == PartyKind.PERSON:
            self.party_kind.data = PartyKind.GROUP.value

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        problems = {
            "persons": self._problem_with_persons() if not self.persons.errors else None,
            "organization": self._problem_with_organization(),
        }
        for name, problem in problems.items():
            if problem:
                self[name].errors = [problem]
        return is_valid and not any(problems.values())

    def _problem_with_persons(self) -> str | None:
        if self.party_kind.data == PartyKind.PERSON and self.party_kind.raw_data and self.persons.data > 1:
            return str(
                gettext("Sie melden nur sich selbst an. Schreiben Sie 1, oder wählen Sie oben Familie oder Gruppe.")
            )
        if len(self.companions_named) > self.persons.data - 1:
            return str(gettext("Unten stehen mehr Personen. Ändern Sie die Zahl, oder leeren Sie eine Zeile."))
        return None

    def _problem_with_organization(self) -> str | None:
        if self.kind is PartyKind.DELEGATION and not self.organization.data:
            return str(gettext("Geben Sie an, für welche Organisation."))
        return None

    @property
    def kind(self) -> PartyKind:
        """Whoever comes with others is a group, also where nobody asked."""
        chosen = PartyKind(self.party_kind.data) if self.party_kind.data in set(PartyKind) else PartyKind.PERSON
        is_alone = chosen is PartyKind.PERSON and (self.persons.data or 1) == 1
        return PartyKind.GROUP if chosen is PartyKind.PERSON and not is_alone else chosen

    @property
    def companions_named(self) -> list[Companion]:
        """Up to the last row in which something stands; empty ones before are persons without a name."""
        rows = [Companion(entry.form.name.data, entry.form.is_child.data) for entry in self.companions]
        while rows and rows[-1] == Companion():
            rows.pop()
        return rows

    @property
    def known_organization(self) -> Organization | None:
        words = (self.organization.data or "").casefold()
        if self.kind is not PartyKind.DELEGATION or not words:
            return None
        named = (each for each in self.organizations if words in {each.name.casefold(), each.short_name.casefold()})
        return next(named, None)

    @property
    def organization_in_words(self) -> str:
        is_needed = self.kind is PartyKind.DELEGATION and self.known_organization is None
        return str(self.organization.data or "") if is_needed else ""

    @property
    def is_online(self) -> bool:
        return self.attendance is not None and self.attendance.data == AttendanceMode.ONLINE
