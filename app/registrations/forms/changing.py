"""Input of whoever changes a registration: the same parts, filled with what was said before."""

from typing import Self

from app.registrations import needs
from app.registrations.asking import Asking
from app.registrations.forms.answers import field_name
from app.registrations.forms.needs import NeedsPart
from app.registrations.forms.registering import PartyForm
from app.registrations.models import (
    Booking,
    ConsentPurpose,
    QuestionKind,
    Registration,
    Thing,
    ThingKind,
)


class ChangeForm(PartyForm):
    registration: Registration

    @classmethod
    def of(cls, registration: Registration, asking: Asking) -> Self:
        form = cls.build(asking, said_before(registration))
        form.registration = registration
        return form

    @property
    def held(self) -> frozenset[Thing]:
        return frozenset(_thing(booking) for booking in self.registration.bookings)


def said_before(registration: Registration) -> dict[str, object]:
    """By the names of the fields."""
    organization = registration.organization.name if registration.organization else registration.organization_name
    return {
        "party_kind": registration.party_kind.value,
        "organization": organization,
        "persons": registration.persons,
        "companions": [{"name": each.name, "is_child": each.is_child} for each in registration.attendees[1:]],
        "attendance": "online" if registration.is_online else "on_site",
        "table": registration.table_id,
        **{f"wish_{wish.rank}": wish.table_id for wish in registration.wishes},
        "sits_together": registration.sits_together,
        "spoken_languages": registration.spoken_languages,
        "comes_as": registration.comes_as.value if registration.comes_as else "",
        "items": [booking.item_id for booking in registration.bookings if booking.item_id],
        **_answered(registration),
        **_agreed(registration),
    }


def _answered(registration: Registration) -> dict[str, object]:
    said: dict[str, object] = {field_name(answer.question): answer.value for answer in registration.answers}
    for booking in registration.bookings:
        if booking.option is None:
            continue
        question = booking.option.question
        name = field_name(question)
        if question.kind is QuestionKind.SEVERAL:
            said[name] = [*said.get(name, []), str(booking.option_id)]  # type: ignore[misc]
        else:
            said[name] = str(booking.option_id)
    return said


def _agreed(registration: Registration) -> dict[str, object]:
    standing = {consent.text.purpose for consent in registration.consents if consent.withdrawn_at is None}
    said: dict[str, object] = {
        f"consent_{purpose}": True for purpose in standing if purpose is not ConsentPurpose.NEEDS
    }
    return said | {"needs": NeedsPart.data_of(needs.needs_of(registration))}


def _thing(booking: Booking) -> Thing:
    if booking.table_id is not None:
        return Thing(ThingKind.TABLE, booking.table_id)
    if booking.item_id is not None:
        return Thing(ThingKind.ITEM, booking.item_id)
    return Thing(ThingKind.OPTION, booking.option_id or 0)
