"""Load what people said and what became of it, step by step, as it would have happened.

Two whole threads lead into the example Fortschreibung: the links point to the versions that its edition names. Nobody
left an address and nobody follows, so this writes no mail.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.concept.models import Goal, Measure
from app.decisions.queries import Subject
from app.decisions.services import decisions, referrals
from app.decisions.services.acceptance import AsWorded
from app.decisions.services.decisions import TAKEN_UP, Ruling
from app.demo import condensing
from app.demo.files import Row, load_rows, read
from app.demo.world import World
from app.events.models import ThemeTable
from app.local_time import start_of
from app.moderation.services import moderation
from app.process_date import ProcessDate
from app.proposals.models import Channel, Condensation, DecisionOutcome, Proposal, ProposalKind, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Origin, Statement
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source

STATEMENTS = (
    *("key", "event", "table_number", "channel", "kind", "section", "language", "text", "german", "received"),
    *("state", "state_reason", "support", "is_example"),
)
CONDENSATIONS = ("key", "section", "wording", "made", "is_example")
PASSAGES = ("condensation", "statement", "quote", "wording_quote")
DECISIONS = (
    *("key", "condensation", "statement", "quote", "outcome", "answer", "decided", "organization", "meeting"),
    *("goal", "measure", "forwarded_to"),
)

REFERRALS = (
    *("key", "statement", "organization", "question", "referred", "due", "outcome", "reason", "wording", "recommended"),
)

Passages = dict[str, list[tuple[Row, Source]]]

MORNING = timedelta(hours=10)
REVIEWED_AFTER = timedelta(days=1)
RELEASED_AFTER = timedelta(days=1)


@dataclass
class Contributions:
    """What this loader has made so far, by the keys of its files."""

    proposals: dict[str, Proposal] = field(default_factory=dict)
    condensations: dict[str, Condensation] = field(default_factory=dict)


def load(folder: Path, world: World) -> None:
    found = Contributions()
    load_rows(folder / "statements.csv", STATEMENTS, world.today, partial(_add_statement, world, found))
    passages = _passages(folder, world, found)
    add_condensation = partial(_add_condensation, world, found, passages)
    load_rows(folder / "condensations.csv", CONDENSATIONS, world.today, add_condensation)
    condensing.split(folder, world, found.condensations, passages)
    _check_passages(passages, found)
    condensing.object_to(folder, world, found.condensations, found.proposals)
    load_rows(folder / "decisions.csv", DECISIONS, world.today, partial(_add_decision, world, found))
    load_rows(folder / "referrals.csv", REFERRALS, world.today, partial(_add_referral, world, found))


def _add_statement(world: World, found: Contributions, row: Row) -> None:
    received_on = row.day("received")
    origin = Origin(
        channel=row.one_of("channel", Channel),
        received_at=_morning(received_on) + timedelta(minutes=row.line),
        event=row.optional_in("event", world.events),
        table=_table(world, row),
        is_example=row.flag("is_example"),
    )
    statement = Statement(
        text=row.required("text"),
        kind=row.one_of("kind", ProposalKind),
        section=row.one_in("section", world.sections),
        language=row.required("language"),
        translation=row.text("german"),
    )
    proposal = intake.receive(statement, origin)
    found.proposals[row.required("key")] = world.proposals[row.required("key")] = proposal
    _moderate(world, proposal, row, _morning(received_on + REVIEWED_AFTER))


def _table(world: World, row: Row) -> ThemeTable | None:
    number = row.optional_integer("table_number")
    if number is None:
        return None
    key = (row.text("event"), number)
    if key not in world.tables:
        raise row.refuse(f"table_number: die Veranstaltung hat keinen Tisch {number}")
    return world.tables[key]


def _moderate(world: World, proposal: Proposal, row: Row, at: datetime) -> None:
    moderator = world.accounts[Role.MODERATOR]
    state = row.one_of("state", ProposalState)
    if state is ProposalState.RELEASED:
        moderation.release([proposal], by=moderator, at=at)
    elif state is ProposalState.WITHHELD:
        moderation.withhold([proposal], reason=row.text("state_reason"), by=moderator, at=at)
    elif state is not ProposalState.RECEIVED:
        raise row.refuse(f"state „{state}“ gehört nicht in die Demo")


def _passages(folder: Path, world: World, found: Contributions) -> Passages:
    """The sources of each condensation, with the line they stand in."""
    sources: Passages = defaultdict(list)
    for row in read(folder / "condensation_passages.csv", PASSAGES, world.today):
        with row.telling_where():
            version = row.one_in("statement", found.proposals).text.current
            source = Source(Span.of(version, row.required("quote")), row.text("wording_quote"))
        sources[row.required("condensation")].append((row, source))
    return sources


def _check_passages(passages: Passages, found: Contributions) -> None:
    for key, lines in passages.items():
        if key not in found.condensations:
            row, _source = lines[0]
            raise row.refuse(f"condensation „{key}“ ist nicht bekannt")


def _add_condensation(world: World, found: Contributions, passages: Passages, row: Row) -> None:
    key = row.required("key")
    found.condensations[key] = condensation.condense(
        wording=row.required("wording"),
        sources=[source for _row, source in passages.get(key, [])],
        section=row.one_in("section", world.sections),
        by=world.accounts[Role.MODERATOR],
        at=_morning(row.day("made")),
    )


def _add_decision(world: World, found: Contributions, row: Row) -> None:
    """The organisers write it, the editors release it."""
    subject = _subject(found, row)
    goal, measure = row.optional_in("goal", world.goals), row.optional_in("measure", world.measures)
    outcome = row.one_of("outcome", DecisionOutcome)
    decided = row.day("decided")
    ruling = Ruling(
        row.process_date("decided"),
        row.optional_in("organization", world.organizations),
        row.optional_in("meeting", world.meetings),
    )
    author, answer, at = world.accounts[Role.ORGANISER], row.required("answer"), _morning(decided)
    if outcome in TAKEN_UP:
        result = goal or measure
        if result is None:
            raise row.refuse("goal oder measure fehlt")
        decision = decisions.accept(
            subject, into=_as_worded(result), answer=answer, outcome=outcome, ruling=ruling, by=author, at=at
        )
        if goal is not None and measure is not None:
            decisions.lead_to(subject, measure.text.current)
    else:
        decision = decisions.decide(
            subject,
            outcome=outcome,
            answer=answer,
            ruling=ruling,
            forwarded_to=row.text("forwarded_to"),
            result=goal or measure,
            by=author,
            at=at,
        )
    decisions.release_decision(decision, by=world.accounts[Role.EDITOR], at=at + RELEASED_AFTER)


def _add_referral(world: World, found: Contributions, row: Row) -> None:
    """The organisers give it to a working group; with an outcome, it has answered already."""
    account = world.accounts[Role.ORGANISER]
    [referral] = referrals.refer(
        [row.one_in("statement", found.proposals)],
        to=row.one_in("organization", world.organizations),
        question=row.text("question"),
        due_on=row.optional_day("due"),
        by=account,
        at=_morning(row.day("referred")),
    )
    if row.text("outcome"):
        recommended = row.day("recommended")
        referrals.recommend(
            referral,
            outcome=row.one_of("outcome", DecisionOutcome),
            reason=row.required("reason"),
            wording=row.text("wording"),
            recommended=ProcessDate.on(recommended),
            by=account,
            at=_morning(recommended),
        )


def _subject(found: Contributions, row: Row) -> Subject:
    named = row.optional_in("condensation", found.condensations)
    if named is not None:
        return named
    return Span.of(row.one_in("statement", found.proposals).text.current, row.required("quote"))


def _as_worded(result: Goal | Measure) -> AsWorded:
    """As the working edition has it, which is what the last edition was cut from."""
    return AsWorded(result, result.text.current)


def _morning(day: date) -> datetime:
    return start_of(day) + MORNING
