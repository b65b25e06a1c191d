"""Load the concept: its sections and editions as history made them, and what surrounds them.

The goals and measures are brought through the services to what each edition held, in the order in which the editions
were cut (app/demo/editions.py); the working edition is then what the last one holds.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from app.concept import services as concept
from app.concept.models import (
    Concept,
    ConceptKind,
    Definition,
    GlossaryTerm,
    GoodPractice,
    Indicator,
    LifeSituation,
    Measure,
    MunicipalIdea,
    PracticeContact,
    ProcessStep,
    RoadmapTask,
    SectionKind,
    SectionWorkingGroup,
    TargetGroup,
)
from app.db import db
from app.demo import drawings, editions
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.monitoring import services as monitoring
from app.monitoring.models import Progress
from app.process_date import ProcessDate
from app.publishing.services import add_picture
from app.texts import services as texts
from app.texts.models import Text

CONCEPTS = ("slug", "title", "kind", "predecessor", "reason", "is_example")
DEFINITIONS = ("key", "title", "text", "source")
GLOSSARY = ("term", "plain", "easy")
TARGET_GROUPS = ("slug", "title", "valid", "merged_into", "source")
LIFE_SITUATIONS = ("slug", "title")
WORKING_GROUPS = ("section", "organization")
STEPS = ("number", "title", "held", "organization", "paper", "edition", "section_kinds", "note")
ROADMAP = ("position", "title", "due", "responsible", "kind", "source")
IDEAS = ("key", "section", "position", "wording", "is_example")
UPTAKES = ("idea", "municipality", "since", "sentence")
GOOD_PRACTICE = (
    *("key", "section", "municipality", "title", "text", "organization_name", "since", "picture", "contact_name"),
    *("contact_email", "is_example"),
)
INDICATORS = ("key", "title", "value", "unit", "as_of", "source", "municipality")
TRANSLATIONS = ("language", "kind", "key", "wording", "is_machine")
LAST_REPORT = timedelta(days=30)  # before the day of loading
BEGUN = frozenset({Progress.STARTED, Progress.ADVANCED, Progress.COMPLETED})


def load(folder: Path, world: World) -> None:
    load_rows(folder / "concepts.csv", CONCEPTS, world.today, partial(_add_concept, world))
    load_rows(folder / "lebenslagen.csv", LIFE_SITUATIONS, world.today, partial(_add_life_situation, world))
    load_rows(folder / "sections.csv", editions.SECTIONS, world.today, partial(editions.add_section, world))
    (framework, *later), changed = editions.read_all(folder, world)
    editions.bring(world, framework)
    # These came with the paper of 2017: the framework of 2016 held none of them
    load_rows(folder / "definitions.csv", DEFINITIONS, world.today, _add_definition)
    ideas: dict[str, MunicipalIdea] = {}
    load_rows(folder / "municipal_ideas.csv", IDEAS, world.today, partial(_add_idea, world, ideas))
    load_rows(folder / "good_practice.csv", GOOD_PRACTICE, world.today, partial(_add_good_practice, world))
    load_rows(folder / "roadmap.csv", ROADMAP, world.today, partial(_add_task, world))
    load_rows(folder / "process_steps.csv", STEPS, world.today, partial(_add_step, world))
    for edition in later[:-1]:
        editions.bring(world, edition)
    load_rows(folder / "process_steps.csv", STEPS, world.today, partial(_link_step, world))
    # These are newer than the papers: only the last edition holds them
    load_rows(folder / "glossary_terms.csv", GLOSSARY, world.today, _add_term)
    load_rows(folder / "indicators.csv", INDICATORS, world.today, partial(_add_indicator, world))
    _load_target_groups(folder, world)
    editions.bring(world, later[-1])
    for edition in changed:
        editions.change(world, edition)
    load_rows(folder / "idea_uptakes.csv", UPTAKES, world.today, partial(_take_up, world, ideas))
    load_rows(folder / "translations.csv", TRANSLATIONS, world.today, partial(_add_translation, world))
    load_rows(folder / "section_working_groups.csv", WORKING_GROUPS, world.today, partial(_add_working_group, world))
    _load_progress(folder, world)
    db.session.flush()


def _add_concept(world: World, row: Row) -> None:
    slug = row.required("slug")
    world.concepts[slug] = Concept(
        slug=slug,
        title=row.required("title"),
        kind=row.one_of("kind", ConceptKind),
        predecessor=row.optional_in("predecessor", world.concepts),
        reason=row.text("reason"),
        is_example=row.flag("is_example"),
    )
    db.session.add(world.concepts[slug])


def _add_life_situation(world: World, row: Row) -> None:
    slug = row.required("slug")
    world.life_situations[slug] = LifeSituation(slug=slug, title=row.required("title"))
    db.session.add(world.life_situations[slug])


def _add_definition(row: Row) -> None:
    db.session.add(
        Definition(
            slug=row.required("key"), title=row.required("title"), text=_text(row, "text"), source=row.text("source")
        )
    )


def _add_term(row: Row) -> None:
    db.session.add(GlossaryTerm(term=row.required("term"), plain=row.required("plain"), easy=row.text("easy")))


def _add_idea(world: World, ideas: dict[str, MunicipalIdea], row: Row) -> None:
    section = row.one_in("section", world.sections)
    if section.kind is not SectionKind.FIELD:
        raise row.refuse("Ideen für Kommunen gibt es nur zu Handlungsfeldern")
    ideas[row.required("key")] = MunicipalIdea(
        section=section,
        position=row.integer("position"),
        text=_text(row, "wording"),
        is_example=row.flag("is_example"),
    )
    db.session.add(ideas[row.required("key")])


def _take_up(world: World, ideas: dict[str, MunicipalIdea], row: Row) -> None:
    """What municipalities made of an idea: later than any edition, and in none."""
    concept.take_up_idea(
        row.one_in("idea", ideas),
        municipality=row.one_in("municipality", world.municipalities),
        since=row.process_date("since"),
        sentence=row.text("sentence"),
        by=None,
    )


def _add_good_practice(world: World, row: Row) -> None:
    """`picture` describes the drawing that goes with it."""
    alt, contact = row.text("picture"), row.text("contact_name")
    drawing = drawings.bench_at_the_lake() if alt else b""
    db.session.add(
        GoodPractice(
            section=row.one_in("section", world.sections),
            municipality=row.one_in("municipality", world.municipalities),
            title=row.required("title"),
            text=_text(row, "text"),
            organization_name=row.text("organization_name"),
            since=row.process_date("since"),
            picture=add_picture(drawing, title=row.required("title"), by=None) if alt else None,
            picture_alt=alt,
            contact=_contact(row, contact) if contact else None,
            is_example=row.flag("is_example"),
        )
    )


def _contact(row: Row, name: str) -> PracticeContact:
    return PracticeContact(name=name, email=row.text("contact_email"), may_be_named=True)


def _add_working_group(world: World, row: Row) -> None:
    db.session.add(
        SectionWorkingGroup(
            section=row.one_in("section", world.sections),
            organization=row.one_in("organization", world.organizations),
        )
    )


def _load_target_groups(folder: Path, world: World) -> None:
    """A group may be merged into one that stands below it."""
    groups: dict[str, TargetGroup] = {}

    def add(row: Row) -> None:
        slug = row.required("slug")
        groups[slug] = TargetGroup(
            slug=slug, title=row.required("title"), valid=row.process_date("valid"), source=row.text("source")
        )
        db.session.add(groups[slug])

    def merge(row: Row) -> None:
        groups[row.required("slug")].merged_into = row.optional_in("merged_into", groups)

    for step in (add, merge):
        load_rows(folder / "target_groups.csv", TARGET_GROUPS, world.today, step)


def _add_step(world: World, row: Row) -> None:
    for kind in row.many("section_kinds"):
        if kind not in set(SectionKind):
            raise row.refuse(f"section_kinds „{kind}“ ist nicht bekannt")
    db.session.add(
        ProcessStep(
            number=row.integer("number"),
            title=row.required("title"),
            held=row.process_date("held"),
            organization=row.optional_in("organization", world.organizations),
            paper=row.optional_in("paper", world.papers),
            note=row.text("note"),
        )
    )


def _link_step(world: World, row: Row) -> None:
    """The edition a step led to is cut after the steps stand in it."""
    step = db.session.scalars(select(ProcessStep).where(ProcessStep.number == row.integer("number"))).one()
    step.edition = row.optional_in("edition", world.editions)


def _add_translation(world: World, row: Row) -> None:
    """Of a definition or a goal by its key, or of a name or title."""
    language, wording, is_machine = row.required("language"), row.required("wording"), row.flag("is_machine")
    if row.required("kind") == "phrase":
        concept.translate_phrase(
            row.required("key"), language=language, wording=wording, is_machine=is_machine, by=None
        )
        return
    owner = row.one_in("key", world.goals) if row.text("kind") == "goal" else _definition(row)
    concept.translate(owner.text.current, language=language, wording=wording, is_machine=is_machine, by=None)


def _definition(row: Row) -> Definition:
    found = db.session.scalars(select(Definition).where(Definition.slug == row.required("key"))).one_or_none()
    if found is None:
        raise row.refuse("key ist keine Definition")
    return found


def _add_task(world: World, row: Row) -> None:
    db.session.add(
        RoadmapTask(
            concept=list(world.concepts.values())[-1],  # the roadmap is that of the concept at work
            position=row.integer("position"),
            title=row.required("title"),
            due=row.process_date("due"),
            responsible=row.optional_in("responsible", world.organizations),
            kind=row.required("kind"),
            source=row.text("source"),
        )
    )


def _add_indicator(world: World, row: Row) -> None:
    db.session.add(
        Indicator(
            slug=row.required("key"),
            title=row.required("title"),
            value=row.decimal("value"),
            unit=row.required("unit"),
            as_of=row.day("as_of"),
            source=row.required("source"),
            municipality=row.optional_in("municipality", world.municipalities),
        )
    )


def _load_progress(folder: Path, world: World) -> None:
    """When each measure began, and where it stood at the last report; all wordings of a measure share one status."""
    found: dict[str, Progress] = {}

    def note(row: Row) -> None:
        key, progress = row.required("key"), row.one_of("status", Progress)
        if found.setdefault(key, progress) is not progress:
            raise row.refuse(f"status müsste „{found[key]}“ sein wie weiter oben")

    load_rows(folder / "measures.csv", editions.MEASURES, world.today, note)
    for key, progress in found.items():
        _note_progress(world, world.measures[key], progress)


def _note_progress(world: World, measure: Measure, progress: Progress) -> None:
    has_begun = progress in BEGUN and bool(measure.starts)
    if has_begun:
        monitoring.note_progress(
            measure, progress=Progress.STARTED, noted=measure.starts, organization=measure.responsible, by=None
        )
    if progress is not Progress.STARTED or not has_begun:
        noted = ProcessDate.on(world.today - LAST_REPORT)
        monitoring.note_progress(measure, progress=progress, noted=noted, organization=measure.responsible, by=None)


def _text(row: Row, column: str) -> Text:
    return texts.write(row.required(column), language="de").text
