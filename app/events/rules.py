"""Who may do what with events."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_edit_events(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)
