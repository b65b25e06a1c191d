"""Where references lead, and what they are called: computed from the catalogue, never typed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask_babel import lazy_gettext as _

from app.concept.blocks import Block, Blocks, Inline, InlineKind, Words, changed
from app.concept.catalogue import Catalogue
from app.concept.models import GOAL_KIND_LABELS, SECTION_KIND_LABELS

CHAPTER, MEASURE = _("Kapitel %(number)s"), _("Maßnahme %(number)s")


def _as_here(label: object) -> Inline:
    return Inline(text=str(label))


def places(
    catalogue: Catalogue, say: Callable[[object], Inline] = _as_here, name: Callable[[str], Inline] = _as_here
) -> dict[str, Inline]:
    """What can be referred to, and its words: "Unterziel 2.3", "Kapitel 4", "Handlungsfeld 2".

    `say` puts a label, `name` a title into the language of the reader.
    """

    def numbered(label: object, number: object) -> Inline:
        said = say(label)
        return replace(said, text=said.text % {"number": number} if "%" in said.text else f"{said.text} {number}")

    return {
        **{f"kapitel:{each.slug}": numbered(CHAPTER, each.chapter) for each in catalogue.chapters},
        **{f"thema:{each.slug}": numbered(SECTION_KIND_LABELS[each.kind], each.number) for each in catalogue.sections},
        **{f"begriff:{each.slug}": name(each.title) for each in catalogue.definitions},
        **{each.code: numbered(GOAL_KIND_LABELS[each.kind], each.number) for each in catalogue.goals},
        **{each.code: numbered(MEASURE, each.number) for each in catalogue.measures},
    }


def resolved(blocks: Blocks, known: Mapping[str, Inline]) -> Blocks:
    """The blocks with the words of their references; what leads nowhere any more stays as its bare code."""

    def named(each: Inline) -> Inline:
        if each.kind is InlineKind.REFERENCE:
            found = known.get(each.target)
            return replace(each, text=found.text, language=found.language) if found else Inline(text=each.target)
        return replace(each, children=tuple(map(named, each.children))) if each.children else each

    def change(words: Words, _block: Block) -> Words:
        return tuple(map(named, words))

    return changed(blocks, change)
