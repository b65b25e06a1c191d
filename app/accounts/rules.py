"""Who may do what, as far as it hangs on a role alone. None stands for a visitor."""

from app.accounts.models import Account, Role


def holds(user: Account | None, *roles: Role) -> bool:
    return user is not None and not user.roles.isdisjoint(roles)


def has_account(user: Account | None) -> bool:
    return user is not None


def can_open_desk(user: Account | None) -> bool:
    return holds(user, Role.MODERATOR, Role.ORGANISER, Role.EDITOR, Role.ADMIN)


def can_manage_accounts(user: Account | None) -> bool:
    return holds(user, Role.ADMIN)
