"""What is new, for the feed and for home: released answers, adopted editions, events, calls; the latest first."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from textwrap import shorten
from typing import NamedTuple

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.calls.models import Call
from app.concept.models import Adoption, Edition, Effect
from app.db import db
from app.decisions import queries as decisions
from app.events.models import Event
from app.events.queries.events import is_public
from app.languages import SOURCE
from app.proposals.models import OUTCOME_LABELS, Decision, Proposal, ProposalState
from app.texts.queries import texts_behind
from app.web.filters import period

MOST = 30
TITLE = 100


class News(NamedTuple):
    """`key` never changes: readers know by it what they have seen. `endpoint` and `values` say where it stands."""

    key: str
    at: datetime
    title: str
    summary: str
    endpoint: str
    values: Mapping[str, object]
    language: str = SOURCE


def latest(at: datetime, most: int = MOST) -> list[News]:
    """All kinds together, the latest first; the number of queries does not grow with them."""
    found = [*answers(most), *_adoptions(most), *_events(at, most), *_calls(at, most)]
    return sorted(found, key=lambda each: (each.at, each.key), reverse=True)[:most]


def answers(most: int) -> list[News]:
    """Released answers that the thread of a contribution tells."""
    found = decisions.latest_released(most)
    behind = _contributions_behind({decision.text_id for decision in found})
    return [
        _answer(decision, decision.released_at, behind[decision.text_id])
        for decision in found
        if decision.released_at is not None and decision.text_id in behind
    ]


def _answer(decision: Decision, at: datetime, proposal: Proposal) -> News:
    outcome = str(OUTCOME_LABELS[decision.outcome])
    if proposal.is_example:
        outcome = _("Beispiel, %(outcome)s", outcome=outcome)
    title = _shortened(f"{outcome[0].upper()}{outcome[1:]}: {decision.wording}")
    where = {"reference": proposal.reference}
    return News(f"antwort/{decision.id}", at, title, decision.answer.current.content, "threads.proposal", where)


def _contributions_behind(text_ids: set[int]) -> dict[int, Proposal]:
    """By text the first contribution that the public reads and that led to it."""
    reached = texts_behind(text_ids)
    wanted = set().union(*reached.values()) if reached else set()
    public = select(Proposal).where(Proposal.text_id.in_(wanted), Proposal.state == ProposalState.RELEASED)
    by_text = {proposal.text_id: proposal for proposal in db.session.scalars(public.order_by(Proposal.id.desc()))}
    found = {text_id: [by_text[each] for each in behind if each in by_text] for text_id, behind in reached.items()}
    return {text_id: min(each, key=lambda one: one.id) for text_id, each in found.items() if each}


def _adoptions(most: int) -> Iterator[News]:
    statement = (
        select(Adoption)
        .where(Adoption.effect.in_((Effect.PROVISIONAL, Effect.FINAL)))
        .order_by(Adoption.recorded_at.desc())
    )
    loaded = statement.options(
        joinedload(Adoption.edition).joinedload(Edition.concept), joinedload(Adoption.organization)
    )
    for adoption in db.session.scalars(loaded.limit(most)):
        edition = adoption.edition
        yield News(
            f"verabschiedung/{adoption.id}",
            adoption.recorded_at,
            _("Verabschiedet: %(edition)s", edition=edition.title),
            _("%(body)s, %(day)s", body=adoption.organization.name, day=adoption.decided),
            "editions.show",
            {"slug": edition.slug},
        )


def _events(at: datetime, most: int) -> Iterator[News]:
    statement = select(Event).where(is_public(), Event.ends_at >= at).order_by(Event.revised_at.desc())
    for event in db.session.scalars(statement.limit(most)):
        yield News(
            f"veranstaltung/{event.id}",
            event.revised_at,
            _("Veranstaltung: %(title)s", title=event.title),
            period(event.starts_at, event.ends_at),
            "events.show",
            {"event_id": event.id},
        )


def _calls(at: datetime, most: int) -> Iterator[News]:
    begun = select(Call).where(Call.is_published, Call.opens_at <= at).order_by(Call.opens_at.desc())
    for call in db.session.scalars(begun.limit(most)):
        wording = call.wording_in(str(get_locale() or SOURCE))
        changed = [after.written_at for _before, after in call.rewordings if after.written_at <= at]
        yield News(
            f"aufruf/{call.id}",
            max([call.opens_at, *changed]),
            _("Aufruf: %(title)s", title=wording.title),
            wording.question,
            "calls.show",
            {"slug": call.slug},
            wording.language,
        )


def _shortened(words: str) -> str:
    """On one line, cut between two words."""
    return shorten(words, TITLE, placeholder=" …")
