"""What the forms about events share."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import TextInput

from app.events.models import EventPerson, PersonRole
from app.events.services import PersonFields
from app.local_time import BERLIN
from app.web.fields import IntegerField

ANY = SelectChoice("", _("Alle"))
NONE = SelectChoice("", _("Keine Angabe"))
LOCAL = {"format": ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], "tz": BERLIN}
GIVE_A_MOMENT = InputRequired(_("Geben Sie Tag und Uhrzeit an."))
MOST_PLACES = 100_000


class HasId(Protocol):
    id: int


R = TypeVar("R", bound=HasId)


def optional_id(value: str) -> int | None:
    return int(value) if value else None


def find(rows: Iterable[R], row_id: int | None) -> R | None:
    return next((row for row in rows if row.id == row_id), None)


def lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def codes(text: str | None) -> list[str]:
    """Languages as `de, uk`."""
    return [code.strip() for code in (text or "").split(",") if code.strip()]


def places_field(label: object, description: object = _("Leer: so viele, wie kommen.")) -> IntegerField:
    return IntegerField(
        label,
        description=description,
        validators=[Optional(), NumberRange(1, MOST_PLACES, _("Geben Sie eine Zahl ab 1 an, oder nichts."))],
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
    )


def people(text: str | None, role: PersonRole) -> list[PersonFields]:
    """One person in each line, with a comma before the organisation."""
    found = (line.partition(",") for line in lines(text))
    return [PersonFields(role, name.strip()[:200], organization.strip()[:200]) for name, _comma, organization in found]


def people_in_lines(people: Sequence[EventPerson], role: PersonRole) -> str:
    return "\n".join(", ".join(filter(None, (each.name, each.organization))) for each in people if each.role is role)
