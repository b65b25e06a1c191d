"""Who may see and make plans."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_plan_tables(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)
