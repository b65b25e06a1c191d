"""Who may look at suggestions at the desk, and who publishes them. Deciding on them is editing the concept."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_see_suggestions(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER, Role.EDITOR)


def can_publish_suggestions(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER)
