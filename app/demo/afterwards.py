"""Load what stays of an example event: documentation with a drawing, and a survey that example guests answered."""

import io
from collections import defaultdict
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from app.accounts.models import Role
from app.attendance.services.results import publish_results
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.evaluation import queries as surveys
from app.evaluation.models import Survey
from app.evaluation.services import create_survey, issue_ticket, moderate, respond
from app.events.models import Event
from app.events.services import add_photo, write_report

REPORTS = (*("event", "summary", "next_steps", "who_took_part", "moderation", "participants", "participants_reason"),)
TABLES = ("event", "number", "text")
ANSWERS = ("event", "question", "value", "times")
STILL_OPEN = 365  # days: the event of the demo is long over

ALT = "Eine Zeichnung: elf runde Tische in einem hellen Saal, im Fenster der See und die Sonne."
Answers = dict[Event, dict[int, list[str]]]


def load(folder: Path, world: World) -> None:
    results: dict[Event, dict[int, str]] = defaultdict(dict)
    load_rows(folder / "table_reports.csv", TABLES, world.today, partial(_add_result, world, results))
    load_rows(folder / "event_reports.csv", REPORTS, world.today, partial(_publish, world, results))
    answers: Answers = defaultdict(lambda: defaultdict(list))
    load_rows(folder / "survey_answers.csv", ANSWERS, world.today, partial(_collect, world, answers))
    for event, given in answers.items():
        _answer(world, event, given)


def _add_result(world: World, results: dict[Event, dict[int, str]], row: Row) -> None:
    event, number = row.one_in("event", world.events), row.integer("number")
    key = (row.text("event"), number)
    if key not in world.tables:
        raise row.refuse(f"number: die Veranstaltung hat keinen Tisch {number}")
    results[event][world.tables[key].id] = row.required("text")


def _publish(world: World, results: dict[Event, dict[int, str]], row: Row) -> None:
    event, organiser = row.one_in("event", world.events), world.accounts[Role.ORGANISER]
    write_report(
        event,
        tables=results[event],
        by=organiser,
        summary=row.required("summary"),
        next_steps=row.text("next_steps"),
        who_took_part=row.text("who_took_part"),
        moderation=row.text("moderation"),
        participants=row.optional_integer("participants"),
        participants_reason=row.text("participants_reason"),
    )
    drawing = {"alt": ALT, "credit": "Beispielzeichnung", "consent": "Es ist niemand zu sehen."}
    add_photo(event, _drawing(), by=organiser, **drawing)
    publish_results(event, by=organiser)


def _collect(world: World, answers: Answers, row: Row) -> None:
    event = row.one_in("event", world.events)
    answers[event][row.integer("question")] += [row.required("value")] * row.integer("times")


def _answer(world: World, event: Event, given: dict[int, list[str]]) -> None:
    """One guest after the other takes the next answer to each question, as long as there are any."""
    organiser = world.accounts[Role.ORGANISER]
    survey = create_survey(event, by=organiser, days_open=STILL_OPEN, publishes_results=True)
    for number in range(max(map(len, given.values()))):
        values = {position: values[number] for position, values in given.items() if number < len(values)}
        respond(
            issue_ticket(survey),
            {question: values.get(question.position, "") for question in survey.questions},
        )
    _show_texts(survey, world)


def _show_texts(survey: Survey, world: World) -> None:
    for answer in surveys.texts_to_read(survey):
        moderate(answer, is_shown=True, by=world.accounts[Role.ORGANISER])


def _drawing() -> bytes:
    """A hall with eleven tables, drawn with plain shapes: nobody can be seen on it."""
    image = Image.new("RGB", (1200, 800), "#fdf0e5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 60, 1080, 360), fill="#e1f1f2", outline="#51605f", width=10)
    draw.ellipse((820, 90, 940, 210), fill="#f2b134")
    draw.rectangle((130, 250, 1070, 350), fill="#00606b")
    draw.rectangle((0, 400, 1200, 800), fill="#cfd8d7")
    for number in range(11):
        row, place = divmod(number, 6)
        left, top = 60 + place * 185 + row * 95, 450 + row * 170
        draw.ellipse((left, top, left + 140, top + 90), fill="#fff", outline="#963c0d", width=6)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
