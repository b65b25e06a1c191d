"""A frozen catalogue with other words in it: what a body changed in its deliberation, or a typing error corrected."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.concept.catalogue import Catalogue, CatalogueMeasure, Worded, numbered
from app.concept.comparison import RunKind, words_by_paragraph
from app.concept.models import CHAPTER_CONTENT_LABELS
from app.concept.passages import passages
from app.texts.models import TextVersion

ALIKE = 0.8  # of the characters: less is no correction of a typing error


class Difference(NamedTuple):
    """What a text said and says; nothing where there was, or is, none."""

    name: str
    before: str
    after: str


SURROUNDING_NAMES = {
    "steps": lazy_gettext("Schritte der Beteiligung"),
    "structures": lazy_gettext("Strukturen"),
    "indicators": lazy_gettext("Kennzahlen"),
    "tasks": lazy_gettext("Nächste Schritte"),
    "terms": lazy_gettext("Glossar"),
}


def wordings(catalogue: Catalogue) -> dict[int, str]:
    """What each text says, by its version."""
    return {passage.text.version_id: passage.text.wording for passage in passages(catalogue)}


def not_followed(base: Catalogue, edition: Catalogue, working: Catalogue) -> list[str]:
    """Names of what an edition changed of the one it was cut from, and the working edition says otherwise."""
    before, said = wordings(base), set(wordings(working).values())
    codes, standing = _codes(edition), _codes(working)
    changes = [each for each in passages(edition) if each.text.version_id not in before]
    gone = [each for each in passages(base) if each.code not in codes]
    return [
        *(each.name for each in changes if each.text.wording not in said),
        *(each.name for each in gone if each.code in standing),
    ]


def completed(catalogue: Catalogue, working: Catalogue) -> Catalogue:
    """With chapters and what they are made from as the working edition has them; what was adopted stays."""
    return replace(catalogue, chapters=working.chapters, surroundings=working.surroundings)


def differences(before: Catalogue, after: Catalogue) -> list["Difference"]:
    """What chapters say otherwise, in printed order; what is gone at the end, then another order of those that stay."""
    old, new = (dict(_said_in_chapters(each)) for each in (before, after))
    named = {key: name for key, (name, _words) in [*old.items(), *new.items()]}
    found = [Difference(named[key], *(said.get(key, ("", ""))[1] for said in (old, new))) for key in {**new, **old}]
    return [each for each in [*found, _order_of_chapters(before, after)] if each.before != each.after]


def other_surroundings(before: Catalogue, after: Catalogue) -> list[str]:
    """Names of what chapters are made from, where it is different."""
    return [
        str(name)
        for field, name in SURROUNDING_NAMES.items()
        if getattr(before.surroundings, field) != getattr(after.surroundings, field)
    ]


def reworded(catalogue: Catalogue, versions: Mapping[int, TextVersion]) -> Catalogue:
    """With other versions of its texts, by the version that stands there now."""
    found: Catalogue = _reworded(catalogue, versions)
    return found


def without(catalogue: Catalogue, codes: Collection[str]) -> Catalogue:
    """Without these goals and measures; what served such a goal serves the others."""
    sections = (
        replace(
            section,
            goals=tuple(goal for goal in section.goals if goal.code not in codes),
            measures=tuple(_serving_others(each, codes) for each in section.measures if each.code not in codes),
        )
        for section in catalogue.sections
    )
    return replace(catalogue, sections=numbered(sections))


def likeness(old: str, new: str) -> float:
    """The share of characters that both have in common, from 0 to 1."""
    same = sum(len(run.text) for run in words_by_paragraph(old, new) if run.kind is RunKind.SAME)
    return 2 * same / (len(old) + len(new))


def _order_of_chapters(before: Catalogue, after: Catalogue) -> Difference:
    """Of those that both have."""
    both = {each.slug for each in before.chapters} & {each.slug for each in after.chapters}
    titles = {each.slug: each.title for each in after.chapters}
    lines = ("\n\n".join(titles[each.slug] for each in of.chapters if each.slug in both) for of in (before, after))
    return Difference(_("Reihenfolge der Kapitel"), *lines)


def _said_in_chapters(catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """What each part of a chapter is called and says, by the slug of the chapter, which stays when it moves."""
    for each in catalogue.chapters:
        parts = {
            _("Titel"): each.title,
            _("Zusammenfassung"): each.wording,
            _("Text"): each.body.wording if each.body else "",
            _("Unterschrift"): each.signature.wording if each.signature else "",
            _("danach folgt"): str(CHAPTER_CONTENT_LABELS[each.content]),
        }
        for part, words in parts.items():
            yield (each.slug, part), (f"{each.chapter} {each.title}: {part}", words)


def _codes(catalogue: Catalogue) -> set[str]:
    return {code for section in catalogue.sections for code in section.codes}


def _serving_others(measure: CatalogueMeasure, codes: Collection[str]) -> CatalogueMeasure:
    return replace(measure, goals=tuple(code for code in measure.goals if code not in codes))


def _reworded(value: Any, versions: Mapping[int, TextVersion]) -> Any:  # noqa: ANN401 -- whatever a catalogue holds
    if isinstance(value, tuple):
        return tuple(_reworded(each, versions) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {each.name: _reworded(getattr(value, each.name), versions) for each in fields(value)}
    if isinstance(value, Worded) and (version := versions.get(value.version_id)):
        changes |= {"version_id": version.id, "digest": version.digest, "wording": version.content}
    return replace(value, **changes)
