"""What home and the desk show together."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.concept import queries as concept
from app.events import queries as events
from app.events.models import Event
from app.monitoring import queries as monitoring
from app.monitoring.models import UNDER_WAY
from app.proposals import outcomes
from app.proposals import queries as proposals
from app.proposals.models import Decision, Proposal
from app.registrations import queries as registrations

# What home tells first: what changed something
TOLD_FIRST = ("angenommen", "teilweise", "umgesetzt", "weitergeleitet")


class NextEvent(NamedTuple):
    event: Event
    places_left: int | None  # None: no limit


class ConceptNumbers(NamedTuple):
    sections: int
    goals: int
    measures_under_way: int
    holds_examples: bool


class Heard(NamedTuple):
    """A contribution and what was decided on it."""

    proposal: Proposal
    decision: Decision


def next_event(at: datetime) -> NextEvent | None:
    """The next event one can register for; one with places left comes first."""
    open_ones = [event for event in events.upcoming(at) if event.accepts_registrations(at)]
    persons = registrations.persons_at([event.id for event in open_ones])
    online = registrations.occupied_online(open_ones)
    found = [
        NextEvent(event, _sum(event.places_left(persons[event.id].occupied, online.get(event.id, 0))))
        for event in open_ones
    ]
    return next((each for each in found if each.places_left != 0), found[0] if found else None)


def _sum(ways: Sequence[int | None]) -> int | None:
    """On site and online together; None as soon as one way has no limit."""
    known = [left for left in ways if left is not None]
    return sum(known) if len(known) == len(ways) else None


def concept_numbers() -> ConceptNumbers | None:
    """Of the edition in force."""
    edition = concept.edition_in_force()
    if edition is None:
        return None
    catalogue = concept.catalogue_of(edition)
    ids = concept.measure_ids({measure.code for measure in catalogue.measures})
    notes = monitoring.progress_of(ids.values())
    under_way = sum(note.progress in UNDER_WAY for note in notes.values())
    return ConceptNumbers(len(catalogue.sections), len(catalogue.goals), under_way, catalogue.holds_examples)


def heard(limit: int) -> Sequence[Heard]:
    """Contributions and what became of them, each decision told once."""
    found: dict[int, Heard] = {}
    for slug in TOLD_FIRST:
        items = proposals.released(proposals.Filters(outcome=slug)).items
        by_proposal = outcomes.outcomes_of(items)
        for proposal in items:
            for decision in by_proposal[proposal.id].decisions:
                found.setdefault(decision.id, Heard(proposal, decision))
    return list(found.values())[:limit]
