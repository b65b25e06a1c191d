"""Proposals, condensations and decisions: three things, not one status; and follows and supports beside them."""

from app.proposals.models.attachments import Attachment
from app.proposals.models.condensing import (
    OBJECTION_OUTCOME_LABELS,
    Ending,
    EndingKind,
    Objection,
    ObjectionOutcome,
)
from app.proposals.models.decisions import OUTCOME_LABELS, Condensation, Decision, DecisionOutcome, Passage, Result
from app.proposals.models.drafts import Draft
from app.proposals.models.follows import RHYTHM_LABELS, Follow, FollowNotice, NewsKind, Rhythm
from app.proposals.models.proposals import (
    APPEAL,
    APPEAL_UNCHANGED,
    CHANNEL_LABELS,
    PROPOSAL_KIND_LABELS,
    Channel,
    Contributor,
    Proposal,
    ProposalKind,
    ReferenceYear,
    Release,
)
from app.proposals.models.referrals import (
    LEVEL_LABELS,
    Forwarding,
    Level,
    ObjectionReply,
    Recommendation,
    Referral,
)
from app.proposals.models.supports import Support
from app.texts.moderated import STATE_LABELS, TRANSITIONS
from app.texts.moderated import ModerationState as ProposalState

__all__ = [
    "APPEAL",
    "APPEAL_UNCHANGED",
    "CHANNEL_LABELS",
    "LEVEL_LABELS",
    "OBJECTION_OUTCOME_LABELS",
    "OUTCOME_LABELS",
    "PROPOSAL_KIND_LABELS",
    "RHYTHM_LABELS",
    "STATE_LABELS",
    "TRANSITIONS",
    "Attachment",
    "Channel",
    "Condensation",
    "Contributor",
    "Decision",
    "DecisionOutcome",
    "Draft",
    "Ending",
    "EndingKind",
    "Follow",
    "FollowNotice",
    "Forwarding",
    "Level",
    "NewsKind",
    "Objection",
    "ObjectionOutcome",
    "ObjectionReply",
    "Passage",
    "Proposal",
    "ProposalKind",
    "ProposalState",
    "Recommendation",
    "ReferenceYear",
    "Referral",
    "Release",
    "Result",
    "Rhythm",
    "Support",
]
