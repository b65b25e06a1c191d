"""Who may decide, and who may release what somebody else decided."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.proposals.models import Decision


def can_decide(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)


def can_release_decisions(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_see_decisions(user: Account | None) -> bool:
    return can_decide(user) or can_release_decisions(user)


def can_release(user: Account | None, decision: Decision) -> bool:
    """Two persons: whoever wrote an answer does not release it."""
    return can_release_decisions(user) and user is not None and decision.made_by_id != user.id
