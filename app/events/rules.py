"""Who may do what with events."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.events.models import Event


def can_edit_events(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER)


def is_in_team(user: Account | None, event: Event) -> bool:
    """Whether this organiser belongs to the event's team: only the team sees what its guests need."""
    return can_edit_events(user) and any(member.account is user for member in event.team)


def can_edit_team(user: Account | None, event: Event) -> bool:
    """The team itself; where nobody is left in it, any organiser may take over."""
    return can_edit_events(user) and (is_in_team(user, event) or not _who_is_there(event))


def _who_is_there(event: Event) -> list[Account]:
    return [member.account for member in event.team if member.account.is_active and can_edit_events(member.account)]
