"""Input of whoever registers or changes a registration: the parts, put together for one event."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from secrets import token_urlsafe
from types import MappingProxyType, new_class
from typing import Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import TextInput

from app.registrations.asking import Asking
from app.registrations.forms.agreements import AgreementsPart, consent_fields
from app.registrations.forms.answers import QuestionsPart, field_name, question_fields
from app.registrations.forms.choices import ProgrammePart, TablesPart
from app.registrations.forms.contact import ContactPart, TypedContactPart
from app.registrations.forms.party import PartyPart
from app.registrations.forms.words import one_line, plain_code
from app.registrations.models import Channel, Thing, ThingKind
from app.registrations.services.details import Party
from app.web.fields import IntegerField

# As they stand on the page; the event's own questions come before needs.
ORDER = (
    *("channel", "code", "name", "email", "phone", "postal_address", "language"),
    *("party_kind", "organization", "persons", "companions", "attendance"),
    *("table", "wish_1", "wish_2", "wish_3", "sits_together", "spoken_languages", "comes_as", "items"),
)
NOTHING: Mapping[str, object] = MappingProxyType({})
AT_THE_END = ("needs", "consent_photos", "consent_contacts", "wants_updates")


class PartyForm(PartyPart, TablesPart, ProgrammePart, QuestionsPart, AgreementsPart):
    """What everybody says, however they register. Made by `build`, which adds the event's own questions."""

    seen_full = HiddenField()  # what the page showed as full: whoever chooses it means the waiting list

    @classmethod
    def build(cls, asking: Asking, values: Mapping[str, object] = NOTHING) -> Self:
        fields = question_fields(asking) | consent_fields(asking)
        form: Self = new_class(cls.__name__, (cls,), exec_body=lambda body: body.update(fields))(data=dict(values))
        form.asking = asking
        form.offer_party(asking)
        form.offer_tables(asking)
        form.offer_items(asking)
        form.offer_questions(asking)
        form.offer_agreements(asking)
        form.known_full = frozenset((form.seen_full.data or "").split())
        form.seen_full.data = " ".join(form._name(thing) for thing, left in asking.places.items() if not left)
        return form

    def __iter__(self) -> Iterator[Field]:
        """In the order of the page, which is that of the messages about it."""
        places = {name: place for place, name in enumerate(ORDER)}
        places |= {name: len(places) + 1 + place for place, name in enumerate(AT_THE_END)}
        return iter(sorted(super().__iter__(), key=lambda field: places.get(field.short_name, len(ORDER))))

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if is_valid and self.needs is not None:
            is_valid = self.needs.form.fits(self.persons.data)
        return is_valid and not self._refuse_what_filled_up()

    @property
    def party(self) -> Party:
        """What `register` and `change` take, but for the consents."""
        party: Party = {
            "companions": self.companions_named,
            "party_kind": self.kind,
            "organization": self.known_organization,
            "organization_name": self.organization_in_words,
            "is_online": self.is_online,
            "tables": self.tables,
            "items": self.items_chosen,
            "options": self.options_chosen,
            "answers": self.answers,
            "needs": self.needed,
        }
        if self.sits_together is not None:
            party["sits_together"] = self.sits_together.data
            party["spoken_languages"] = self.spoken_languages.data or []
            party["comes_as"] = self.capacity_in
        return party

    def _refuse_what_filled_up(self) -> bool:
        """Whoever saw a place free and finds it taken hears of it before waiting for it."""
        surprises = [(thing, field) for thing, field in self._chosen() if self._is_surprise(thing)]
        for thing, field in surprises:
            field.errors = [self._told_full(thing)]
            self.seen_full.data = f"{self.seen_full.data} {self._name(thing)}"
        return bool(surprises)

    def _chosen(self) -> list[tuple[Thing, Field]]:
        options = [
            (Thing(ThingKind.OPTION, option.id), self[field_name(option.question)]) for option in self.options_chosen
        ]
        items = [(Thing(ThingKind.ITEM, item.id), self.items) for item in self.items_chosen]
        is_fixed = self.table is not None and self.table.data
        return options + items + ([(Thing(ThingKind.TABLE, self.table.data), self.table)] if is_fixed else [])

    def _is_surprise(self, thing: Thing) -> bool:
        left = self.asking.places.get(thing)
        is_full = left is not None and left < self._places_for(thing)
        return is_full and self._name(thing) not in self.known_full and thing not in self.held

    def _places_for(self, thing: Thing) -> int:
        by_id = {option.id: question for question in self.questions for option in question.options}
        once = thing.kind is ThingKind.OPTION and not by_id[thing.id].counts_persons
        return 1 if once else self.persons.data

    def _told_full(self, thing: Thing) -> str:
        left = self.asking.places[thing]
        if left:
            return str(
                gettext(
                    "Hier ist nicht mehr genug Platz für Sie alle (noch %(left)s). "
                    "Wählen Sie etwas anderes, oder senden Sie noch einmal: Dann kommen Sie dort auf die Warteliste.",
                    left=left,
                )
            )
        return str(
            gettext(
                "Das ist inzwischen voll. Wählen Sie etwas anderes, "
                "oder senden Sie noch einmal: Dann kommen Sie dort auf die Warteliste."
            )
        )

    @property
    def held(self) -> frozenset[Thing]:
        """What the party has already."""
        return frozenset()

    @staticmethod
    def _name(thing: Thing) -> str:
        return f"{thing.kind}-{thing.id}"


class NewPartyForm(PartyForm):
    code = StringField(
        _("Einladungscode"),
        description=_("Er steht in Ihrer Einladung."),
        filters=[plain_code],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    form_token = HiddenField(default=lambda: token_urlsafe(16), filters=[one_line])

    @classmethod
    def build(cls, asking: Asking, values: Mapping[str, object] = NOTHING) -> Self:
        form = super().build(asking, values)
        if not asking.event.is_by_invitation:
            del form.code
        return form

    @property
    def party(self) -> Party:
        party = super().party
        party["form_id"] = self.form_id
        party["wants_updates"] = self.wants_updates.data
        if self.code is not None:
            party["code"] = self.code.data
        return party

    @property
    def form_id(self) -> str:
        """The same for the same form with the same content: sent twice, it registers once."""
        if not self.form_token.data:
            return ""
        content = [(field.name, field.data) for field in self if field.name not in {"csrf_token", "seen_full"}]
        return sha256(repr(content).encode()).hexdigest()


class RegistrationForm(ContactPart, NewPartyForm):
    website = StringField(_("Bitte leer lassen"))

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.code is not None and not self.code.data:
            self.code.errors = [gettext("Geben Sie den Code aus Ihrer Einladung an.")]
            return False
        return is_valid

    @property
    def party(self) -> Party:
        party = super().party
        party["language"] = self.asking.language
        return party

    @property
    def is_trapped(self) -> bool:
        """A robot fills every field, also the one people do not see."""
        return bool(self.website.data)


class TypedRegistrationForm(TypedContactPart, NewPartyForm):
    @property
    def party(self) -> Party:
        party = super().party
        party["channel"] = Channel(self.channel.data)
        party["phone"] = self.phone.data
        party["postal_address"] = self.postal_address.data
        party["language"] = self.language.data
        return party


class CapacityForm(FlaskForm):
    capacity = IntegerField(
        _("Plätze"),
        description=_("Leer: so viele, wie kommen."),
        validators=[Optional(), NumberRange(1, 100_000, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )
