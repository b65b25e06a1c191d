"""What was marked in the originals and typed beside it: read from a form, shown again as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.proposals.models import Proposal
from app.texts import services as texts
from app.texts.errors import QuoteNotFound
from app.texts.models import TextVersion, ThreadLink
from app.texts.services import Span
from app.workbench.services.condensation import Source


class Typed(Protocol):
    def getlist(self, key: str, /) -> list[str]: ...

    def get(self, key: str, default: str, /) -> str: ...


@dataclass(frozen=True)
class Mark:
    """A passage, and the words of the wording that come from it."""

    version: TextVersion
    start: int
    end: int
    words: str = ""

    @property
    def value(self) -> str:
        return f"{self.version.id}:{self.start}:{self.end}"

    @property
    def quote(self) -> str:
        return self.version.quote(self.start, self.end)

    @property
    def source(self) -> Source:
        return Source(Span(self.version, self.start, self.end), self.words)


@dataclass
class Marks:
    """In the order of the originals. `wrong`: passages typed that stand nowhere in their text, by version."""

    marks: list[Mark] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)

    @property
    def values(self) -> set[str]:
        return {mark.value for mark in self.marks}

    @property
    def sources(self) -> list[Source]:
        if self.wrong:
            raise QuoteNotFound
        return [mark.source for mark in self.marks]


def read(typed: Typed, proposals: Sequence[Proposal]) -> Marks:
    """Ticked sentences and selected passages (`passage`), typed ones (`stelle-…`), their words (`worte-…`)."""
    values = dict.fromkeys(typed.getlist("passage"))
    found = Marks()
    for version in (proposal.text.versions[0] for proposal in proposals):
        places = {place for value in values if (place := _place(value, version)) is not None}
        quote = texts.normalize(typed.get(f"stelle-{version.id}", ""))
        if quote:
            try:
                span = Span.of(version, quote)
                places.add((span.start, span.end))
            except QuoteNotFound:
                found.wrong[version.id] = quote
        for start, end in sorted(places):
            words = typed.get(f"worte-{version.id}:{start}:{end}", "").strip()
            found.marks.append(Mark(version, start, end, words))
    return found


def stored(links: Sequence[ThreadLink], proposals: Sequence[Proposal]) -> Marks:
    """What a condensation was drawn from."""
    by_text: Mapping[int, list[Mark]] = {proposal.text_id: [] for proposal in proposals}
    for link in links:
        if link.source.text_id not in by_text:
            continue
        words = link.target.quote(link.target_start, link.target_end)
        own = "" if words == link.target.content else words
        by_text[link.source.text_id].append(Mark(link.source, link.source_start, link.source_end, own))
    return Marks([mark for marks in by_text.values() for mark in sorted(marks, key=lambda each: each.start)])


def _place(value: str, version: TextVersion) -> tuple[int, int] | None:
    """The characters a value names, where it is about this version and within it."""
    parts = value.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        return None
    version_id, start, end = map(int, parts)
    is_within = version_id == version.id and 0 <= start < end <= len(version.content)
    return (start, end) if is_within else None
