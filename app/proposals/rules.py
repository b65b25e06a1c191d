"""Who may moderate, condense, decide and release. The admin of the accounts sees no contribution before release."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.proposals.models import Decision, Proposal


def can_moderate(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_condense(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)


def can_decide(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)


def can_release_decisions(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_see_decisions(user: Account | None) -> bool:
    return can_decide(user) or can_release_decisions(user)


def can_release(user: Account | None, decision: Decision) -> bool:
    """Two persons: whoever wrote an answer does not release it."""
    return can_release_decisions(user) and user is not None and decision.made_by_id != user.id


def can_read(user: Account | None, proposal: Proposal) -> bool:
    return proposal.is_released or can_moderate(user)


def acting_role(user: Account | None, *roles: Role) -> Role | None:
    """In which of these roles, by order, somebody acts."""
    return next((role for role in roles if holds(user, role)), None)
