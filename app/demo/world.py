"""What the demo has loaded so far: each loader finds here what its files name, and adds its own."""

from dataclasses import dataclass, field
from datetime import date

from app.accounts.models import Account, Role
from app.concept.models import Concept, Edition, Goal, LifeSituation, Measure, Section
from app.council.models import Consultation, Meeting, Paper
from app.events.models import Event, ThemeTable
from app.proposals.models import Proposal
from app.structures.models import Municipality, Organization


@dataclass
class World:
    """Rows by the slug or key that stands in the files; municipalities by their official key (AGS)."""

    today: date
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    consultations: dict[tuple[str, int], Consultation] = field(default_factory=dict)  # by paper and position
    concepts: dict[str, Concept] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    life_situations: dict[str, LifeSituation] = field(default_factory=dict)
    goals: dict[str, Goal] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    tables: dict[tuple[str, int], ThemeTable] = field(default_factory=dict)  # by event and number
    proposals: dict[str, Proposal] = field(default_factory=dict)
    accounts: dict[Role, Account] = field(default_factory=dict)
