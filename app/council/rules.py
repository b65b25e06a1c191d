"""Who may read and change papers and meetings."""

from app.accounts.models import Account, Role
from app.accounts.rules import holds
from app.council.models import Paper


def can_edit_papers(user: Account | None) -> bool:
    return holds(user, Role.EDITOR)


def can_edit_meetings(user: Account | None) -> bool:
    return holds(user, Role.EDITOR, Role.ORGANISER)


def can_read_paper(user: Account | None, paper: Paper) -> bool:
    """A paper is public once it is sent."""
    return paper.is_sent or can_edit_papers(user)
