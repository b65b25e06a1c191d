"""Parts of a concept for one reader: in brief, for a municipality, for a partner, for a Lebenslage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask_babel import lazy_gettext as _

from app.concept import municipal, queries, vocabularies
from app.concept.blocks import Block, BlockKind, Blocks, Inline, InlineKind, paragraph
from app.concept.catalogue import Catalogue, CatalogueMeasure, CatalogueSection
from app.concept.models import ChapterContent, IdeaUptake, LifeSituation, Priority
from app.languages import SOURCE
from app.publishing import figures, sections
from app.publishing.document import Part, named_partners, with_pictures
from app.publishing.voice import Voice
from app.slugs import in_order

MOST_IN_SHORT = 3  # measures of a section on one page for all


@dataclass(frozen=True)
class Extract:
    """`choices` gives keys with their names, `parts` the chapters about one of them."""

    label: object
    choices: Callable[[Catalogue], Mapping[str, str]]
    parts: Callable[[Catalogue, str, str, Voice], tuple[Part, ...]]


def short(catalogue: Catalogue, voice: Voice) -> tuple[Part, ...]:
    """Das Wichtigste auf einen Blick: what we understand, each Oberziel with its focus measures, what comes next."""
    blocks: list[Block] = [sections.definition(each, voice, is_anchor=False) for each in catalogue.definitions[:1]]
    for section in catalogue.sections:
        blocks += _heading(section, voice)
        if section.overall:
            blocks.append(sections.overall(section.overall, voice))
        blocks += _first_measures(section, voice)
    if tasks := figures.tasks(catalogue.surroundings, voice):
        blocks += [Block(BlockKind.HEADING, level=1, words=(voice.label("tasks"),)), *tasks]
    return (_part(voice.label("short").text, blocks),)


def municipalities(_catalogue: Catalogue) -> dict[str, str]:
    """All that there are: ideas are for each of them."""
    return queries.names_of_municipalities()


def for_municipality(catalogue: Catalogue, ags: str, name: str, voice: Voice) -> tuple[Part, ...]:
    """Its good practice, its figures, and the ideas for all municipalities."""
    blocks: list[Block] = []
    held = municipal.uptakes_by_digest({idea.digest for section in catalogue.sections for idea in section.ideas})
    for section in catalogue.sections:
        practice = [each for each in section.good_practice if each.municipality == ags]
        if practice or section.ideas:
            blocks += _heading(section, voice)
        if section.ideas:
            blocks.append(paragraph(voice.label("ideas_note")))
            blocks.append(_ideas(section, ags, held, voice))
        for each in practice:
            blocks += sections.practice(each, voice)
    rows = [each for each in catalogue.surroundings.indicators if each.municipality == name]
    blocks += figures.indicator_table(rows, voice)
    return (_part(name, with_pictures(blocks, catalogue) or _nothing(voice)),)


def partners(catalogue: Catalogue) -> dict[str, str]:
    """Who is responsible for a measure, or takes part in one and agrees to be named."""
    agreed = queries.partners_who_agree([measure.code for measure in catalogue.measures])
    found = {each.responsible: each.responsible_name for each in catalogue.measures}
    named = queries.named_organizations({slug for _code, slug in agreed})
    found |= {
        slug: named[slug].name
        for measure in catalogue.measures
        for slug in measure.partners
        if (measure.code, slug) in agreed and slug in named
    }
    return dict(sorted(found.items(), key=lambda item: in_order(item[1])))


def for_partner(catalogue: Catalogue, slug: str, name: str, voice: Voice) -> tuple[Part, ...]:
    agreed = queries.partners_who_agree([measure.code for measure in catalogue.measures])

    def takes_part(measure: CatalogueMeasure) -> bool:
        return measure.responsible == slug or (slug in measure.partners and (measure.code, slug) in agreed)

    return _measures(catalogue, name, voice, takes_part)


def life_situations(catalogue: Catalogue) -> dict[str, str]:
    used = {slug for measure in catalogue.measures for slug in measure.life_situations}
    return {each.slug: each.title for each in vocabularies.terms(LifeSituation) if each.slug in used}


def for_life_situation(catalogue: Catalogue, slug: str, name: str, voice: Voice) -> tuple[Part, ...]:
    return _measures(catalogue, name, voice, lambda measure: slug in measure.life_situations)


EXTRACTS = {
    "gemeinde": Extract(_("Für eine Stadt oder Gemeinde"), municipalities, for_municipality),
    "partner": Extract(_("Für eine Stelle oder einen Partner"), partners, for_partner),
    "lebenslage": Extract(_("Für eine Lebenslage"), life_situations, for_life_situation),
}


def _measures(
    catalogue: Catalogue, name: str, voice: Voice, is_wanted: Callable[[CatalogueMeasure], bool]
) -> tuple[Part, ...]:
    """By section: the goals they serve, then the measures themselves."""
    agreed, met = named_partners(catalogue), set[str]()
    blocks: list[Block] = []
    for section in catalogue.sections:
        wanted = [measure for measure in section.measures if is_wanted(measure)]
        if wanted:
            served = {code for measure in wanted for code in measure.goals}
            goals = [goal for goal in catalogue.goals if goal.code in served]
            blocks += _heading(section, voice)
            blocks += [paragraph(*sections.sub_goal(goal, voice)) for goal in goals]
            blocks.append(sections.measures(wanted, voice, agreed, met))
    return (_part(name, blocks or _nothing(voice)),)


def _heading(section: CatalogueSection, voice: Voice) -> Blocks:
    return (Block(BlockKind.HEADING, level=1, words=sections.title_of(section, voice)),)


def _first_measures(section: CatalogueSection, voice: Voice) -> Iterable[Block]:
    """Those that matter most; how many more there are."""
    ordered = sorted(section.measures, key=lambda measure: measure.priority is not Priority.FOCUS)
    first = list(islice(ordered, MOST_IN_SHORT))
    if first:
        yield _list([voice.worded(measure) for measure in first])
    if more := len(section.measures) - len(first):
        yield paragraph(voice.label("and_more", count=more) if more > 1 else voice.label("and_one_more"))


def _list(items: Sequence[Inline]) -> Block:
    return Block(BlockKind.BULLETS, items=tuple((paragraph(item),) for item in items))


def _ideas(section: CatalogueSection, ags: str, held: Mapping[str, Sequence[IdeaUptake]], voice: Voice) -> Block:
    """Each with what this municipality says of it; no edition holds that, so it is said as of today."""
    items = []
    for idea in section.ideas:
        said = [each for each in held.get(idea.digest, ()) if each.municipality.ags == ags]
        items.append((paragraph(voice.worded(idea), *(_taken_up(each, voice) for each in said)),))
    return Block(BlockKind.BULLETS, items=tuple(items))


def _taken_up(uptake: IdeaUptake, voice: Voice) -> Inline:
    said = [voice.label("taken_up")]
    if uptake.since:
        said.append(voice.label("since", start=voice.when(uptake.since.starts).text))
    inside = figures.joined(said)
    if uptake.sentence:
        german = "" if voice.is_source else SOURCE
        inside = (*inside, Inline(text=": "), Inline(text=uptake.sentence.current.content, language=german))
    return Inline(InlineKind.STRONG, children=(Inline(text=" ("), *inside, Inline(text=")")))


def _part(title: str, blocks: Iterable[Block]) -> Part:
    return Part(
        number="",
        title=Inline(text=title),
        anchor="",
        content=ChapterContent.TEXT,
        summary=(),
        blocks=tuple(blocks),
    )


def _nothing(voice: Voice) -> Blocks:
    return (paragraph(voice.label("nothing")),)
