"""Bring the working edition to what each edition held, cut it, and record what the bodies made of it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from app.concept import services
from app.concept.facts import MeasureFacts
from app.concept.icons import SectionIcon
from app.concept.models import (
    Chapter,
    ChapterContent,
    Concept,
    Duration,
    Effect,
    Goal,
    GoalKind,
    Measure,
    Priority,
    Section,
    SectionKind,
)
from app.council.models import ConsultationMeeting, Outcome
from app.db import db
from app.demo import changes
from app.demo.changes import Why
from app.demo.council import CONSULTATIONS
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.local_time import start_of
from app.process_date import ProcessDate

SECTIONS = ("slug", "kind", "title", "set_on", "is_planned", "focus", "icon")
EDITION_SECTIONS = ("edition", "section", "position", "title")
PLANNED_SECTIONS = ("edition", "section", "focus")
EDITIONS = ("slug", "concept", "number", "title", "paper", "cut_on", "reason", "is_example")
CHAPTERS = ("edition", "number", "title", "summary", "content", "body", "signature")
GOALS = ("key", "section", "kind", "parent", "position", "editions", "wording", "is_example")
MEASURES = (
    *("key", "section", "goals", "position", "editions", "wording", "duration", "priority", "responsible", "partners"),
    *("start", "end", "status", "life_situations", "is_example"),
)
NOON = timedelta(hours=12)


@dataclass
class History:
    """An edition and what the files say it held; the rows in the order of their positions."""

    row: Row
    concept: Concept
    folder: Path
    is_changed: bool = False
    sections: list[Row] = field(default_factory=list)
    planned: list[Row] = field(default_factory=list)
    chapters: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    descents: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    budget: list[Row] = field(default_factory=list)
    consultations: list[Row] = field(default_factory=list)


def add_section(world: World, row: Row) -> None:
    slug = row.required("slug")
    world.sections[slug] = Section(
        slug=slug,
        kind=row.one_of("kind", SectionKind),
        title=row.required("title"),
        set_on=row.process_date("set_on"),
        is_planned=row.flag("is_planned"),
        focus=row.text("focus"),
        icon=row.one_of("icon", SectionIcon),
    )
    db.session.add(world.sections[slug])


def read_all(folder: Path, world: World) -> tuple[list[History], list[History]]:
    """The editions with what belongs to each, in the order of editions.csv; those that are cut from a frozen one."""
    histories: dict[str, History] = {}

    def begin(row: Row) -> None:
        histories[row.required("slug")] = History(row, row.one_in("concept", world.concepts), folder)

    def begin_changed(row: Row) -> None:
        base = row.one_in("base", histories)
        histories[row.required("slug")] = History(row, base.concept, folder, is_changed=True)

    def sort_in(name: str, row: Row) -> None:
        column = "editions" if "editions" in row.cells else "edition"
        for history in row.many_in(column, histories):
            getattr(history, name).append(row)

    load_rows(folder / "editions.csv", EDITIONS, world.today, begin)
    load_rows(folder / "edition_changes.csv", changes.CUT, world.today, begin_changed)
    for name, file, columns in (
        ("sections", "edition_sections.csv", EDITION_SECTIONS),
        ("planned", "planned_sections.csv", PLANNED_SECTIONS),
        ("chapters", "chapters.csv", CHAPTERS),
        ("goals", "goals.csv", GOALS),
        ("measures", "measures.csv", MEASURES),
        ("descents", "goal_descents.csv", changes.DESCENTS),
        ("facts", "measure_facts.csv", changes.FACTS),
        ("budget", "budget_lines.csv", changes.BUDGET),
        ("consultations", "consultations.csv", CONSULTATIONS),
    ):
        load_rows(folder / file, columns, world.today, partial(sort_in, name))
    found = list(histories.values())
    return [each for each in found if not each.is_changed], [each for each in found if each.is_changed]


def bring(world: World, history: History) -> None:
    """Change the working edition until it holds what this edition held, cut it, record the resolutions on it."""
    row = history.row
    with row.telling_where():
        dated = _date(world, history)
        why: Why = {"reason": row.required("reason"), "by": None, "at": start_of(dated.first_day) + NOON}
        services.begin_working_edition(history.concept, by=None)
    _place_sections(world, history)
    _descend(world, history, why)
    _drop(world, history, why)
    _place_goals(world, history, why)
    _place_measures(world, history, why)
    for facts in history.facts:
        with facts.telling_where():
            changes.amend(world, facts, why["at"])
    for line in history.budget:
        with line.telling_where():
            changes.add_budget_line(world, line)
    for chapter in history.chapters:
        with chapter.telling_where():
            _write_chapter(history.folder, chapter)
    with row.telling_where():
        _cut(world, history, dated, why)
    _decide_all(world, history)


def change(world: World, history: History) -> None:
    """Cut the edition from a frozen one, as two persons do it, and record the resolutions on it."""
    with history.row.telling_where():
        changes.cut(world, history.row)
    _decide_all(world, history)


def _date(world: World, history: History) -> ProcessDate:
    """The date the edition bears: where its day is not known, that of the body that decided on it."""
    if day := history.row.optional_day("cut_on"):
        return ProcessDate.on(day)
    if not history.consultations:
        raise history.row.refuse("cut_on fehlt, und kein Gremium hat darüber beschlossen")
    return _decided(world, history.consultations[0])


def _place_sections(world: World, history: History) -> None:
    wanted = {row.required("section") for row in history.sections}
    for row in history.planned:
        with row.telling_where():
            section = row.one_in("section", world.sections)
            services.plan_section(slug=section.slug, kind=section.kind, title=section.title, focus=row.text("focus"))
    for row in history.sections:
        with row.telling_where():
            section, position = row.one_in("section", world.sections), row.integer("position")
            if section.placement is None:
                services.add_section(
                    slug=section.slug, kind=section.kind, title=row.required("title"), position=position
                )
            else:
                services.move_section(section, position=position, by=None)
    missing = [slug for slug, section in world.sections.items() if section.placement and slug not in wanted]
    if missing:
        raise history.row.refuse(f"{', '.join(missing)} stand in der Fassung davor und fehlt in edition_sections.csv")


def _descend(world: World, history: History, why: Why) -> None:
    wordings = {row.required("key"): row.required("wording") for row in history.goals}
    for row in history.descents:
        with row.telling_where():
            changes.follow(world, row, wordings, why["at"])


def _drop(world: World, history: History, why: Why) -> None:
    measures, goals = ({row.required("key") for row in rows} for rows in (history.measures, history.goals))
    for key, measure in world.measures.items():
        if key not in measures and _stands(measure):
            services.drop_measure(measure, **why)
    for key, goal in world.goals.items():
        if key not in goals and _stands(goal):
            services.drop_goal(goal, **why)


def _place_goals(world: World, history: History, why: Why) -> None:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in history.goals:
        groups[row.text("section"), row.text("kind")].append(row)
    for rows in groups.values():
        for position, row in enumerate(sorted(rows, key=_position), 1):
            with row.telling_where():
                _place_goal(world, row, position, why)


def _place_goal(world: World, row: Row, position: int, why: Why) -> None:
    key, wording = row.required("key"), row.required("wording")
    section, kind = row.one_in("section", world.sections), row.one_of("kind", GoalKind)
    row.optional_in("parent", world.goals)
    goal = world.goals.get(key)
    if goal is None:
        world.goals[key] = services.add_goal(
            section=section,
            kind=kind,
            wording=wording,
            position=position,
            is_example=row.flag("is_example"),
            **why,
        )
        return
    if wording != goal.text.current.content:
        services.reword_goal(goal, wording=wording, **why)
    if (placement := goal.placement) and (placement.section_id, placement.position) != (section.id, position):
        services.move_goal(goal, section=section, position=position, **why)


def _place_measures(world: World, history: History, why: Why) -> None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in history.measures:
        groups[row.text("section")].append(row)
    for rows in groups.values():
        for position, row in enumerate(sorted(rows, key=_position), 1):
            with row.telling_where():
                _place_measure(world, row, position, why)


def _place_measure(world: World, row: Row, position: int, why: Why) -> None:
    key, wording = row.required("key"), row.required("wording")
    section, goals = row.one_in("section", world.sections), row.many_in("goals", world.goals)
    measure = world.measures.get(key)
    if measure is None:
        world.measures[key] = _add_measure(world, row, position, why)
        return
    if wording != measure.text.current.content:
        services.reword_measure(measure, wording=wording, **why)
    placement = measure.placement
    assert placement is not None
    is_elsewhere = (placement.section_id, placement.position) != (section.id, position)
    if is_elsewhere or [link.goal for link in placement.goals] != goals:
        services.move_measure(measure, section=section, position=position, goals=goals, **why)


def _add_measure(world: World, row: Row, position: int, why: Why) -> Measure:
    return services.add_measure(
        MeasureFacts(
            responsible=row.one_in("responsible", world.organizations),
            life_situations=row.many_in("life_situations", world.life_situations),
            duration=row.one_of("duration", Duration),
            priority=row.one_of("priority", Priority),
            starts=row.process_date("start"),
            ends=row.process_date("end"),
        ),
        section=row.one_in("section", world.sections),
        goals=row.many_in("goals", world.goals),
        wording=row.required("wording"),
        position=position,
        partners=row.many_in("partners", world.organizations),
        may_name_partners=True,
        is_example=row.flag("is_example"),
        **why,
    )


def _write_chapter(folder: Path, row: Row) -> None:
    """Bodies lie beside the table as Markdown; the papers have none, so that each is an example."""
    body = row.text("body")
    file = folder / "chapters" / body
    if body and not file.is_file():
        raise row.refuse(f"die Datei „{body}“ fehlt")
    written = services.ChapterText(
        title=row.required("title"),
        summary=row.required("summary"),
        content=row.one_of("content", ChapterContent),
        body=file.read_text() if body else "",
        signature=row.text("signature").replace(" / ", "\n"),
        is_example=bool(body),
    )
    chapter = db.session.scalars(select(Chapter).where(Chapter.number == row.integer("number"))).one_or_none()
    if chapter is None:
        services.add_chapter(written)
    else:
        services.write_chapter(chapter, written, by=None)


def _cut(world: World, history: History, dated: ProcessDate, why: Why) -> None:
    """The first edition of a paper is cut by sending it, a later one because its wording was changed on the way."""
    row, paper = history.row, history.row.one_in("paper", world.papers)
    cut = services.cut_further if paper.is_sent else services.send_paper
    world.editions[row.required("slug")] = cut(
        paper,
        slug=row.required("slug"),
        number=row.required("number"),
        title=row.required("title"),
        reason=why["reason"],
        by=None,
        cut_at=why["at"],
        dated=dated,
        is_example=row.flag("is_example"),
    )


def _decide_all(world: World, history: History) -> None:
    for consultation in history.consultations:
        with consultation.telling_where():
            _decide(world, consultation)


def _decide(world: World, row: Row) -> None:
    """What the files call the result of a consultation; empty where nothing is known."""
    if not row.text("result"):
        return
    consultation = world.consultations[row.required("paper"), row.integer("position")]
    sittings: list[ConsultationMeeting] = consultation.sittings
    services.record_resolution(
        consultation,
        outcome=row.one_of("result", Outcome),
        effect=row.one_of("effect", Effect),
        decided=_decided(world, row),
        meeting=sittings[-1].meeting if sittings else None,
        wording=row.text("resolution_text"),
        edition=row.one_in("edition", world.editions),
        by=None,
    )


def _decided(world: World, row: Row) -> ProcessDate:
    meetings = row.many_in("meetings", world.meetings)
    decided = ProcessDate.on(meetings[-1].day) if meetings else row.process_date("decided_on")
    if not decided:
        raise row.refuse("decided_on fehlt, und keine Sitzung ist genannt")
    return decided


def _stands(item: Goal | Measure) -> bool:
    db.session.expire(item, ["placement"])
    return item.placement is not None


def _position(row: Row) -> int:
    return row.integer("position")
