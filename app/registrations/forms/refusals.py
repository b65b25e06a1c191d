"""What a service refuses and a field of the form can say."""

from app.errors import DomainError
from app.registrations.errors import CodeInvalid, ItemsOverlap, NoRoomForMore, PartyTooLarge
from app.registrations.forms.registering import PartyForm

FIELD_OF: dict[type[DomainError], str] = {
    PartyTooLarge: "persons",
    NoRoomForMore: "persons",
    CodeInvalid: "code",
    ItemsOverlap: "items",
}
AT_FIELDS = tuple(FIELD_OF)


def say_at_field(form: PartyForm, error: DomainError) -> None:
    name = next(field for kind, field in FIELD_OF.items() if isinstance(error, kind))
    form[name].errors = [str(error)]
