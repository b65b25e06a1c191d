"""Fill an empty database with the demo."""

from pathlib import Path

from sqlalchemy import exists, select

from app.accounts import services as accounts
from app.accounts.models import Account, Role
from app.db import db, now, transactional
from app.demo import concept, council, structures
from app.demo.errors import DatabaseNotEmpty
from app.demo.world import World
from app.local_time import day_of

ACCOUNTS = {
    Role.MODERATOR: ("moderation@example.org", "Beispiel-Moderation"),
    Role.ORGANISER: ("organisation@example.org", "Beispiel-Organisation"),
    Role.EDITOR: ("redaktion@example.org", "Beispiel-Redaktion"),
    Role.ADMIN: ("verwaltung@example.org", "Beispiel-Verwaltung"),
    Role.REPRESENTATIVE: ("verein@example.org", "Beispiel-Verein"),
    Role.PARTICIPANT: ("teilnahme@example.org", "Beispiel-Teilnahme"),
}
# Each finds what the ones before it have loaded
LOADERS = (structures, council, concept)


@transactional
def load(folder: Path) -> None:
    """Everything or nothing from the files in `folder`; raises DatabaseNotEmpty, DataError."""
    if not is_database_empty():
        raise DatabaseNotEmpty
    world = World(today=day_of(now()), accounts=_create_accounts())
    for loader in LOADERS:
        loader.load(folder, world)


def is_database_empty() -> bool:
    """Whether no table of the application has a row."""
    tables = db.metadata.sorted_tables
    return not any(db.session.scalar(select(exists().select_from(table))) for table in tables)


def _create_accounts() -> dict[Role, Account]:
    return {
        role: accounts.create_account(email=email, name=name, roles=[role]) for role, (email, name) in ACCOUNTS.items()
    }
