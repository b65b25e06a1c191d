"""Load what example events ask besides the name, and people who registered by telephone."""

from functools import partial
from pathlib import Path

from app.accounts.models import Account, Role
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.events.models import ThemeTable
from app.registrations import services as registrations
from app.registrations.consent_words import DEFAULT_WORDS
from app.registrations.models import Channel, ConsentPurpose, Question, QuestionKind, QuestionOption
from app.registrations.services import consents, questions
from app.registrations.services.questions import OptionFields

QUESTIONS = ("event", "kind", "label", "help", "options", "only_if")
CONSENTS = ("event", "purpose")
CALLERS = ("event", "name", "phone", "postal_address", "persons", "tables")
YES = "yes"


def load(folder: Path, world: World) -> None:
    organiser = world.accounts[Role.ORGANISER]
    asked: dict[str, list[Question]] = {}
    load_rows(folder / "questions.csv", QUESTIONS, world.today, partial(_ask, world, organiser, asked))
    load_rows(folder / "consents.csv", CONSENTS, world.today, partial(_ask_consent, world, organiser))
    load_rows(folder / "callers.csv", CALLERS, world.today, partial(_register, world, organiser))


def _ask(world: World, organiser: Account, asked: dict[str, list[Question]], row: Row) -> None:
    before = asked.setdefault(row.text("event"), [])
    question = questions.add_question(
        row.one_in("event", world.events),
        by=organiser,
        kind=row.one_of("kind", QuestionKind),
        label=row.required("label"),
        help=row.text("help"),
        options=[_option(row, words) for words in row.many("options")],
        conditions=_conditions(row, before),
    )
    before.append(question)


def _option(row: Row, words: str) -> OptionFields:
    """„Bus“, or „Bus=20“ for at most twenty."""
    label, _equals, limit = words.partition("=")
    if limit and not limit.isdecimal():
        raise row.refuse(f"options „{words}“: „{limit}“ ist keine Zahl")
    return OptionFields(label.strip(), int(limit) if limit else None)


def _conditions(row: Row, before: list[Question]) -> list[QuestionOption | Question]:
    """„yes“ to the question before, or one of its options."""
    wanted = row.text("only_if")
    if not wanted:
        return []
    known: dict[str, QuestionOption | Question] = {}
    if before:
        known |= {option.label: option for option in before[-1].options}
    if before and before[-1].kind is QuestionKind.YES_NO:
        known[YES] = before[-1]
    return [row.one_in("only_if", known)]


def _ask_consent(world: World, organiser: Account, row: Row) -> None:
    purpose = row.one_of("purpose", ConsentPurpose)
    consents.write_consent(row.one_in("event", world.events), purpose, str(DEFAULT_WORDS[purpose]), by=organiser)


def _register(world: World, organiser: Account, row: Row) -> None:
    registrations.register(
        row.one_in("event", world.events),
        name=row.required("name"),
        email=None,
        persons=row.integer("persons"),
        by=organiser,
        channel=Channel.PHONE,
        phone=row.text("phone"),
        postal_address=row.text("postal_address").replace(" / ", "\n"),
        tables=_tables(world, row),
    )


def _tables(world: World, row: Row) -> list[ThemeTable]:
    known = {str(number): table for (event, number), table in world.tables.items() if event == row.text("event")}
    return row.many_in("tables", known)
