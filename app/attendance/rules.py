"""Who may see and do what on the day."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_manage_the_day(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)
