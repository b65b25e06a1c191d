"""Proposals, condensations and decisions: three things, not one status; and follows, which are a fourth."""

from app.proposals.models.decisions import Condensation, Decision, DecisionOutcome, Passage
from app.proposals.models.follows import Follow
from app.proposals.models.proposals import Channel, Contributor, Proposal, ProposalKind, ProposalState, Release

__all__ = [
    "Channel",
    "Condensation",
    "Contributor",
    "Decision",
    "DecisionOutcome",
    "Follow",
    "Passage",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "Release",
]
