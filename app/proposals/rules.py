"""Who may moderate and condense. The admin of the accounts sees no contribution before release."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.proposals.models import Attachment, Proposal, ProposalState


def can_moderate(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_condense(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_read(user: Account | None, proposal: Proposal) -> bool:
    return proposal.is_released or can_moderate(user)


def can_see_attachment(user: Account | None, attachment: Attachment) -> bool:
    """Those who moderate see it until the contribution is taken back."""
    if attachment.proposal.state is ProposalState.WITHDRAWN:
        return False
    return attachment.is_public or can_moderate(user)


def acting_role(user: Account | None, *roles: Role) -> Role | None:
    """In which of these roles, by order, somebody acts."""
    return next((role for role in roles if holds(user, role)), None)
