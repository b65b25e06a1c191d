"""Load drafts that were laid out, what was suggested to their passages, and what became of it."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.concept.subjects import find_subject
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.drafting.models import DispositionOutcome, Hearing, Suggestion, SuggestionKind
from app.drafting.passages import apply
from app.drafting.services import dispositions, hearings, suggestions
from app.drafting.services.suggestions import Sender
from app.local_time import start_of
from app.texts.services import Span

HEARINGS = ("number", "title", "opens", "closes", "bodies", "is_example")
SUGGESTIONS = (
    *("hearing", "goal", "measure", "passage", "kind", "wording", "reason", "sender", "received", "is_example"),
    *("is_published", "withheld", "outcome", "answer"),
)
NOON = timedelta(hours=12)
OFFICE = "office"


def load(folder: Path, world: World) -> None:
    found: dict[str, Hearing] = {}
    load_rows(folder / "hearings.csv", HEARINGS, world.today, partial(_lay_out, world, found))
    load_rows(folder / "suggestions.csv", SUGGESTIONS, world.today, partial(_suggest, world, found))


def _lay_out(world: World, found: dict[str, Hearing], row: Row) -> None:
    opens = row.day("opens")
    found[row.required("number")] = hearings.lay_out(
        title=row.required("title"),
        opens_on=opens,
        closes_on=row.day("closes"),
        bodies=row.many_in("bodies", world.organizations),
        by=None,
        at=start_of(opens) + NOON,
        is_example=row.flag("is_example"),
    )


def _suggest(world: World, found: dict[str, Hearing], row: Row) -> None:
    owner = row.optional_in("goal", world.goals) or row.one_in("measure", world.measures)
    subject = find_subject(owner.text_id)
    if subject is None:
        raise row.refuse("steht nicht in der Arbeitsfassung")
    current = owner.text.current
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
        hearing=row.one_in("hearing", found),
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
    version = made.version.content
    applied = apply(made.kind, made.words, version=version, start=made.start, stop=made.stop)
    dispositions.incorporate(
        made,
        wording=applied.content,
        outcome=outcome,
        reason=reason,
        by=None,
        expected_version_id=made.version_id,
        at=at,
    )
