"""Who may write calls, and who may see the sheets that came in for them."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_edit_calls(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_type_in_sheets(user: Account | None) -> bool:
    """Whoever moderates: a sheet holds words and perhaps names before anybody has read them."""
    return holds(user, Role.MODERATOR, Role.ORGANISER)
