"""Handlungsfelder and Querschnittsthemen in print: Oberziel, Unterziele with their measures, ideas, good practice."""

from collections.abc import Iterable, Mapping, Sequence

from app.concept.blocks import Block, BlockKind, Blocks, Inline, InlineKind, Words, paragraph, words
from app.concept.catalogue import (
    Catalogue,
    CatalogueDefinition,
    CatalogueGoal,
    CatalogueMeasure,
    CataloguePractice,
    CatalogueSection,
)
from app.concept.in_words import budget_in_words, target_in_words
from app.concept.models import (
    DURATION_LABELS,
    PRIORITY_LABELS,
    SECTION_KIND_LABELS,
    ChapterContent,
    Priority,
    SectionKind,
)
from app.publishing import figures
from app.publishing.figures import table
from app.publishing.voice import Voice

Partners = Mapping[str, Sequence[str]]  # names by the code of the measure
KINDS = {ChapterContent.FIELDS: SectionKind.FIELD, ChapterContent.CROSS_CUTTING: SectionKind.CROSS_CUTTING}
COLUMNS, WIDTHS = ("measure", "responsible", "partners", "when"), (4.2, 1.9, 2, 1.5)


def of_chapter(catalogue: Catalogue, content: ChapterContent, voice: Voice, agreed: Partners) -> Blocks:
    met: set[str] = set()
    return tuple(
        block
        for section in catalogue.of_kind(KINDS[content])
        for block in _section(catalogue, section, voice, agreed, met)
    )


def of_section(catalogue: Catalogue, section: CatalogueSection, voice: Voice, agreed: Partners) -> Blocks:
    """One of them, under its heading."""
    return tuple(_section(catalogue, section, voice, agreed, set()))


def definition(each: CatalogueDefinition, voice: Voice, *, is_anchor: bool) -> Block:
    """Quoted from the one place where it stands."""
    inside = [paragraph(Inline(InlineKind.STRONG, children=(voice.phrase(each.title),))), paragraph(voice.worded(each))]
    if each.source:
        inside.append(paragraph(voice.phrase(each.source)))
    return Block(BlockKind.QUOTE, items=(tuple(inside),), anchor=f"begriff:{each.slug}" if is_anchor else "")


def measures(rows: Sequence[CatalogueMeasure], voice: Voice, agreed: Partners, met: set[str]) -> Block:
    """A measure that serves several goals is printed under each; references lead to the first."""
    cells = [
        (
            (*_anchor(each, met), *_measure(each, voice)),
            (voice.phrase(each.responsible_name),),
            words(", ".join(agreed.get(each.code, ()))),
            (voice.period(each),),
        )
        for each in rows
    ]
    return table(voice, COLUMNS, cells, widths=WIDTHS)


def overall(goal: CatalogueGoal, voice: Voice) -> Block:
    label = Inline(InlineKind.STRONG, children=(voice.label("overall"),))
    return Block(BlockKind.QUOTE, items=((paragraph(label), paragraph(voice.worded(goal))),), anchor=goal.code)


def practice(each: CataloguePractice, voice: Voice) -> Iterable[Block]:
    names = [Inline(text=name) for name in (each.municipality_name, each.organization_name) if name]
    since = [voice.label("since", start=voice.when(each.since).text)] if each.since else []
    where = (Inline(text=" ("), *figures.joined([*names, *since]), Inline(text=")"))
    yield paragraph(Inline(InlineKind.STRONG, children=(voice.phrase(each.title),)), *where)
    if each.picture:
        yield Block(BlockKind.PICTURE, key=str(each.picture), alt=each.picture_alt)
    yield paragraph(voice.worded(each))


def title_of(section: CatalogueSection, voice: Voice) -> Words:
    return (
        voice.say(SECTION_KIND_LABELS[section.kind]),
        Inline(text=f" {section.number}: "),
        voice.phrase(section.title),
    )


def sub_goal(goal: CatalogueGoal, voice: Voice) -> Words:
    """Unterziel 2.3: its wording."""
    return voice.label("sub"), Inline(text=f" {goal.number}: "), voice.worded(goal)


def _section(
    catalogue: Catalogue, section: CatalogueSection, voice: Voice, agreed: Partners, met: set[str]
) -> Iterable[Block]:
    yield Block(
        BlockKind.HEADING,
        level=1,
        words=title_of(section, voice),
        anchor=f"thema:{section.slug}",
        icon=section.icon.svg if section.icon else "",
    )
    if section.overall:
        yield overall(section.overall, voice)
    served: set[str] = set()
    for goal in section.sub_goals:
        found = catalogue.measures_of(goal.code)
        served |= {measure.code for measure in found}
        yield Block(BlockKind.HEADING, level=2, words=sub_goal(goal, voice), anchor=goal.code)
        yield measures(found, voice, agreed, met) if found else paragraph(voice.label("no_measure"))
    if rest := [measure for measure in section.measures if measure.code not in served]:
        yield Block(BlockKind.HEADING, level=2, words=(voice.label("more_measures"),))
        yield measures(rest, voice, agreed, met)
    yield from _for_municipalities(section, voice)


def _for_municipalities(section: CatalogueSection, voice: Voice) -> Iterable[Block]:
    if section.ideas:
        yield Block(BlockKind.HEADING, level=2, words=(voice.label("ideas"),))
        yield paragraph(voice.label("ideas_note"))
        yield Block(BlockKind.BULLETS, items=tuple((paragraph(voice.worded(idea)),) for idea in section.ideas))
    if section.good_practice:
        yield Block(BlockKind.HEADING, level=2, words=(voice.label("practice"),))
        for each in section.good_practice:
            yield from practice(each, voice)


def _anchor(measure: CatalogueMeasure, met: set[str]) -> Words:
    if measure.code in met:
        return ()
    met.add(measure.code)
    return (Inline(InlineKind.ANCHOR, target=measure.code),)


def _measure(measure: CatalogueMeasure, voice: Voice) -> Words:
    kind = [voice.say(DURATION_LABELS[measure.duration])]
    if measure.priority is not Priority.NORMAL:
        kind.insert(0, voice.say(PRIORITY_LABELS[measure.priority]))
    number = Inline(InlineKind.STRONG, children=words(f"{measure.number} "))
    lines = (figures.joined(kind), *_facts(measure, voice))
    return (
        number,
        voice.worded(measure),
        *(each for line in lines for each in (Inline(InlineKind.BREAK), Inline(InlineKind.EMPHASIS, children=line))),
    )


def _facts(measure: CatalogueMeasure, voice: Voice) -> Iterable[Words]:
    """For whom it is, which figure it is to change, what it costs: as far as that is said."""
    if measure.target_groups:
        names = figures.joined([voice.phrase(each.title) for each in measure.target_groups])
        yield (voice.label("for_whom"), Inline(text=": "), *names)
    if measure.target:
        target = measure.target
        yield (voice.label("target"), Inline(text=": "), voice.german(lambda: target_in_words(target)))
    if measure.budget:
        yield (voice.label("money"), Inline(text=": "), voice.german(lambda: budget_in_words(measure.budget)))
