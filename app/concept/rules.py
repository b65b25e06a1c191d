"""Who may work on the concept."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds


def can_open_concept_desk(user: Account | None) -> bool:
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_edit_concept(user: Account | None) -> bool:
    """Reword, move and drop goals and measures, add sections."""
    return holds(user, Role.EDITOR)


def can_add_to_concept(user: Account | None) -> bool:
    """Take something into the working edition: new goals and measures."""
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_release_wordings(user: Account | None) -> bool:
    """Let a wording go out that somebody else wrote."""
    return holds(user, Role.ORGANISER, Role.EDITOR)


def can_record_resolutions(user: Account | None) -> bool:
    """Send papers and record what bodies decided."""
    return holds(user, Role.EDITOR)
