"""The wall of an event for the projector: a link that ends by itself, and a pause."""

from datetime import datetime, timedelta

from app import links
from app.accounts.models import Account
from app.audit import log
from app.capture import queries
from app.capture.errors import WallEnded
from app.capture.models import EventCapture
from app.capture.services.closing import settings_row
from app.db import lock, transactional
from app.errors import LinkInvalid
from app.events.models import Event
from app.events.queries import get_event

WALL = "wall"
STAYS = timedelta(days=1)  # after the end of the event


def link_of(settings: EventCapture) -> str:
    """The token; raising the generation ends it."""
    return links.sign(WALL, settings.event_id, settings.wall_generation)


def read_link(token: str, at: datetime) -> tuple[Event, EventCapture]:
    """Raises LinkInvalid, or WallEnded a day after the event."""
    ticket = links.read(WALL, token)
    event = get_event(ticket.row_id)
    settings = queries.settings_of(ticket.row_id)
    if event is None or settings.wall_generation != ticket.generation:
        raise LinkInvalid
    if at >= event.ends_at + STAYS:
        raise WallEnded
    return event, settings


@transactional
def pause(event: Event, *, is_paused: bool, by: Account | None) -> None:
    """The projector shows no lines, or shows them again."""
    settings = settings_row(lock(event))
    settings.is_wall_paused = is_paused
    log.record("capture.pause_wall", settings, by=by, fields=["is_wall_paused"])


@transactional
def renew(event: Event, *, by: Account | None) -> None:
    """The link of the wall ends; a new one takes its place."""
    settings = settings_row(lock(event))
    settings.wall_generation += 1
    log.record("capture.renew_wall", settings, by=by, fields=["wall_generation"])
