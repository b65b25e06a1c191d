"""A concept as a document: its chapters with all that is made into them, the glossary, and which edition it is.

Built from a catalogue, so that a frozen edition always gives the same document; only whether a partner may be named is
asked anew.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.concept import origins, queries
from app.concept.blocks import Block, BlockKind, Blocks, Inline, InlineKind, Words, plain, words
from app.concept.catalogue import Catalogue, CatalogueChapter, canonical, checksum
from app.concept.glossary import linked
from app.concept.markup import parse
from app.concept.models import EFFECT_LABELS, Adoption, ChapterContent, Edition
from app.concept.references import places, resolved
from app.concept.surroundings import HeldPicture
from app.languages import SOURCE
from app.links import absolute_url
from app.publishing import figures, sections
from app.publishing.voice import Voice

DEFINITION = "begriff:"


@dataclass(frozen=True)
class Part:
    """A chapter: its number is empty where it has none."""

    number: str
    title: Inline
    anchor: str
    content: ChapterContent
    summary: Words
    blocks: Blocks

    @property
    def heading(self) -> str:
        return f"{self.number} {self.title.text}".strip()


@dataclass(frozen=True)
class Entry:
    """A word of the glossary: `term` is what texts say, `name` the same word in the language of the document."""

    term: str
    name: Inline
    plain: Words
    easy: str


@dataclass(frozen=True)
class Document:
    """`facts` stand in the imprint; `notes` on the first page."""

    slug: str
    title: Inline
    kind: Words
    edition: Inline
    language: str
    direction: str
    notes: Words
    facts: tuple[tuple[Inline, Words], ...]
    parts: tuple[Part, ...]
    glossary: tuple[Entry, ...] = ()
    labels: tuple[tuple[str, Inline], ...] = ()
    sha256: str = ""
    dated: str = ""

    @property
    def full_title(self) -> str:
        return ", ".join(filter(None, (self.title.text, plain(self.kind))))

    def easy_of(self, entry: Entry) -> Words:
        """What a word means in Leichte Sprache, which is German."""
        easy = words(entry.easy, "" if self.language == SOURCE else SOURCE)
        return dict(self.labels)["easy"], Inline(text=": "), *easy


class Asked(NamedTuple):
    """What an edition leaves open, asked when it is shown: whom it may name as a partner, what bodies said of it."""

    partners: Collection[tuple[str, str]]  # code of the measure, slug
    adoptions: Sequence[Adoption]

    @classmethod
    def today(cls, catalogue: Catalogue, edition: Edition | None) -> "Asked":
        agreed = queries.partners_who_agree([measure.code for measure in catalogue.measures])
        return cls(agreed, origins.adoptions_of(edition))


def whole(
    catalogue: Catalogue,
    edition: Edition | None,
    voice: Voice,
    *,
    county: str,
    kind: Words = (),
    asked: Asked | None = None,
) -> Document:
    """The whole concept."""
    asked = asked or Asked.today(catalogue, edition)
    agreed = named_partners(catalogue, asked.partners)
    written = [part_of(catalogue, chapter, voice, agreed) for chapter in catalogue.chapters]
    parts = (*written, *_without_chapter(catalogue, voice, agreed))
    glossary = glossary_of(catalogue, voice)
    return document(
        catalogue, edition, voice, parts, glossary=glossary, county=county, kind=kind, adoptions=asked.adoptions
    )


def document(
    catalogue: Catalogue,
    edition: Edition | None,
    voice: Voice,
    parts: tuple[Part, ...],
    *,
    county: str,
    kind: Words = (),
    glossary: tuple[Entry, ...] = (),
    adoptions: Sequence[Adoption] | None = None,
) -> Document:
    """These parts with all that says which edition they are from, and what bodies said of it, by default today."""
    sha256 = catalogue.sha256 or checksum(canonical(catalogue))
    dated = "" if catalogue.is_working else voice.when(catalogue.dated).text
    said = adoptions if adoptions is not None else origins.adoptions_of(edition)
    return Document(
        slug=catalogue.slug,
        title=voice.phrase(catalogue.title),
        kind=kind,
        edition=_edition_line(catalogue, voice, dated),
        language=voice.language,
        direction=voice.direction,
        notes=tuple(_notes(catalogue, voice)),
        facts=(
            (voice.label("publisher"), words(county)),
            (voice.label("concept"), (_edition_line(catalogue, voice, dated),)),
            (voice.label("standing"), _standing(said, voice)),
            (voice.label("address"), words(absolute_url("editions.show", slug=catalogue.slug))),
            (voice.label("checksum"), words(sha256)),
        ),
        parts=parts,
        glossary=glossary,
        labels=tuple(voice.labels.items()),
        sha256=sha256,
        dated=dated,
    )


def part_of(catalogue: Catalogue, chapter: CatalogueChapter, voice: Voice, agreed: sections.Partners) -> Part:
    """A chapter: what is written in it, then what is made from the rows, then who signed it."""
    written = quoted(body_of(chapter, voice), catalogue, voice)
    signed = voice.worded(chapter.signature) if chapter.signature else None
    blocks = (
        *written,
        *_made(catalogue, chapter, voice, agreed),
        *([Block(BlockKind.PARAGRAPH, words=_lines(signed))] if signed else []),
    )
    return Part(
        number=str(chapter.chapter),
        title=voice.phrase(chapter.title),
        anchor=f"kapitel:{chapter.slug}",
        content=chapter.content,
        summary=(voice.worded(chapter),),
        blocks=finished(blocks, catalogue, voice),
    )


def _without_chapter(catalogue: Catalogue, voice: Voice, agreed: sections.Partners) -> Iterable[Part]:
    """Fields and themes that no chapter shows: the framework of 2016 has goals, but no chapters."""
    shown = {chapter.content for chapter in catalogue.chapters}
    for content, kind in sections.KINDS.items():
        if content not in shown and catalogue.of_kind(kind):
            blocks = sections.of_chapter(catalogue, content, voice, agreed)
            yield Part(
                number="",
                title=voice.label(content),
                anchor=f"kapitel:{content}",
                content=content,
                summary=(),
                blocks=finished(blocks, catalogue, voice),
            )


def finished(blocks: Iterable[Block], catalogue: Catalogue, voice: Voice) -> Blocks:
    """With references in words, words of the glossary marked, pictures found."""
    known, german = places(catalogue, voice.say, voice.phrase), voice.in_german(lambda: places(catalogue))
    named = tuple(found for block in blocks for found in resolved((block,), german if block.language else known))
    marked = linked(named, [each.term for each in catalogue.surroundings.terms])
    return with_pictures(marked, catalogue)


def with_pictures(blocks: Iterable[Block], catalogue: Catalogue) -> Blocks:
    """Pictures found by their numbers."""
    keys = {str(each.number): each for each in catalogue.surroundings.pictures}
    return tuple(_pictured(block, keys.get(block.key)) for block in blocks)


def _pictured(block: Block, picture: HeldPicture | None) -> Block:
    """With the file that stood under the number when the edition was cut."""
    if block.kind is not BlockKind.PICTURE or picture is None:
        return block
    ratio = picture.height / picture.width
    return replace(block, key=picture.key, caption=block.caption or words(picture.title), ratio=ratio)


def body_of(chapter: CatalogueChapter, voice: Voice) -> Blocks:
    if chapter.body is None:
        return ()
    found = voice.worded(chapter.body)
    return tuple(replace(block, language=found.language) for block in parse(found.text))


def quoted(blocks: Blocks, catalogue: Catalogue, voice: Voice) -> Blocks:
    """With the binding definition where a paragraph is nothing but a reference to it."""
    definitions = {f"{DEFINITION}{each.slug}": each for each in catalogue.definitions}
    result = []
    for block in blocks:
        [only] = block.words if len(block.words) == 1 else (Inline(),)
        if block.kind is BlockKind.PARAGRAPH and only.kind is InlineKind.REFERENCE and only.target in definitions:
            result.append(sections.definition(definitions[only.target], voice, is_anchor=False))
        else:
            result.append(block)
    return tuple(result)


def named_partners(catalogue: Catalogue, agreed: Collection[tuple[str, str]] | None = None) -> sections.Partners:
    """Names of the partners of each measure who agree to be named, by default today."""
    if agreed is None:
        agreed = queries.partners_who_agree([measure.code for measure in catalogue.measures])
    found = queries.named_organizations({slug for measure in catalogue.measures for slug in measure.partners})
    return {
        measure.code: [
            found[slug].name for slug in measure.partners if slug in found and (measure.code, slug) in agreed
        ]
        for measure in catalogue.measures
    }


def glossary_of(catalogue: Catalogue, voice: Voice) -> tuple[Entry, ...]:
    return tuple(
        Entry(term=each.term, name=voice.phrase(each.term), plain=(voice.phrase(each.plain),), easy=each.easy)
        for each in catalogue.surroundings.terms
    )


def _made(catalogue: Catalogue, chapter: CatalogueChapter, voice: Voice, agreed: sections.Partners) -> Blocks:
    """What the content of the chapter is made from."""
    makers = {
        ChapterContent.PROCESS: lambda: figures.process(catalogue.surroundings, voice),
        ChapterContent.FIGURES: lambda: figures.indicators(catalogue.surroundings, voice),
        ChapterContent.STRUCTURES: lambda: figures.structures(catalogue.surroundings, voice),
        ChapterContent.DEFINITION: lambda: tuple(
            sections.definition(each, voice, is_anchor=True) for each in catalogue.definitions
        ),
        ChapterContent.FIELDS: lambda: sections.of_chapter(catalogue, chapter.content, voice, agreed),
        ChapterContent.CROSS_CUTTING: lambda: sections.of_chapter(catalogue, chapter.content, voice, agreed),
        ChapterContent.IMPLEMENTATION: lambda: figures.tasks(catalogue.surroundings, voice),
    }
    make = makers.get(chapter.content)
    return make() if make else ()


def _lines(signature: Inline) -> Words:
    """A signature, line by line."""
    lines = [replace(signature, text=line) for line in signature.text.split("\n") if line.strip()]
    return tuple(each for line in lines for each in (line, Inline(InlineKind.BREAK)))[:-1]


def _edition_line(catalogue: Catalogue, voice: Voice, dated: str) -> Inline:
    if catalogue.is_working:
        return voice.label("working")
    if catalogue.draft:
        return voice.label("draft", number=catalogue.draft, date=dated)
    return voice.label("edition", number=catalogue.edition, date=dated)


def _notes(catalogue: Catalogue, voice: Voice) -> Iterable[Inline]:
    """What a reader has to know first. Asked last, when everything has been said."""
    if catalogue.holds_examples or catalogue.is_example:
        yield voice.label("example")
    if voice.language != SOURCE:
        yield voice.label("binding")
        if voice.is_partly_machine:
            yield voice.label("machine")
        if voice.is_partly_german:
            yield voice.label("in_german")


def _standing(adoptions: Iterable[Adoption], voice: Voice) -> Words:
    said = [
        (
            Inline(text=f"{adoption.organization.name}: "),
            voice.say(EFFECT_LABELS[adoption.effect]),
            Inline(text=f" ({voice.when(adoption.decided).text})"),
        )
        for adoption in adoptions
    ]
    return tuple(each for one in said for each in (Inline(text="; "), *one))[1:] or (voice.label("seals"),)
