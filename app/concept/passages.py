"""The texts of a catalogue one by one, as people call them; finding them by words, numbers and codes."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flask_babel import gettext as _

from app.concept.catalogue import Catalogue, Worded
from app.concept.models import GOAL_KIND_LABELS


class Passage(NamedTuple):
    """A text, what people call it, in which section or chapter; `code` of a goal or measure."""

    name: str
    text: Worded
    place: str
    section: str = ""  # its slug; chapters and definitions stand in none
    code: str = ""

    def holds(self, words: Iterable[str]) -> bool:
        """Whether each of the words, in small letters, stands in it; a chapter is also found by its title."""
        searched = f"{self.name} {self.text.wording} {'' if self.section else self.place}".casefold()
        return all(word in searched for word in words)


def passages(catalogue: Catalogue) -> list[Passage]:
    """All texts of an edition: by section, then by chapter."""
    return [*_of_sections(catalogue), *_of_chapters(catalogue)]


def search(found: Iterable[Passage], asked: str) -> list[Passage]:
    """Those that hold each of the words."""
    words = asked.casefold().split()
    return [each for each in found if each.holds(words)]


def _of_sections(catalogue: Catalogue) -> Iterator[Passage]:
    for section in catalogue.sections:
        place = f"{section.number} {section.title}"
        for goal in section.goals:
            name = f"{GOAL_KIND_LABELS[goal.kind]} {goal.number} ({goal.code})"
            yield Passage(name, goal, place, section.slug, goal.code)
        for measure in section.measures:
            name = _("Maßnahme %(number)s (%(code)s)", number=measure.number, code=measure.code)
            yield Passage(name, measure, place, section.slug, measure.code)
        for idea in section.ideas:
            yield Passage(_("Idee für Kommunen, %(section)s", section=section.title), idea, place, section.slug)
        for practice in section.good_practice:
            yield Passage(_("Praxisbeispiel „%(title)s“", title=practice.title), practice, place, section.slug)


def _of_chapters(catalogue: Catalogue) -> Iterator[Passage]:
    for each in catalogue.chapters:
        place = _("Kapitel %(number)s: %(title)s", number=each.chapter, title=each.title)
        yield Passage(_("Kapitel %(number)s, Zusammenfassung", number=each.chapter), each, place)
        if each.body:
            yield Passage(_("Kapitel %(number)s, Text", number=each.chapter), each.body, place)
        if each.signature:
            yield Passage(_("Kapitel %(number)s, Unterschrift", number=each.chapter), each.signature, place)
    for definition in catalogue.definitions:
        yield Passage(_("Verständnis „%(title)s“", title=definition.title), definition, _("Verständnis"))
