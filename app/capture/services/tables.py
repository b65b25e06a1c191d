"""The signed links of a thematic table: for its scribe, and for the QR code of those who sit there."""

from app import links
from app.accounts.models import Account
from app.audit import log
from app.db import lock, transactional
from app.events.models import ThemeTable

SCRIBE = "table-scribe"
FOLLOW_TABLE = "table-follow"


def link_of(table: ThemeTable, purpose: str) -> str:
    """The token; raising the table's generation ends both links."""
    return links.link_to(table, purpose)


def read_link(token: str, purpose: str) -> ThemeTable:
    """Raises LinkInvalid."""
    return links.row_behind(token, purpose, ThemeTable)


@transactional
def renew_links(table: ThemeTable, *, by: Account | None) -> None:
    """End the links of this table's scribe and of its QR code; new ones take their place."""
    table = lock(table)
    table.link_generation += 1
    log.record("capture.renew_links", table, by=by, fields=["link_generation"])
