"""All contributions as a table: what an import reads again, and what became of each."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.proposals.models import Proposal
from app.proposals.outcomes import ProposalOutcome, outcomes_of
from app.proposals.queries import shown
from app.proposals.stages import stages_from

HEADS = (
    *("reference", "id", "channel", "received_on", "kind", "title", "text", "language", "translation", "section"),
    *("organisation", "url", "state", "reason", "outcome", "event", "table", "call", "attachments", "municipality"),
    *("points", "stage", "answer"),
)


def rows() -> Sequence[Sequence[str]]:
    """In the order of their references, the words whole; never who brought them in."""
    statement = select(Proposal).options(*shown(), joinedload(Proposal.call), selectinload(Proposal.attachments))
    proposals = db.session.scalars(statement.order_by(Proposal.received_on, Proposal.id)).all()
    outcomes = outcomes_of(proposals)
    return [_row(proposal, outcomes[proposal.id]) for proposal in proposals]


def _row(proposal: Proposal, outcome: ProposalOutcome) -> Sequence[str]:
    version = proposal.text.current
    return (
        proposal.reference,
        _own_number(proposal),
        proposal.channel.value,
        proposal.received_on.isoformat(),
        proposal.kind.value,
        proposal.title,
        version.content,
        version.language,
        proposal.translation.current.content if proposal.translation else "",
        proposal.section.slug if proposal.section else "",
        _organization_of(proposal),
        proposal.source_url,
        proposal.state.value,
        proposal.state_reason,
        " ".join(outcome.slugs),
        proposal.event.title if proposal.event else "",
        str(proposal.table.number) if proposal.table else "",
        proposal.call.slug if proposal.call else "",
        "; ".join(attachment.name for attachment in proposal.attachments),
        proposal.municipality.ags if proposal.municipality else "",
        str(proposal.points or ""),
        " ".join(stages_from(proposal.state, outcome)),
        "\n\n".join(decision.answer.current.content for decision in outcome.decisions),
    )


def _own_number(proposal: Proposal) -> str:
    """What the file it came from called it, else its reference."""
    prefix = f"{proposal.channel.value}:"
    identity = proposal.identity or ""
    return identity.removeprefix(prefix) if identity.startswith(prefix) else proposal.reference


def _organization_of(proposal: Proposal) -> str:
    if proposal.organization is not None:
        return proposal.organization.slug
    named = proposal.contributor
    return named.organization_name if named and named.may_be_named else ""
