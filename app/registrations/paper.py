"""Letters for people without e-mail: what waits, and what stands in them, the same as in the mails."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import segno
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.mail.rendering import ADDRESS
from app.registrations.letters import has_reason, kind_now
from app.registrations.mails import render_letter
from app.registrations.models import LetterKind, PaperLetter, Registration

MOST_DONE = 50


class LetterWords(NamedTuple):
    """`before` and `after` the address of the personal page, which is `link`: on paper a code stands there."""

    subject: str
    before: list[str]
    after: list[str]
    link: str

    @property
    def read_out(self) -> list[str]:
        """Without the sentence that leads to the link: nobody can click on the telephone."""
        is_leading = bool(self.link and self.before and self.before[-1].endswith(":"))
        return [*self.before[: -1 if is_leading else None], *self.after]


def letters_waiting(event_id: int) -> Sequence[PaperLetter]:
    """The oldest first, with whom they are for."""
    statement = _letters(event_id).where(PaperLetter.done_at.is_(None)).order_by(PaperLetter.id)
    return db.session.scalars(statement).all()


def letters_done(event_id: int) -> Sequence[PaperLetter]:
    """The latest of those printed or told."""
    statement = _letters(event_id).where(PaperLetter.done_at.is_not(None))
    return db.session.scalars(statement.order_by(PaperLetter.done_at.desc()).limit(MOST_DONE)).all()


def get_letter(letter_id: int) -> PaperLetter | None:
    statement = select(PaperLetter).where(PaperLetter.id == letter_id)
    return db.session.scalars(statement.options(joinedload(PaperLetter.registration))).one_or_none()


def is_needed(letter: PaperLetter, at: datetime) -> bool:
    """Whether what it tells is still so."""
    return has_reason(kind_now(LetterKind(letter.letter), letter.registration, at), letter.registration, at)


def words_of(letter: PaperLetter) -> LetterWords | None:
    """In the person's language; None when the letter has lost its reason."""
    words = render_letter(LetterKind(letter.letter), letter.registration, **letter.parameters)
    if words is None:
        return None
    paragraphs = [paragraph.strip() for paragraph in re.split(r"\n\s*\n", words.body) if paragraph.strip()]
    places = [place for place, paragraph in enumerate(paragraphs) if ADDRESS.fullmatch(paragraph)]
    if not places:
        return LetterWords(words.subject, paragraphs, [], "")
    first = places[0]
    return LetterWords(words.subject, paragraphs[:first], paragraphs[first + 1 :], paragraphs[first])


def qr_code(link: str) -> str:
    """As a picture in SVG."""
    return segno.make(link, error="m").svg_inline(border=0)


def _letters(event_id: int) -> Select[PaperLetter]:
    return (
        select(PaperLetter)
        .join(PaperLetter.registration)
        .where(Registration.event_id == event_id)
        .options(
            joinedload(PaperLetter.registration).selectinload(Registration.attendees),
            joinedload(PaperLetter.registration).joinedload(Registration.event),
        )
    )
