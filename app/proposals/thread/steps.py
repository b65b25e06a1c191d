"""The steps of a thread. They hold rows and both texts as they were; the wording around them is the pages'."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.concept.models import Adoption, CatalogueChange, Edition, Goal, Measure
from app.drafting.models import Disposition, Suggestion
from app.local_time import day_of
from app.monitoring.models import ProgressNote
from app.process_date import ProcessDate
from app.proposals.models import (
    Condensation,
    Decision,
    Ending,
    Objection,
    Proposal,
    ProposalState,
    Recommendation,
    Referral,
    Result,
)
from app.texts.models import TextVersion


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that happened. On one day, statements come before what was made of them: by `rank`."""

    rank: ClassVar[int]
    on: ProcessDate

    @property
    def place(self) -> float:
        """Among steps of the same day and rank."""
        return 0


@dataclass(frozen=True, kw_only=True)
class Said(Step):
    """A contribution, word for word; `is_hidden` where the public may not, or may no longer, read it."""

    rank = 0
    number: int
    proposal: Proposal
    version: TextVersion

    @property
    def is_hidden(self) -> bool:
        return not self.proposal.is_released

    @property
    def place(self) -> float:
        return self.number


@dataclass(frozen=True, kw_only=True)
class Moderated(Step):
    """What moderation did with these voices on one day, as which role, for which public reason."""

    rank = 1
    state: ProposalState
    reason: str
    role: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Blackened(Step):
    """Words of a voice were covered, because they tell about a person."""

    rank = 1
    reason: str
    role: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A passage of a voice, and which words of the wording came from it."""

    number: int
    quote: str
    language: str
    start: int
    end: int
    is_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class Condensed(Step):
    """A wording drawn from passages. `before` is the earlier wording of the same condensation."""

    rank = 2
    condensation: Condensation
    version: TextVersion
    before: TextVersion | None
    passages: tuple[Drawn, ...]
    at: datetime
    is_part: bool = False  # of one that was split

    @property
    def place(self) -> float:
        return self.at.timestamp()


@dataclass(frozen=True, kw_only=True)
class Objected(Step):
    """Somebody whose words a condensation uses said that they were not meant so; `number`: which voice."""

    rank = 2
    objection: Objection
    number: int

    @property
    def place(self) -> float:
        return self.objection.made_at.timestamp()


@dataclass(frozen=True, kw_only=True)
class Answered(Step):
    """What came of an objection."""

    rank = 2
    objection: Objection
    number: int

    @property
    def place(self) -> float:
        assert self.objection.answered_at is not None, "only answered ones are steps"
        return self.objection.answered_at.timestamp()


@dataclass(frozen=True, kw_only=True)
class Ended(Step):
    """A condensation was dissolved, or split into others; `parts`: how many."""

    rank = 2
    ending: Ending
    parts: int = 0

    @property
    def place(self) -> float:
        return self.ending.made_at.timestamp()


@dataclass(frozen=True, kw_only=True)
class Referred(Step):
    """It lies, or lay, before a working group."""

    rank = 3
    referral: Referral
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Recommended(Step):
    """What the group recommended; it is told once the decision is released."""

    rank = 4
    recommendation: Recommendation
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Decided(Step):
    """A released decision; `numbers`: whose words it is about."""

    rank = 5
    decision: Decision
    numbers: tuple[int, ...]
    is_hidden: bool = False  # the voice of a direct one is not public
    corrects: bool = False  # an earlier answer on the same, which stays readable

    @property
    def place(self) -> float:
        return self.decision.id


@dataclass(frozen=True, kw_only=True)
class Suggested(Step):
    """What was suggested to a passage of the wording while a draft was laid out, and what became of it."""

    rank = 5
    suggestion: Suggestion
    disposition: Disposition

    @property
    def place(self) -> float:
        return self.suggestion.id


@dataclass(frozen=True, kw_only=True)
class Worded(Step):
    """The wording of what it became in an edition, or as it is pending. `before`: in the edition before."""

    rank = 6
    holder: Result
    version: TextVersion
    before: TextVersion | None
    edition: Edition | None
    number: str
    reason: str = ""
    passages: tuple[Drawn, ...] = ()  # where voices led here directly
    is_past: bool = False  # stood in the working edition only, and does no more

    @property
    def is_unchanged(self) -> bool:
        return self.before is not None and self.before.id == self.version.id


@dataclass(frozen=True, kw_only=True)
class Became(Step):
    """A goal or measure was split, or merged with others: `codes` took its place."""

    rank = 6
    holder: Goal | Measure
    change: CatalogueChange
    codes: tuple[str, ...]

    @property
    def place(self) -> float:
        return -1  # before the wordings that came of it


@dataclass(frozen=True, kw_only=True)
class Resolved(Step):
    """What a body made of the edition."""

    rank = 8
    adoption: Adoption


@dataclass(frozen=True, kw_only=True)
class Planned(Step):
    """Measures that are to reach the goal, from this edition on."""

    rank = 7
    measures: tuple[tuple[Measure, TextVersion], ...]  # as they were worded then


@dataclass(frozen=True, kw_only=True)
class Progressed(Step):
    rank = 9
    measure: Measure
    note: ProgressNote


@dataclass(frozen=True, kw_only=True)
class Thread:
    """Everything from the first word to the latest progress, oldest first."""

    steps: tuple[Step, ...]

    @property
    def voices(self) -> list[Said]:
        return [step for step in self.steps if isinstance(step, Said)]

    @property
    def holds_examples(self) -> bool:
        return any(step.proposal.is_example for step in self.voices) or any(
            step.holder.is_example for step in self.steps if isinstance(step, Worded)
        )


def day_step(at: datetime) -> ProcessDate:
    return ProcessDate.on(day_of(at))
