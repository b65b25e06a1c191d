"""Photos of flipcharts: kept for those who moderate, released with the documentation, gone in the end."""

from datetime import datetime

from sqlalchemy import select

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.capture import queries
from app.capture.errors import PhotoReleased, TableClosed, TooManyPhotos
from app.capture.models import FlipchartPhoto
from app.db import db, lock, transactional
from app.events import pictures
from app.events.errors import PhotoThere
from app.events.models import Event, ThemeTable
from app.events.services import add_photo as add_to_documentation

MOST_PHOTOS = 12


@transactional
def add_photo(table: ThemeTable, content: bytes, *, by: Account | None = None) -> FlipchartPhoto:
    """Keep it in two sizes, made anew, without its metadata.

    Raises NotAPicture, PictureTooLarge, PhotoThere, TooManyPhotos or TableClosed.
    """
    large, small = pictures.prepare(content)  # takes a moment: before anybody has to wait for the row
    table = lock(table)
    if queries.standing_closing(table.id) is not None:
        raise TableClosed
    there = queries.photos_of(table.id)
    if len(there) >= MOST_PHOTOS:
        raise TooManyPhotos
    key = storage.keep(large.content, suffix="jpg")
    if key in {photo.key for photo in there}:
        raise PhotoThere
    photo = FlipchartPhoto(
        table=table,
        key=key,
        width=large.width,
        height=large.height,
        small_key=storage.keep(small.content, suffix="jpg"),
        small_width=small.width,
        small_height=small.height,
    )
    db.session.add(photo)
    db.session.flush()
    log.record("capture.add_photo", photo, by=by)
    return photo


@transactional
def remove_photo(photo: FlipchartPhoto, *, by: Account | None = None) -> None:
    """It is gone at once, also from the storage. What the documentation shows is a photo of its own."""
    lock(photo.table)
    log.record("capture.remove_photo", photo, by=by)
    _remove(photo)


@transactional
def release_photo(photo: FlipchartPhoto, *, alt: str, consent: str, credit: str = "", by: Account | None) -> None:
    """Add it to the documentation of its event, which everyone reads once it is public. Raises PhotoReleased."""
    event = lock(photo.table.event)
    db.session.refresh(photo)
    if photo.event_photo_id is not None:
        raise PhotoReleased
    shown = add_to_documentation(event, storage.read(photo.key), alt=alt, consent=consent, credit=credit, by=by)
    db.session.flush()
    photo.event_photo_id = shown.id
    log.record("capture.release_photo", photo, by=by, fields=["event_photo_id"])


@transactional
def remove_photos_before(at: datetime) -> int:
    """Photos of tables whose event ended at `at` or before; returns how many. Those released live on by themselves."""
    of_past = select(FlipchartPhoto).join(ThemeTable).join(Event).where(Event.ends_at <= at)
    found = db.session.scalars(of_past.order_by(FlipchartPhoto.id)).all()
    for photo in found:
        _remove(photo)
    return len(found)


def _remove(photo: FlipchartPhoto) -> None:
    """The files go before the commit: should that fail, a page shows a gap rather than a picture that was to go."""
    keys = (photo.key, photo.small_key)
    db.session.delete(photo)
    storage.remove_unnamed(keys)
