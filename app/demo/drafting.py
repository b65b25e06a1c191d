"""Load drafts that were laid out, what was suggested to their passages, and what became of it."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.concept import releases
from app.concept.services import reword_subject, withhold_wording
from app.concept.subjects import Subject, find_subject
from app.db import db
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.drafting.models import DispositionOutcome, Hearing, Suggestion, SuggestionKind
from app.drafting.passages import apply
from app.drafting.services import dispositions, hearings, suggestions
from app.drafting.services.suggestions import Sender
from app.local_time import start_of
from app.texts.models import Text
from app.texts.services import Span

HEARINGS = ("number", "title", "opens", "closes", "bodies", "is_example")
SUGGESTIONS = (
    *("hearing", "goal", "measure", "passage", "kind", "wording", "reason", "sender", "received", "is_example"),
    *("is_published", "withheld", "outcome", "taken", "answer"),
)
WAITING = ("goal", "measure", "author", "written", "wording", "reason", "returned")
NOON = timedelta(hours=12)
OFFICE = "office"


def load(folder: Path, world: World) -> None:
    """A draft is laid out when the first suggestion to it comes, or else when all to the earlier ones are settled."""
    rows: dict[str, Row] = {}
    found: dict[str, Hearing] = {}
    load_rows(folder / "hearings.csv", HEARINGS, world.today, partial(_announce, rows))
    load_rows(folder / "suggestions.csv", SUGGESTIONS, world.today, partial(_suggest, world, rows, found))
    for row in rows.values():
        _laid_out(world, found, row)
    load_rows(folder / "waiting_wordings.csv", WAITING, world.today, partial(_write, world))


def _announce(rows: dict[str, Row], row: Row) -> None:
    rows[row.required("number")] = row


def _laid_out(world: World, found: dict[str, Hearing], row: Row) -> Hearing:
    number, opens = row.required("number"), row.day("opens")
    if number not in found:
        found[number] = hearings.lay_out(
            title=row.required("title"),
            opens_on=opens,
            closes_on=row.day("closes"),
            bodies=row.many_in("bodies", world.organizations),
            by=None,
            at=start_of(opens) + NOON,
            is_example=row.flag("is_example"),
        )
    return found[number]


def _suggest(world: World, rows: dict[str, Row], found: dict[str, Hearing], row: Row) -> None:
    subject = _subject(world, row)
    current = db.session.get_one(Text, subject.text_id).current
    quote = row.text("passage")
    at = start_of(row.day("received")) + NOON + timedelta(minutes=row.line)
    is_office = row.text("sender") == OFFICE
    body = None if is_office else row.optional_in("sender", world.organizations)
    sender = Sender(is_office=is_office, organization=body)
    made = suggestions.suggest(
        subject,
        Span.of(current, quote) if quote else Span.whole(current),
        kind=row.one_of("kind", SuggestionKind),
        wording=row.text("wording"),
        reason=row.required("reason"),
        hearing=_laid_out(world, found, row.one_in("hearing", rows)),
        sender=sender,
        is_example=row.flag("is_example"),
        at=at,
    )
    _settle(world, row, made)


def _settle(world: World, row: Row, made: Suggestion) -> None:
    at = made.received_at + NOON
    if row.text("withheld"):
        suggestions.withhold([made], reason=row.text("withheld"), by=world.accounts[Role.MODERATOR], at=at)
        return
    if row.flag("is_published") and not made.is_released:
        suggestions.publish([made], by=world.accounts[Role.MODERATOR], at=at)
    if not row.text("outcome"):
        return
    outcome, reason = row.one_of("outcome", DispositionOutcome), row.required("answer")
    if outcome is DispositionOutcome.NOT_ADOPTED:
        dispositions.dispose([made], outcome=outcome, reason=reason, by=None, at=at)
        return
    version, words = made.version.content, row.text("taken") or made.words
    applied = apply(made.kind, words, version=version, start=made.start, stop=made.stop)
    dispositions.incorporate(
        made,
        wording=applied.content,
        outcome=outcome,
        reason=reason,
        by=None,
        expected_version_id=made.version_id,
        at=at,
    )


def _write(world: World, row: Row) -> None:
    """What a person wrote waits for another; with `returned` that one sent it back."""
    subject, at = _subject(world, row), start_of(row.day("written")) + NOON
    author = row.one_in("author", {role.value: account for role, account in world.accounts.items()})
    reword_subject(subject, row.required("wording"), reason=row.required("reason"), by=author, at=at)
    if why := row.text("returned"):
        [waiting] = releases.unreleased([subject.text_id])
        withhold_wording(waiting, reason=why, by=world.accounts[Role.EDITOR])


def _subject(world: World, row: Row) -> Subject:
    owner = row.optional_in("goal", world.goals) or row.one_in("measure", world.measures)
    subject = find_subject(owner.text_id)
    if subject is None:
        raise row.refuse("steht nicht in der Arbeitsfassung")
    return subject
