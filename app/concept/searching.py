"""Finding passages of a catalogue by words, numbers and codes."""

from collections.abc import Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from app.concept.catalogue import Catalogue
from app.concept.models import GOAL_KIND_LABELS


class Hit(NamedTuple):
    """A passage: what it is called, its words, and the section it stands in or the chapter it is."""

    name: str
    wording: str
    section: str = ""  # slug
    code: str = ""  # of a goal or measure


def find(catalogue: Catalogue, asked: str) -> list[Hit]:
    """All passages that hold each of the words, in printed order."""
    words = asked.casefold().split()
    return [hit for hit in _passages(catalogue) if all(word in _searched(hit) for word in words)]


def _searched(hit: Hit) -> str:
    return f"{hit.name} {hit.code} {hit.wording}".casefold()


def _passages(catalogue: Catalogue) -> Iterator[Hit]:
    for chapter in catalogue.chapters:
        name = _("Kapitel %(number)s: %(title)s", number=chapter.chapter, title=chapter.title)
        for text in chapter.texts:
            yield Hit(name, text.wording)
    for definition in catalogue.definitions:
        yield Hit(_("Verständnis: %(title)s", title=definition.title), definition.wording)
    for section in catalogue.sections:
        for goal in section.goals:
            yield Hit(f"{GOAL_KIND_LABELS[goal.kind]} {goal.number}", goal.wording, section.slug, goal.code)
        for measure in section.measures:
            name = _("Maßnahme %(number)s", number=measure.number)
            yield Hit(name, measure.wording, section.slug, measure.code)
        for idea in section.ideas:
            yield Hit(_("Idee für Kommunen: %(section)s", section=section.title), idea.wording, section.slug)
        for practice in section.good_practice:
            yield Hit(_("Beispiel: %(title)s", title=practice.title), practice.wording, section.slug)
