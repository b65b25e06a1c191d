"""What a catalogue lacks: one table of rules, of which some stop an edition from being cut and the others only inform.

Those that stop come from the paper of 2017: one Oberziel, several Unterziele, measures for each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from app.concept.catalogue import Catalogue, CatalogueSection
from app.concept.markup import parse, targets_of
from app.concept.models import ChapterContent, Duration, GoalKind, MeasurePartner, SectionKind
from app.concept.partnership import PartnerState, state_of
from app.concept.references import places
from app.languages import name_of

SUB_GOALS = 2  # "mehrere Unterziele"
AGREEMENTS = {
    PartnerState.NOT_ASKED: lazy_gettext("Noch nicht gefragt: %(who)s."),
    PartnerState.WAITING: lazy_gettext("Die Antwort steht noch aus: %(who)s."),
    PartnerState.OVERTAKEN: lazy_gettext("Haben einer früheren Fassung zugestimmt: %(who)s."),
    PartnerState.REFUSED: lazy_gettext("Stimmen nicht zu: %(who)s."),
}
WRITTEN = frozenset({ChapterContent.TEXT, ChapterContent.FOREWORD})  # chapters that consist of what people write


class Place(StrEnum):
    """Where something is mended; what the key of a finding means there."""

    CONCEPT = "concept"
    SECTION = "section"  # its slug
    WORKING_GROUPS = "working_groups"  # the slug of the section
    NEW_GOAL = "new_goal"  # likewise
    NEW_MEASURE = "new_measure"  # likewise
    NEW_IDEA = "new_idea"  # likewise
    NEW_PRACTICE = "new_practice"  # likewise
    MEASURE = "measure"  # its code
    FACTS = "facts"  # likewise
    PARTNERS = "partners"
    CHAPTERS = "chapters"
    RELEASES = "releases"
    SUGGESTIONS = "suggestions"
    LANGUAGE = "language"  # its code
    LANGUAGES = "languages"


class Finding(NamedTuple):
    sentence: str
    place: Place
    key: str = ""
    section: CatalogueSection | None = None  # which it is about


@dataclass(frozen=True)
class Around:
    """What the rules that only inform need to know besides the catalogue."""

    life_situations: Mapping[str, str] = field(default_factory=dict)  # titles by slug, of those that hold today
    working_groups: frozenset[str] = frozenset()  # slugs of sections that somebody works on today
    unreleased: tuple[str, ...] = ()  # names of texts that nobody but their author has seen
    unanswered: int = 0  # suggestions
    ended: frozenset[str] = frozenset()  # slugs of responsible organisations that there are no more
    partners: Sequence[MeasurePartner] = ()  # of measures in the working edition, with requests and answers
    texts: int = 0  # how many wordings the catalogue has
    translated: Mapping[str, int] = field(default_factory=dict)  # how many of them, by language


class Rule(NamedTuple):
    name: str
    label: object
    stops: bool  # no paper goes out while there is a finding, unless that is stated
    find: Callable[[Catalogue, Around], Iterator[Finding]]


class Completeness(NamedTuple):
    """The findings of each rule, also of those without any."""

    found: list[tuple[Rule, list[Finding]]]

    def how_many(self, *, stops: bool) -> int:
        return sum(len(findings) for rule, findings in self.found if rule.stops is stops)

    def about(self, section: CatalogueSection) -> list[Finding]:
        found = [each for _rule, findings in self.found for each in findings]
        return [each for each in found if each.section is not None and each.section.slug == section.slug]


def report(catalogue: Catalogue, around: Around) -> Completeness:
    return Completeness([(rule, list(rule.find(catalogue, around))) for rule in RULES])


def shortcomings(catalogue: Catalogue, unreleased: Sequence[str] = ()) -> list[str]:
    """A sentence for each finding that stops; none when the catalogue is complete and everything released."""
    around = Around(unreleased=tuple(unreleased))
    return [each.sentence for rule in RULES if rule.stops for each in rule.find(catalogue, around)]


def _released(_catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    for name in around.unreleased:
        sentence = _("%(name)s: Eine zweite Person hat den Wortlaut noch nicht freigegeben.", name=name)
        yield Finding(sentence, Place.RELEASES)


def _any_section(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    if not catalogue.sections:
        yield Finding(_("Es gibt noch kein Handlungsfeld und kein Querschnittsthema."), Place.CONCEPT)


def _one_overall(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        overall = [goal for goal in section.goals if goal.kind is GoalKind.OVERALL]
        if not overall:
            sentence = _("%(section)s hat kein Oberziel.", section=section.title)
            yield Finding(sentence, Place.NEW_GOAL, section.slug, section)
        if len(overall) > 1:
            sentence = _(
                "%(section)s hat %(count)s Oberziele; es soll eines sein.", section=section.title, count=len(overall)
            )
            yield Finding(sentence, Place.SECTION, section.slug, section)


def _sub_goals(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        if (count := len(section.sub_goals)) < SUB_GOALS:
            sentence = _(
                "%(section)s hat %(count)s von mindestens %(least)s Unterzielen.",
                section=section.title,
                count=count,
                least=SUB_GOALS,
            )
            yield Finding(sentence, Place.NEW_GOAL, section.slug, section)


def _measure_for_each(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        for goal in section.sub_goals:
            if not catalogue.measures_of(goal.code):
                sentence = _(
                    "Zum Unterziel %(number)s (%(code)s) gibt es keine Maßnahme.", number=goal.number, code=goal.code
                )
                yield Finding(sentence, Place.NEW_MEASURE, section.slug, section)


def _goal_for_each(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        for measure in section.measures:
            if not any(catalogue.goal(code) for code in measure.goals):
                sentence = _(
                    "Die Maßnahme %(number)s (%(code)s) dient keinem Unterziel.",
                    number=measure.number,
                    code=measure.code,
                )
                yield Finding(sentence, Place.MEASURE, measure.code, section)


def _references(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    """References whose end was dropped since the body was written."""
    known = places(catalogue)
    for chapter in catalogue.chapters:
        for target in targets_of(parse(chapter.body.wording)) if chapter.body else ():
            if target not in known:
                sentence = _(
                    "Kapitel %(number)s verweist auf %(target)s; das steht nicht in dieser Fassung.",
                    number=chapter.chapter,
                    target=target,
                )
                yield Finding(sentence, Place.CHAPTERS)


def _life_situations(catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    """2016 paper: "die besonderen Lebenslagen ... berücksichtigt"."""
    for section in catalogue.sections:
        served = {slug for measure in section.measures for slug in measure.life_situations}
        for slug, title in around.life_situations.items():
            if slug not in served:
                sentence = _("%(section)s: keine Maßnahme für „%(who)s“.", section=section.title, who=title)
                yield Finding(sentence, Place.SECTION, section.slug, section)


def _working_groups(catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    """2016 paper: the fields are found again in the networks."""
    for section in catalogue.of_kind(SectionKind.FIELD):
        if section.slug not in around.working_groups:
            sentence = _("%(section)s hat keinen Arbeitskreis.", section=section.title)
            yield Finding(sentence, Place.WORKING_GROUPS, section.slug, section)


def _ideas(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.of_kind(SectionKind.FIELD):
        if not section.ideas:
            sentence = _("%(section)s: keine Idee für Städte und Gemeinden.", section=section.title)
            yield Finding(sentence, Place.NEW_IDEA, section.slug, section)


def _good_practice(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.of_kind(SectionKind.FIELD):
        if not section.good_practice:
            sentence = _("%(section)s: kein Praxisbeispiel.", section=section.title)
            yield Finding(sentence, Place.NEW_PRACTICE, section.slug, section)


def _ends(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        for measure in section.measures:
            if measure.duration is Duration.PROJECT and not measure.ends:
                sentence = _(
                    "Die Maßnahme %(number)s (%(code)s) ist ein Projekt ohne Ende.",
                    number=measure.number,
                    code=measure.code,
                )
                yield Finding(sentence, Place.FACTS, measure.code, section)


def _offices(catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    for section in catalogue.sections:
        for measure in section.measures:
            if measure.responsible in around.ended:
                sentence = _(
                    "Für die Maßnahme %(number)s (%(code)s) ist %(office)s verantwortlich; das gibt es nicht mehr.",
                    number=measure.number,
                    code=measure.code,
                    office=measure.responsible_name,
                )
                yield Finding(sentence, Place.FACTS, measure.code, section)


def _agreements(_catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    """2017 paper, step 8: partners are asked before the concept is adopted."""
    for state, sentence in AGREEMENTS.items():
        if found := [each for each in around.partners if state_of(each) is state]:
            yield Finding(str(sentence) % {"who": _who(found)}, Place.PARTNERS)


def _who(partners: Sequence[MeasurePartner]) -> str:
    """Each organisation once, with the codes of its measures."""
    codes: dict[str, list[str]] = {}
    for each in partners:
        codes.setdefault(each.organization.name, []).append(each.measure.code)
    return "; ".join(f"{name} ({', '.join(of)})" for name, of in codes.items())


def _answered(_catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    """2016 paper: "deren Anregungen eingearbeitet"; each gets its answer before the edition is laid before a body."""
    if around.unanswered:
        sentence = ngettext(
            "Eine Anregung hat noch keine Antwort.", "%(num)s Anregungen haben noch keine Antwort.", around.unanswered
        )
        yield Finding(sentence, Place.SUGGESTIONS)


def _bodies(catalogue: Catalogue, _around: Around) -> Iterator[Finding]:
    for chapter in catalogue.chapters:
        if chapter.content in WRITTEN and not chapter.body:
            sentence = _("Kapitel %(number)s (%(title)s) hat keinen Text.", number=chapter.chapter, title=chapter.title)
            yield Finding(sentence, Place.CHAPTERS)


def _translations(_catalogue: Catalogue, around: Around) -> Iterator[Finding]:
    """Languages somebody began with, by name; the others together."""
    for language, count in around.translated.items():
        if 0 < count < around.texts:
            missing = around.texts - count
            sentence = ngettext(
                "%(language)s: %(num)s Text ist nicht übersetzt.",
                "%(language)s: %(num)s Texte sind nicht übersetzt.",
                missing,
                language=name_of(language),
            )
            yield Finding(sentence, Place.LANGUAGE, language)
    if untouched := sum(not count for count in around.translated.values()):
        sentence = ngettext(
            "In eine Sprache ist noch nichts übersetzt.",
            "In %(num)s Sprachen ist noch nichts übersetzt.",
            untouched,
        )
        yield Finding(sentence, Place.LANGUAGES)


RULES = (
    Rule("sections", lazy_gettext("Es gibt Handlungsfelder oder Querschnittsthemen"), True, _any_section),
    Rule("overall", lazy_gettext("Jedes Thema hat genau ein Oberziel"), True, _one_overall),
    Rule("sub_goals", lazy_gettext("Jedes Thema hat mindestens zwei Unterziele"), True, _sub_goals),
    Rule("measure_for_each", lazy_gettext("Zu jedem Unterziel gibt es eine Maßnahme"), True, _measure_for_each),
    Rule("goal_for_each", lazy_gettext("Jede Maßnahme dient einem Unterziel"), True, _goal_for_each),
    Rule("references", lazy_gettext("Jeder Verweis führt zu etwas"), True, _references),
    Rule("released", lazy_gettext("Jeder Wortlaut ist von einer zweiten Person freigegeben"), True, _released),
    Rule("life_situations", lazy_gettext("Jedes Thema denkt an jede Lebenslage"), False, _life_situations),
    Rule("working_groups", lazy_gettext("Jedes Handlungsfeld hat einen Arbeitskreis"), False, _working_groups),
    Rule("ideas", lazy_gettext("Jedes Handlungsfeld hat Ideen für Städte und Gemeinden"), False, _ideas),
    Rule("good_practice", lazy_gettext("Jedes Handlungsfeld hat ein Praxisbeispiel"), False, _good_practice),
    Rule("ends", lazy_gettext("Jedes Projekt hat ein Ende"), False, _ends),
    Rule("offices", lazy_gettext("Jede Maßnahme hat eine Stelle, die es gibt"), False, _offices),
    Rule("agreements", lazy_gettext("Alle Mitwirkenden stimmen ihren Maßnahmen zu"), False, _agreements),
    Rule("answered", lazy_gettext("Jede Anregung hat eine Antwort"), False, _answered),
    Rule("bodies", lazy_gettext("Jedes Kapitel hat einen Text"), False, _bodies),
    Rule("translations", lazy_gettext("Jeder Text ist übersetzt"), False, _translations),
)
