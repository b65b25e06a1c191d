"""Devices at the door: each gets a link of its own, which can be renewed and taken away."""

from datetime import datetime

from app import links
from app.accounts.models import Account
from app.attendance.errors import DoorLinkEnded
from app.attendance.models import DoorDevice
from app.attendance.queries import get_device
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event, ThemeTable

DOOR = "door"


@transactional
def add_device(
    event: Event, *, name: str, table: ThemeTable | None = None, may_exceed: bool = False, by: Account | None
) -> DoorDevice:
    """A device for the whole event, or for one table. `may_exceed`: it may let guests in beyond the limit."""
    device = DoorDevice(event=event, table=table, name=name, may_exceed=may_exceed, created_by_id=by.id if by else None)
    db.session.add(device)
    log.record("attendance.add_device", device, by=by)
    return device


@transactional
def renew_device(device: DoorDevice, *, by: Account | None) -> None:
    """A new link takes the place of the old one, which ends."""
    device = lock(device)
    device.link_generation += 1
    log.record("attendance.renew_device", device, by=by, fields=["link_generation"])


@transactional
def revoke_device(device: DoorDevice, *, by: Account | None) -> None:
    """Its link ends; what it recorded stays."""
    device = lock(device)
    device.revoke(now())
    log.record("attendance.revoke_device", device, by=by, fields=["revoked_at"])


def link_of(device: DoorDevice) -> str:
    """The token."""
    return links.sign(DOOR, device.id, device.link_generation)


def read_link(token: str, at: datetime) -> DoorDevice:
    """Raises LinkInvalid for a forged link, DoorLinkEnded for one that was renewed, taken away or has run out."""
    said = links.read(DOOR, token)
    device = get_device(said.row_id)
    if device is None or device.link_generation != said.generation or not device.is_in_use(at):
        raise DoorLinkEnded
    return device
