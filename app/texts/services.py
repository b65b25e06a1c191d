"""What can be done with texts: write a version, link passages, blacken a part."""

import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.audit import log
from app.audit.log import Actor
from app.db import db, lock, now, transactional
from app.texts.errors import AlreadyBlackened, NothingKept, QuoteNotFound, TextEmpty
from app.texts.models import KeptPassage, LinkKind, Redaction, Text, TextVersion, ThreadLink, digest_of

BLACKENED = "█"
# Control characters but for tab and line end, characters that reorder what others read (bidirectional overrides), and
# such as no font shows. Those that join or part the letters of a script stay.
CONTROLS = (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF)
INVISIBLE = dict.fromkeys([*CONTROLS, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Span(NamedTuple):
    """Characters of a version, counted from 0; the last one is not included."""

    version: TextVersion
    start: int
    end: int

    @classmethod
    def whole(cls, version: TextVersion) -> "Span":
        return cls(version, 0, len(version.content))

    @classmethod
    def of(cls, version: TextVersion, quote: str) -> "Span":
        """Where the quote stands; raises QuoteNotFound."""
        start = version.content.find(quote) if quote else -1
        if start < 0:
            raise QuoteNotFound
        return cls(version, start, start + len(quote))

    @property
    def quote(self) -> str:
        return self.version.quote(self.start, self.end)

    def check(self) -> None:
        """Raise QuoteNotFound when it reaches beyond the text."""
        if not 0 <= self.start < self.end <= len(self.version.content):
            raise QuoteNotFound


def normalize(content: str) -> str:
    """What is stored of what was typed: NFC, Unix line ends, nothing invisible that turns a line round."""
    return unicodedata.normalize("NFC", content).replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).strip()


@transactional
def write(
    content: str, *, language: str, text: Text | None = None, is_new: bool = False, translated_by: str = ""
) -> TextVersion:
    """Store a wording as the next version of `text`, or as the first of a new one.

    The same words again add nothing, unless the version `is_new` for another reason: what flows into it.
    `translated_by` names the service where a machine wrote it; when a person keeps its words, they are theirs.
    """
    content = normalize(content)
    if not content:
        raise TextEmpty
    if text is None:
        text = Text()
        db.session.add(text)
    else:
        text = lock(text)
        current = text.current
        is_same = (current.content, current.language, current.translated_by) == (content, language, translated_by)
        if is_same and not is_new:
            return current
    salt = secrets.token_bytes(16)
    version = TextVersion(
        number=text.current.number + 1 if text.versions else 1,
        language=language,
        content=content,
        salt=salt,
        digest=digest_of(salt, content),
        translated_by=translated_by,
    )
    text.versions.append(version)
    db.session.flush()
    return version


@transactional
def link(kind: LinkKind, source: Span, target: Span) -> ThreadLink:
    """Append a link to the thread."""
    for span in (source, target):
        span.check()
    thread_link = ThreadLink(
        kind=kind,
        source=source.version,
        source_start=source.start,
        source_end=source.end,
        target=target.version,
        target_start=target.start,
        target_end=target.end,
    )
    db.session.add(thread_link)
    return thread_link


@transactional
def redact(span: Span, *, role: str, reason: str, by: Actor | None, keep_until: datetime | None = None) -> Redaction:
    """Blacken characters, keeping the length so that links still point to the right places.

    Without `keep_until` for good: the digest stays, its salt goes, so that what stood there can no longer be tried out.
    With it the words are cut out and kept apart until then, so that the redaction can be lifted. Raises QuoteNotFound
    and, where words would be kept that are black already, AlreadyBlackened.
    """
    version = _fresh(span.version)  # what somebody else blackened in the meantime stays black
    span.check()
    kept = None
    if keep_until is not None:
        if any(each.start < span.end and span.start < each.stop for each in version.standing_redactions):
            raise AlreadyBlackened
        by_id = by.id if by else None
        kept = KeptPassage(words=span.quote, salt=version.salt, keep_until=keep_until, made_by_id=by_id)
    redaction = Redaction(version=version, start=span.start, stop=span.end, role=role, reason=reason, kept=kept)
    db.session.add(redaction)
    db.session.flush()  # the database lets content change only where the trace is there already
    version.content = _with(version.content, span.start, BLACKENED * (span.end - span.start))
    version.salt = None
    log.record("texts.redact", redaction, by=by, fields=["content"])
    return redaction


@transactional
def lift(redaction: Redaction, *, by: Actor | None) -> None:
    """The words stand again where they stood; raises NothingKept. With the last redaction the digest can be checked."""
    version = _fresh(redaction.version)
    kept = redaction.kept
    if kept is None or not kept.words:
        raise NothingKept
    kept.lifted_at = now()
    db.session.flush()  # the database lets the words return only where it knows that they may
    version.content = _with(version.content, redaction.start, kept.words)
    if not version.standing_redactions:
        version.salt = next((each.kept.salt for each in version.redactions if each.kept and each.kept.salt), None)
    db.session.flush()
    kept.words = ""
    log.record("texts.lift_redaction", redaction, by=by, fields=["content"])


@transactional
def forget_kept_before(at: datetime, *, but: Collection[int] = ()) -> int:
    """Words below redactions go for good where their time ended; not those of the versions `but`. Returns how many."""
    due = select(KeptPassage).join(Redaction).where(KeptPassage.words != "", KeptPassage.keep_until <= at)
    found = db.session.scalars(due.where(Redaction.version_id.not_in(but)).order_by(KeptPassage.id)).all()
    for kept in found:
        _fresh(kept.redaction.version)
        kept.words = ""
        for redaction in kept.redaction.version.redactions:  # what is gone in part can no longer be checked
            if redaction.kept:
                redaction.kept.salt = None
        log.record("texts.forget_kept", kept, fields=["words"])
    return len(found)


def _fresh(version: TextVersion) -> TextVersion:
    """Hold the text, and read what others did to this version in the meantime."""
    lock(version.text)
    statement = select(TextVersion).where(TextVersion.id == version.id)
    loaded = statement.options(selectinload(TextVersion.redactions).joinedload(Redaction.kept))
    return db.session.scalars(loaded.execution_options(populate_existing=True)).one()


def _with(content: str, start: int, words: str) -> str:
    return content[:start] + words + content[start + len(words) :]
