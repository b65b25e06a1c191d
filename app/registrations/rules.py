"""Who may see and do what with other people's registrations."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_manage_registrations(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)
