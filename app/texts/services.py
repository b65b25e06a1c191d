"""What can be done with texts: write a version, link passages, blacken a part."""

import secrets
import unicodedata
from typing import NamedTuple

from app.audit import log
from app.audit.log import Actor
from app.db import db, lock, transactional
from app.texts.errors import QuoteNotFound, TextEmpty
from app.texts.models import LinkKind, Redaction, Text, TextVersion, ThreadLink, digest_of

BLACKENED = "█"
# Characters that reorder what others read (bidirectional overrides) or that no font shows.
INVISIBLE = dict.fromkeys([0, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


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
    """What is stored of what was typed: NFC, Unix line ends, no NUL, no characters that turn a line round."""
    return unicodedata.normalize("NFC", content).replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).strip()


@transactional
def write(content: str, *, language: str, text: Text | None = None, is_new: bool = False) -> TextVersion:
    """Store a wording as the next version of `text`, or as the first of a new one.

    The same words again add nothing, unless the version `is_new` for another reason: what flows into it.
    """
    content = normalize(content)
    if not content:
        raise TextEmpty
    if text is None:
        text = Text()
        db.session.add(text)
    else:
        text = lock(text)
        if not is_new and (text.current.content, text.current.language) == (content, language):
            return text.current
    salt = secrets.token_bytes(16)
    version = TextVersion(
        number=len(text.versions) + 1, language=language, content=content, salt=salt, digest=digest_of(salt, content)
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
def redact(span: Span, *, role: str, reason: str, by: Actor | None) -> Redaction:
    """Blacken characters for good, keeping the length so that links still point to the right places.

    Raises QuoteNotFound. The digest stays, its salt goes: what stood there can no longer be tried out.
    """
    lock(span.version.text)
    db.session.refresh(span.version)  # what somebody else blackened in the meantime stays black
    span.check()
    version = span.version
    redaction = Redaction(version=version, start=span.start, stop=span.end, role=role, reason=reason)
    db.session.add(redaction)
    db.session.flush()  # the database lets content change only where the trace is there already
    version.content = version.content[: span.start] + BLACKENED * (span.end - span.start) + version.content[span.end :]
    version.salt = None
    log.record("texts.redact", redaction, by=by, fields=["content"])
    return redaction
