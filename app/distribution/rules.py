"""Who prints and sends. The address list is for those who work with it."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_distribute(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER, Role.EDITOR)
