"""What is given when a contribution comes in: the statement, its origin, who brought it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.models import Account
from app.calls.models import Call, Sheet
from app.concept.models import Goal, Measure, Section
from app.events.models import Event, ThemeTable
from app.proposals import languages
from app.proposals.attachments import Upload
from app.proposals.models import Channel, ProposalKind
from app.structures.models import Municipality, Organization


@dataclass(frozen=True)
class Statement:
    """What was said, word for word, and what it is about. Without a language it is detected and marked so."""

    text: str
    kind: ProposalKind = ProposalKind.GOAL
    language: str | None = None
    title: str = ""
    translation: str = ""  # into German
    section: Section | None = None
    goal: Goal | None = None  # what a change is about
    measure: Measure | None = None
    municipality: Municipality | None = None
    call: Call | None = None
    attachments: Sequence[Upload] = ()


@dataclass(frozen=True)
class Origin:
    """How a contribution came to us. Days without a time are those of a letter or a file."""

    channel: Channel
    received_at: datetime | None = None  # now
    received_on: date | None = None  # the local day of received_at
    event: Event | None = None
    table: ThemeTable | None = None
    organization: Organization | None = None
    sheet: Sheet | None = None  # of paper, which somebody scanned
    identity: str | None = None
    source_url: str = ""
    author: Account | None = None
    recorded_by: Account | None = None
    is_example: bool = False


@dataclass(frozen=True)
class Contact:
    """Who brought it in, as far as they tell; kept apart from what they said."""

    name: str = ""
    organization_name: str = ""
    may_be_named: bool = False
    email: str = ""
    language: str = languages.SOURCE
    postal_address: str = ""  # where the answer goes, without an e-mail

    @property
    def is_given(self) -> bool:
        return bool(self.name or self.organization_name or self.email or self.postal_address)
