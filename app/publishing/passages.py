"""What a paper says of the concept, computed from it as Markdown, so that nobody types a number or a date.

2017 paper: a table of the chapters, the fields and themes with what they hold, „Weitere Schritte“. It counted its own
chapters wrongly („Kapitel sechs und sieben“): numbers here come from the catalogue.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from app.concept.catalogue import Catalogue, CatalogueSection
from app.concept.in_words import euros
from app.concept.models import Adoption, GoalKind, SectionKind
from app.concept.origins import provisional_acts
from app.concept.surroundings import HeldTask
from app.council.phrases import preliminary_sentences


def chapters(catalogue: Catalogue) -> str:
    """Each chapter with its summary in one table."""
    if not catalogue.chapters:
        return ""
    rows = [f"| {each.chapter}) {_in_cell(each.title)} | {_in_cell(each.wording)} |" for each in catalogue.chapters]
    head = f"| {_('Kapitel')} | {_('Inhalt')} |"
    return _below(_("Inhalte und Gliederung"), [*_lines(head, "| --- | --- |", *rows)])


def aims(catalogue: Catalogue) -> str:
    """How much there is of what, then the fields and themes by name."""
    fields, themes = catalogue.of_kind(SectionKind.FIELD), catalogue.of_kind(SectionKind.CROSS_CUTTING)
    if not catalogue.sections:
        return ""
    goals = [goal.kind for goal in catalogue.goals]
    overall, sub, measures = goals.count(GoalKind.OVERALL), goals.count(GoalKind.SUB), len(catalogue.measures)
    parts = [
        *([ngettext("%(num)s Handlungsfeld", "%(num)s Handlungsfelder", len(fields))] if fields else []),
        *([ngettext("%(num)s Querschnittsthema", "%(num)s Querschnittsthemen", len(themes))] if themes else []),
    ]
    counted = [
        ngettext("%(num)s Oberziel", "%(num)s Oberziele", overall),
        ngettext("%(num)s Unterziel", "%(num)s Unterziele", sub),
        ngettext("%(num)s Maßnahme", "%(num)s Maßnahmen", measures),
    ]
    sentence = _("Das Konzept hat %(parts)s. Dafür nennt es %(counted)s.", parts=_and(parts), counted=_and(counted))
    listed = [
        *_listed(_("Die Handlungsfelder sind:"), fields),
        *_listed(_("Die Querschnittsthemen sind:"), themes),
    ]
    return _below(_("Integrationsziele und Maßnahmen"), [sentence, *listed])


def next_steps(catalogue: Catalogue) -> str:
    """The dated tasks, in their order."""
    if not catalogue.surroundings.tasks:
        return ""
    steps = [f"- {_step(task)}" for task in catalogue.surroundings.tasks]
    return _below(_("Weitere Schritte"), [_("Diese Schritte folgen:"), *_lines(*steps)])


def money(catalogue: Catalogue) -> str:
    """The amounts of all measures, summed by year; they stand at the measures and nowhere else."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    unknown = 0
    for measure in catalogue.measures:
        unknown += any(not line.amount for line in measure.budget)
        for line in measure.budget:
            sums[line.year] += Decimal(line.amount or 0)
    lines = [f"- {year}: {euros(amount)}" for year, amount in sorted(sums.items()) if amount]
    found = [_("Die Maßnahmen des Konzepts sind so beziffert:"), *_lines(*lines)] if lines else []
    if unknown:
        found.append(
            ngettext(
                "%(num)s Maßnahme ist derzeit nicht bezifferbar.",
                "%(num)s Maßnahmen sind derzeit nicht bezifferbar.",
                unknown,
            )
        )
    return "\n\n".join(found)


def preliminary(adoptions: Sequence[Adoption]) -> str:
    """What the bodies that advised made of the concept so far: „1. Vorberatung“ (2017 paper)."""
    consultations = dict.fromkeys(each.resolution.consultation for each in adoptions)
    sentences = preliminary_sentences(consultations, provisional_acts(adoptions))
    return _below(_("Vorberatung"), sentences) if sentences else ""


def definitions(catalogue: Catalogue) -> str:
    """What the concept understands by its words, quoted from the one place where it is written."""
    return "\n\n".join(_below(each.title, [each.wording]) for each in catalogue.definitions)


# What can be put into which section of a paper
PASSAGES: dict[str, tuple[str, object, Callable[[Catalogue], str]]] = {
    "kapitel": ("facts", lazy_gettext("Die Kapitel als Tabelle"), chapters),
    "ziele": ("facts", lazy_gettext("Ziele und Maßnahmen in Zahlen"), aims),
    "verstaendnis": ("facts", lazy_gettext("Was das Konzept unter seinen Begriffen versteht"), definitions),
    "schritte": ("facts", lazy_gettext("Weitere Schritte"), next_steps),
    "geld": ("financial", lazy_gettext("Die Summen der Maßnahmen je Jahr"), money),
}


def _below(title: str, parts: Iterable[str]) -> str:
    return "\n\n".join([f"### {title}", *parts])


def _lines(*lines: str) -> list[str]:
    """One block: lines that belong together."""
    return ["\n".join(lines)]


def _listed(sentence: str, sections: Sequence[CatalogueSection]) -> list[str]:
    names = [f"{place}. {section.title}" for place, section in enumerate(sections, 1)]
    return [sentence, *_lines(*names)] if names else []


def _step(task: HeldTask) -> str:
    when = f"{task.due}: " if task.due else ""
    return f"{when}{task.title}{f' ({task.responsible})' if task.responsible else ''}"


def _and(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return str(_("%(first)s und %(last)s", first=", ".join(parts[:-1]), last=parts[-1]))


def _in_cell(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())
