"""What a contribution is about: the goal or measure as it was worded when somebody proposed to change or drop it."""

from collections.abc import Sequence
from typing import NamedTuple

from app.concept import comparison
from app.concept.comparison import Run
from app.concept.models import Goal, Measure
from app.proposals.models import Proposal, ProposalKind


class Subject(NamedTuple):
    item: Goal | Measure
    wording: str
    changes: Sequence[Run]  # word by word, for a change in the language of the concept

    @property
    def is_goal(self) -> bool:
        return isinstance(self.item, Goal)


def subject_of(proposal: Proposal) -> Subject | None:
    """None for a contribution that is about nothing in particular."""
    item = proposal.goal or proposal.measure
    if item is None:
        return None
    before = [version for version in item.text.versions if version.created_at <= proposal.received_at]
    wording = (before or item.text.versions[:1])[-1].content
    said = proposal.text.versions[0]
    is_change = proposal.kind is ProposalKind.CHANGE and said.language == item.text.versions[0].language
    return Subject(item, wording, comparison.words(wording, said.content) if is_change else ())
