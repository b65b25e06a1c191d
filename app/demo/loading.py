"""Fill an empty database with the demo."""

from pathlib import Path

from sqlalchemy import exists, select

from app.accounts import services as accounts
from app.accounts.models import Role
from app.db import db, transactional
from app.demo.errors import DatabaseNotEmpty

ACCOUNTS = {
    Role.MODERATOR: ("moderation@example.org", "Beispiel-Moderation"),
    Role.ORGANISER: ("organisation@example.org", "Beispiel-Organisation"),
    Role.EDITOR: ("redaktion@example.org", "Beispiel-Redaktion"),
    Role.ADMIN: ("verwaltung@example.org", "Beispiel-Verwaltung"),
    Role.REPRESENTATIVE: ("verein@example.org", "Beispiel-Verein"),
    Role.PARTICIPANT: ("teilnahme@example.org", "Beispiel-Teilnahme"),
}


@transactional
def load(folder: Path) -> None:  # noqa: ARG001 -- the county's files, whose content follows with its features
    """Everything or nothing from the files in `folder`; raises DatabaseNotEmpty."""
    if not is_database_empty():
        raise DatabaseNotEmpty
    _create_accounts()


def is_database_empty() -> bool:
    """Whether no table of the application has a row."""
    tables = db.metadata.sorted_tables
    return not any(db.session.scalar(select(exists().select_from(table))) for table in tables)


def _create_accounts() -> None:
    for role, (email, name) in ACCOUNTS.items():
        accounts.create_account(email=email, name=name, roles=[role])
