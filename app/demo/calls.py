"""Load two calls, one open and one that is over, with what was answered to them. All of it is invented and says so."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.calls.models import Call, CallChange, CallWording
from app.calls.services import calls
from app.calls.services.calls import Words
from app.decisions.services import decisions
from app.decisions.services.decisions import Ruling
from app.demo.files import Row, load_rows, read
from app.demo.world import World
from app.languages import SOURCE
from app.local_time import end_of, start_of
from app.moderation.services import moderation
from app.process_date import ProcessDate
from app.proposals.models import Channel, DecisionOutcome, Proposal, ProposalKind, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Origin, Statement
from app.texts.services import Span

CALLS = ("key", "opens", "closes", "sections", "target", "event", "phone", "return_address", "is_published")
WORDINGS = ("call", "language", "title", "question", "introduction")
REWORDINGS = ("call", "made", "question")
CHANGES = ("call", "made", "closes", "reason")
STATEMENTS = (
    *("call", "channel", "kind", "section", "municipality", "language", "text", "german", "received", "state"),
    *("outcome", "answer"),
)
MORNING = timedelta(hours=10)
REVIEWED_AFTER, DECIDED_AFTER = timedelta(days=1), timedelta(days=20)

Wordings = dict[str, dict[str, Words]]  # by call and language


def load(folder: Path, world: World) -> None:
    wordings = _wordings(folder, world)
    found: dict[str, Call] = {}
    load_rows(folder / "calls.csv", CALLS, world.today, partial(_add_call, world, wordings, found))
    load_rows(folder / "call_rewordings.csv", REWORDINGS, world.today, partial(_add_rewording, found))
    load_rows(folder / "call_changes.csv", CHANGES, world.today, partial(_add_change, found))
    load_rows(folder / "call_statements.csv", STATEMENTS, world.today, partial(_add_statement, world, found))


def _wordings(folder: Path, world: World) -> Wordings:
    wordings: Wordings = defaultdict(dict)
    for row in read(folder / "call_wordings.csv", WORDINGS, world.today):
        words = Words(row.required("title"), row.required("question"), row.text("introduction"))
        wordings[row.required("call")][row.required("language")] = words
    return wordings


def _add_call(world: World, wordings: Wordings, found: dict[str, Call], row: Row) -> None:
    key, editor = row.required("key"), world.accounts[Role.EDITOR]
    words = wordings.get(key, {})
    if SOURCE not in words:
        raise row.refuse(f"key „{key}“ hat keinen deutschen Wortlaut")
    call = calls.create_call(
        words[SOURCE],
        opens_at=start_of(row.day("opens")),
        closes_at=end_of(row.day("closes")),
        sections=row.many_in("sections", world.sections),
        target=row.optional_integer("target"),
        event=row.optional_in("event", world.events),
        phone=row.text("phone"),
        return_address=row.text("return_address").replace(" / ", "\n"),
        is_example=True,
        by=editor,
    )
    for language, translated in words.items():
        if language != SOURCE:
            calls.translate(call, language, translated, by=editor)
    if row.flag("is_published"):
        calls.publish(call, by=editor)
    found[key] = call


def _add_rewording(found: dict[str, Call], row: Row) -> None:
    """As it would have happened on that day: a question asked better, beside the one people had answered."""
    call = row.one_in("call", found)
    before = call.wording
    made = CallWording(
        language=SOURCE,
        number=before.number + 1,
        written_at=_morning(row.day("made")),
        title=before.title,
        question=row.required("question"),
        introduction=before.introduction,
    )
    call.versions.append(made)


def _add_change(found: dict[str, Call], row: Row) -> None:
    """As it would have happened on that day; the service knows only now."""
    call, closes_at = row.one_in("call", found), end_of(row.day("closes"))
    call.changes.append(
        CallChange(
            closed_before=call.closes_at,
            closes_at=closes_at,
            reason=row.required("reason"),
            made_at=_morning(row.day("made")),
        )
    )
    call.closes_at = closes_at


def _add_statement(world: World, found: dict[str, Call], row: Row) -> None:
    received_on = row.day("received")
    origin = Origin(
        row.one_of("channel", Channel),
        received_at=_morning(received_on) + timedelta(minutes=row.line),
        is_example=True,
    )
    statement = Statement(
        text=row.required("text"),
        kind=row.one_of("kind", ProposalKind),
        section=row.one_in("section", world.sections),
        municipality=row.optional_in("municipality", world.municipalities),
        language=row.required("language"),
        translation=row.text("german"),
        call=row.one_in("call", found),
    )
    proposal = intake.receive(statement, origin)
    if row.one_of("state", ProposalState) is ProposalState.RELEASED:
        at = _morning(received_on + REVIEWED_AFTER)
        moderation.release([proposal], by=world.accounts[Role.MODERATOR], at=at)
    if row.text("outcome"):
        _decide(world, proposal, row, received_on + DECIDED_AFTER)


def _decide(world: World, proposal: Proposal, row: Row, day: date) -> None:
    """On the whole of it: the organisers write the answer, the editors release it."""
    version = proposal.text.current
    outcome = row.one_of("outcome", DecisionOutcome)
    decision = decisions.decide(
        Span.of(version, version.content),
        outcome=outcome,
        answer=row.required("answer"),
        ruling=Ruling(ProcessDate.on(day), None, None),
        forwarded_to="Staatliches Schulamt Konstanz" if outcome is DecisionOutcome.FORWARDED else "",
        by=world.accounts[Role.ORGANISER],
        at=_morning(day),
    )
    decisions.release_decision(decision, by=world.accounts[Role.EDITOR], at=_morning(day) + REVIEWED_AFTER)


def _morning(day: date) -> datetime:
    return start_of(day) + MORNING
