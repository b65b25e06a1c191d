"""What a catalogue lacks before its edition can be cut (2017 paper: one Oberziel, several Unterziele, measures)."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.concept.catalogue import Catalogue, CatalogueSection
from app.concept.markup import parse, targets_of
from app.concept.models import GoalKind
from app.concept.references import places

SUB_GOALS = 2  # "mehrere Unterziele"


def shortcomings(catalogue: Catalogue) -> list[str]:
    """A sentence for each; none when the catalogue is complete."""
    if not catalogue.sections:
        return [_("Es gibt noch kein Handlungsfeld und kein Querschnittsthema.")]
    return [
        *(sentence for section in catalogue.sections for sentence in _of_section(catalogue, section)),
        *_of_measures(catalogue),
        *_of_chapters(catalogue),
    ]


def _of_section(catalogue: Catalogue, section: CatalogueSection) -> Iterator[str]:
    overall = [goal for goal in section.goals if goal.kind is GoalKind.OVERALL]
    if not overall:
        yield _("%(section)s hat kein Oberziel.", section=section.title)
    if len(overall) > 1:
        yield _("%(section)s hat %(count)s Oberziele; es soll eines sein.", section=section.title, count=len(overall))
    if len(section.sub_goals) < SUB_GOALS:
        yield _(
            "%(section)s hat %(count)s von mindestens %(least)s Unterzielen.",
            section=section.title,
            count=len(section.sub_goals),
            least=SUB_GOALS,
        )
    for goal in section.sub_goals:
        if not catalogue.measures_of(goal.code):
            yield _("Zum Unterziel %(number)s (%(code)s) gibt es keine Maßnahme.", number=goal.number, code=goal.code)


def _of_measures(catalogue: Catalogue) -> Iterator[str]:
    for measure in catalogue.measures:
        if not any(catalogue.goal(code) for code in measure.goals):
            yield _(
                "Die Maßnahme %(number)s (%(code)s) dient keinem Unterziel.", number=measure.number, code=measure.code
            )


def _of_chapters(catalogue: Catalogue) -> Iterator[str]:
    """References whose end was dropped since the body was written."""
    known = places(catalogue)
    for chapter in catalogue.chapters:
        for target in targets_of(parse(chapter.body.wording)) if chapter.body else ():
            if target not in known:
                yield _(
                    "Kapitel %(number)s verweist auf %(target)s; das steht nicht mehr in der Arbeitsfassung.",
                    number=chapter.chapter,
                    target=target,
                )
