"""Fill an empty database with the demo."""

from pathlib import Path

from sqlalchemy import exists, select

from app.accounts import services as accounts
from app.accounts.models import Account, Role
from app.db import db, now, transactional
from app.demo import (
    afterwards,
    asking,
    calls,
    capture,
    comments,
    concept,
    council,
    day,
    distribution,
    drafting,
    events,
    letters,
    moderation,
    needs,
    partners,
    programme,
    proposals,
    representing,
    seating,
    structures,
)
from app.demo.errors import DatabaseNotEmpty
from app.demo.world import World
from app.local_time import day_of
from app.mail.models import OutgoingMail

ACCOUNTS = {
    Role.MODERATOR: ("moderation@example.org", "Beispiel-Moderation"),
    Role.ORGANISER: ("organisation@example.org", "Beispiel-Organisation"),
    Role.EDITOR: ("redaktion@example.org", "Beispiel-Redaktion"),
    Role.ADMIN: ("verwaltung@example.org", "Beispiel-Verwaltung"),
    Role.REPRESENTATIVE: ("verein@example.org", "Beispiel-Verein"),
    Role.PARTICIPANT: ("teilnahme@example.org", "Beispiel-Teilnahme"),
}
# Each finds what the ones before it have loaded
LOADERS = (
    structures,
    council,
    concept,
    partners,
    events,
    letters,
    day,
    programme,
    needs,
    seating,
    proposals,
    comments,
    representing,
    moderation,
    calls,
    capture,
    afterwards,
    asking,
    drafting,
    distribution,
)


@transactional
def load(folder: Path) -> None:
    """Everything or nothing from the files in `folder`; raises DatabaseNotEmpty, DataError."""
    if not is_database_empty():
        raise DatabaseNotEmpty
    world = World(today=day_of(now()), accounts=create_accounts())
    for loader in LOADERS:
        loader.load(folder, world)
    _keep_mails_back()


def is_database_empty() -> bool:
    """Whether no table of the application has a row."""
    tables = db.metadata.sorted_tables
    return not any(db.session.scalar(select(exists().select_from(table))) for table in tables)


def _keep_mails_back() -> None:
    """The services write their mails here as ever; those to the demo's people stay in the outbox, given up at once."""
    for mail in db.session.scalars(select(OutgoingMail).where(OutgoingMail.sent_at.is_(None))):
        mail.give_up(now(), "demo")


def create_accounts() -> dict[Role, Account]:
    """One for each role."""
    return {
        role: accounts.create_account(email=email, name=name, roles=[role]) for role, (email, name) in ACCOUNTS.items()
    }
