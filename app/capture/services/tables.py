"""The signed links of a thematic table: for its scribe, and for the QR code of those who sit there."""

from app import links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, transactional
from app.errors import LinkInvalid
from app.events.models import ThemeTable

SCRIBE = "table-scribe"
FOLLOW_TABLE = "table-follow"


def link_of(table: ThemeTable, purpose: str) -> str:
    """The token; raising the table's generation ends both links."""
    return links.sign(purpose, table.id, table.link_generation)


def read_link(token: str, purpose: str) -> ThemeTable:
    """Raises LinkInvalid."""
    ticket = links.read(purpose, token)
    table = db.session.get(ThemeTable, ticket.row_id)
    if table is None or table.link_generation != ticket.generation:
        raise LinkInvalid
    return table


@transactional
def renew_links(table: ThemeTable, *, by: Account | None) -> None:
    """End the links of this table's scribe and of its QR code; new ones take their place."""
    table = lock(table)
    table.link_generation += 1
    log.record("capture.renew_links", table, by=by, fields=["link_generation"])
