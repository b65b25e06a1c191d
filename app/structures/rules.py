"""Who may change structures."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_edit_structures(user: Account | None) -> bool:
    return holds(user, Role.EDITOR, Role.ORGANISER)
