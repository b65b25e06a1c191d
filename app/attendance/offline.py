"""What a device needs to go on without a network: the list, the public key, a service worker that keeps the page."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, url_for
from flask_babel import gettext as _

from app.attendance import codes
from app.attendance.entries import Receipt
from app.attendance.models import DoorDevice
from app.attendance.queries import DoorParty, DoorPerson
from app.attendance.services.tickets import STILL_GOOD
from app.web.filters import clock

KEPT = ("app.css", "main.js", "check-in.js", "favicon.svg")  # and the fonts
WORKER = "door-worker.js"


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


def service_worker() -> str:
    """The script, and what it keeps: it changes with every version of what it keeps."""
    vendor = Path(current_app.static_folder or "") / "vendor"
    manifest: dict[str, str] = json.loads((vendor / "manifest.json").read_text())
    names = [name for name in manifest if name in KEPT or name.endswith(".woff2")]
    addresses = [url_for("static", filename=f"vendor/{manifest[name]}") for name in names]
    script = (vendor / manifest[WORKER]).read_text()
    version = hashlib.sha256(json.dumps(manifest).encode()).hexdigest()[:12]
    return f"const VERSION = {json.dumps(version)};\nconst KEPT = {json.dumps(addresses)};\n{script}"


def _person(person: DoorPerson) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "since": clock(person.arrived_at) if person.arrived_at else "",
        "entry": person.entry,
    }
