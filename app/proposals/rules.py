"""Who may moderate and condense. The admin of the accounts sees no contribution before release."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.proposals.models import Proposal


def can_moderate(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_condense(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_read(user: Account | None, proposal: Proposal) -> bool:
    return proposal.is_released or can_moderate(user)


def acting_role(user: Account | None, *roles: Role) -> Role | None:
    """In which of these roles, by order, somebody acts."""
    return next((role for role in roles if holds(user, role)), None)
