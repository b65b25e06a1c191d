"""What became of one's own words, as their author sees it: the wordings they flowed into, and one's objections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.proposals.models import Condensation, Objection, Proposal
from app.proposals.standing import objections_close_at
from app.texts.models import TextVersion
from app.workbench import queries


@dataclass(frozen=True)
class OwnWording:
    """A wording that stands, and what its author may still do about it."""

    condensation: Condensation
    version: TextVersion
    closes_at: datetime
    objection: Objection | None

    def is_open(self, at: datetime) -> bool:
        return self.objection is None and at <= self.closes_at


@dataclass(frozen=True)
class OwnWords:
    wordings: Sequence[OwnWording]
    objections: Sequence[Objection]

    def open_at(self, at: datetime) -> list[OwnWording]:
        return [each for each in self.wordings if each.is_open(at)]


def of_proposal(proposal: Proposal) -> OwnWords:
    objections = queries.objections_of(proposal)
    by_version = {each.version_id: each for each in objections}
    wordings = [
        OwnWording(each, version, objections_close_at(each, version), by_version.get(version.id))
        for each in queries.drawn_from(proposal)
        for version in [each.text.current]
    ]
    return OwnWords(wordings, objections)
