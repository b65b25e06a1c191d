"""Load meetings with their results, and papers with their Beratungsfolge and annexes.

Papers stay drafts here: they are sent, and decided on, when their editions are cut (app/demo/concept.py).
"""

import re
from datetime import datetime
from functools import partial
from pathlib import Path

from app.council import services
from app.council.models import AnnexContent, ConsultationRole, FinancialEffect, PaperKind, ResultKind
from app.demo.files import DataError, Row, load_rows
from app.demo.world import World
from app.local_time import at_berlin

MEETINGS = ("key", "organization", "day", "starts_at", "ends_at", "place", "is_public", "title", "is_example")
RESULTS = ("meeting", "position", "kind", "text", "organization", "section", "source")
PAPERS = (
    *("key", "number", "kind", "title", "dated_on", "organization", "financial_effect", "financial_year", "is_example"),
)
CONSULTATIONS = (
    *("paper", "position", "organization", "is_public", "meetings", "role", "agenda_item", "result", "effect"),
    *("resolution_text", "decided_on", "edition"),
)
ANNEXES = ("paper", "number", "title", "content")
SECTIONS = ("Beschlussvorschlag", "Sachverhalt", "Finanzielle Auswirkungen")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "meetings.csv", MEETINGS, world.today, partial(_schedule, world))
    load_rows(folder / "meeting_results.csv", RESULTS, world.today, partial(_add_result, world))
    load_rows(folder / "papers.csv", PAPERS, world.today, partial(_create_paper, world))
    load_rows(folder / "consultations.csv", CONSULTATIONS, world.today, partial(_add_consultation, world))
    load_rows(folder / "annexes.csv", ANNEXES, world.today, partial(_add_annex, world))


def _schedule(world: World, row: Row) -> None:
    key = row.required("key")
    world.meetings[key] = services.schedule_meeting(
        slug=key,
        organization=row.one_in("organization", world.organizations),
        title=row.required("title"),
        day=row.day("day"),
        starts_at=_moment(row, "starts_at"),
        ends_at=_moment(row, "ends_at"),
        place=row.text("place"),
        is_public=row.optional_flag("is_public"),
        is_example=row.flag("is_example"),
    )


def _moment(row: Row, column: str) -> datetime | None:
    value = row.text(column)
    if not value:
        return None
    try:
        return at_berlin(datetime.strptime(f"{row.day('day')} {value}", "%Y-%m-%d %H:%M"))  # noqa: DTZ007 -- at_berlin knows where
    except ValueError:
        raise row.refuse(f"{column} „{value}“ ist keine Uhrzeit") from None


def _add_result(world: World, row: Row) -> None:
    result = services.add_result(
        row.one_in("meeting", world.meetings),
        kind=row.one_of("kind", ResultKind),
        text=row.required("text"),
        organization=row.optional_in("organization", world.organizations),
        source=row.text("source"),
    )
    _check_order(row, "position", result.position)


def _create_paper(world: World, row: Row) -> None:
    key = row.required("key")
    proposal, facts, financial = _sections(row.file.parent / "papers" / f"{key}.md")
    world.papers[key] = services.create_paper(
        slug=key,
        number=row.text("number") or None,
        kind=row.one_of("kind", PaperKind),
        title=row.required("title"),
        dated_on=row.optional_day("dated_on"),
        organization=row.one_in("organization", world.organizations),
        proposal=proposal,
        facts=facts,
        financial=financial,
        financial_effect=row.one_of("financial_effect", FinancialEffect),
        financial_year=row.optional_integer("financial_year"),
        is_example=row.flag("is_example"),
    )


def _sections(file: Path) -> list[str]:
    """The text below each of the three headings of a paper, in their order."""
    try:
        parts = re.split(r"^## (.+)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    except FileNotFoundError:
        raise DataError(file, 0, "die Datei fehlt") from None
    if tuple(part.strip() for part in parts[1::2]) != SECTIONS:
        raise DataError(file, 1, f"die Abschnitte heißen nicht {', '.join(SECTIONS)}")
    return parts[2::2]


def _add_consultation(world: World, row: Row) -> None:
    paper = row.required("paper")
    consultation = services.add_consultation(
        row.one_in("paper", world.papers),
        organization=row.one_in("organization", world.organizations),
        role=row.one_of("role", ConsultationRole),
        is_public=row.optional_flag("is_public"),
        meetings=row.many_in("meetings", world.meetings),
        agenda_item=row.text("agenda_item"),
        planned=row.process_date("decided_on"),
    )
    _check_order(row, "position", consultation.position)
    world.consultations[paper, consultation.position] = consultation


def _add_annex(world: World, row: Row) -> None:
    annex = services.add_annex(
        row.one_in("paper", world.papers),
        title=row.required("title"),
        content=row.one_of("content", AnnexContent),
    )
    _check_order(row, "number", annex.number)


def _check_order(row: Row, column: str, number: int) -> None:
    if row.integer(column) != number:
        raise row.refuse(f"{column} müsste {number} sein")
