"""Which contributions stand behind a wording: those whose thread leads to it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.proposals.models import Proposal, ProposalState
from app.texts import queries as texts
from app.texts.models import TextVersion


class Way(NamedTuple):
    """From one version of a text, not included, to another; `before` is None where it is new."""

    before: int | None
    version: int


def references_behind(ways: Mapping[str, Way]) -> dict[str, list[str]]:
    """For each way the released contributions that flowed into its text on it, oldest first; four queries."""
    numbers = _numbers({each for way in ways.values() for each in way if each})
    versions = {
        each.id: each for held in texts.versions_of({text for text, _ in numbers.values()}).values() for each in held
    }
    wanted = {key: {each.id for each in versions.values() if _is_on(each, way, numbers)} for key, way in ways.items()}
    sources = defaultdict(set)
    for link in texts.links_into(set().union(*wanted.values())):
        sources[link.target_id].add(link.source.text_id)
    behind = texts.texts_behind(set().union(*sources.values()))
    proposals = _released(set().union(*behind.values()))
    return {
        key: [
            reference
            for text_id, reference in proposals.items()
            if any(text_id in behind[source] for version_id in ids for source in sources[version_id])
        ]
        for key, ids in wanted.items()
    }


def _is_on(version: TextVersion, way: Way, numbers: Mapping[int, tuple[int, int]]) -> bool:
    text_id, last = numbers[way.version]
    first = numbers[way.before][1] if way.before else 0
    return version.text_id == text_id and first < version.number <= last


def _numbers(version_ids: set[int]) -> dict[int, tuple[int, int]]:
    """Text and number of each version."""
    columns = (TextVersion.id, TextVersion.text_id, TextVersion.number)
    rows = db.session.execute(select(*columns).where(TextVersion.id.in_(version_ids)))
    return {row.id: (row.text_id, row.number) for row in rows}


def _released(text_ids: set[int]) -> dict[int, str]:
    """References by text."""
    columns = (Proposal.text_id, Proposal.reference)
    statement = select(*columns).where(Proposal.text_id.in_(text_ids), Proposal.state == ProposalState.RELEASED)
    return {row.text_id: row.reference for row in db.session.execute(statement.order_by(Proposal.id))}
