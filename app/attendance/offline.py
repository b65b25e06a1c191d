"""What a device needs to go on without a network: the list and the public key."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.attendance import codes
from app.attendance.entries import Receipt
from app.attendance.models import DoorDevice
from app.attendance.queries import DoorParty, DoorPerson
from app.attendance.services.tickets import STILL_GOOD
from app.web.filters import clock


def list_of(device: DoorDevice, parties: Sequence[DoorParty]) -> dict[str, object]:
    """Names and whether they are there: nothing else leaves the house."""
    return {
        "event": device.event_id,
        "tickets_until": (device.event.ends_at + STILL_GOOD).isoformat(),
        "key": codes.public_key().hex(),
        "parties": [
            {"id": party.id, "generation": party.generation, "people": [_person(person) for person in party.people]}
            for party in parties
        ],
    }


def receipt(said: Receipt) -> dict[str, object]:
    return {"uuid": said.uuid, "result": said.result.value, "words": said.words, "known": said.is_known}


def unreadable(uuid: str) -> dict[str, object]:
    """The device drops it and says so, or it would send it for ever."""
    words = _("Ein Eintrag dieses Geräts war nicht lesbar und zählt nicht.")
    return {"uuid": uuid, "result": "unreadable", "words": words, "known": False}


def _person(person: DoorPerson) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "since": clock(person.arrived_at) if person.arrived_at else "",
        "entry": person.entry,
    }
