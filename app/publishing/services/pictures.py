"""Pictures of the concept: kept in the storage, without what else was in the file."""

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.concept.models import ConceptPicture
from app.db import db, transactional
from app.events import pictures
from app.publishing.errors import PictureThere


@transactional
def add_picture(content: bytes, *, title: str, source: str = "", by: Account | None) -> ConceptPicture:
    """Keep it under the next number; it never changes, since editions hold it.

    Raises NotAPicture, PictureTooLarge or PictureThere.
    """
    large, _small = pictures.prepare(content)
    key = storage.keep(large.content, suffix="jpg")
    there = db.session.scalars(db.select(ConceptPicture).where(ConceptPicture.key == key)).one_or_none()
    if there is not None:
        raise PictureThere(there.number)
    last = db.session.scalar(db.select(db.func.max(ConceptPicture.number))) or 0
    picture = ConceptPicture(
        number=last + 1, key=key, width=large.width, height=large.height, title=title, source=source
    )
    db.session.add(picture)
    log.record("publishing.add_picture", picture, by=by)
    return picture
