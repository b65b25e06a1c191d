"""Pictures of an event: add, describe, withdraw."""

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, transactional
from app.events import documentation, pictures
from app.events.errors import PhotoThere
from app.events.models import Event, EventPhoto


@transactional
def add_photo(
    event: Event, content: bytes, *, alt: str, consent: str, credit: str = "", by: Account | None
) -> EventPhoto:
    """Keep it in two sizes, without its metadata, after those that are there.

    Raises NotAPicture, PictureTooLarge or PhotoThere.
    """
    large, small = pictures.prepare(content)  # takes a moment: before anybody has to wait for the row
    event = lock(event)
    there = documentation.photos_of(event.id)
    key = storage.keep(large.content, suffix="jpg")
    if key in {photo.key for photo in there}:
        raise PhotoThere
    photo = EventPhoto(
        event=event,
        position=max((each.position for each in there), default=0) + 1,
        key=key,
        width=large.width,
        height=large.height,
        small_key=storage.keep(small.content, suffix="jpg"),
        small_width=small.width,
        small_height=small.height,
        alt=alt,
        credit=credit,
        consent=consent,
    )
    db.session.add(photo)
    log.record("events.add_photo", photo, by=by)
    return photo


@transactional
def describe_photo(
    photo: EventPhoto, *, alt: str, consent: str, credit: str, position: int | None = None, by: Account | None
) -> None:
    """Other words for it, or another place among the photos of its event."""
    lock(photo.event)
    photo.alt, photo.consent, photo.credit = alt, consent, credit
    if position is not None:
        photo.position = position
    log.record("events.describe_photo", photo, by=by, fields=["alt", "consent", "credit", "position"])


@transactional
def withdraw_photo(photo: EventPhoto, *, by: Account | None) -> None:
    """It is gone at once, from every page and from the storage, unless the very same picture stands elsewhere.

    The files go before the commit: should that fail, a page shows a gap rather than somebody who said no.
    """
    lock(photo.event)
    log.record("events.withdraw_photo", photo, by=by)
    keys = (photo.key, photo.small_key)
    db.session.delete(photo)
    storage.remove_unnamed(keys)
