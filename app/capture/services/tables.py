"""The signed links of a thematic table: for its scribe, and for the QR code of those who sit there."""

from datetime import timedelta

from app import links
from app.accounts.models import Account
from app.audit import log
from app.capture.errors import ScribeLinkEnded
from app.db import lock, now, transactional
from app.events.models import ThemeTable

SCRIBE = "table-scribe"
FOLLOW_TABLE = "table-follow"
SCRIBE_FOR = timedelta(days=14)  # after the event: devices send what they kept, papers are photographed


def link_of(table: ThemeTable, purpose: str) -> str:
    """The token; raising the table's generation ends both links."""
    return links.link_to(table, purpose)


def read_link(token: str, purpose: str) -> ThemeTable:
    """Raises LinkInvalid; for a scribe ScribeLinkEnded some days after the event."""
    table = links.row_behind(token, purpose, ThemeTable)
    if purpose == SCRIBE and now() > table.event.ends_at + SCRIBE_FOR:
        raise ScribeLinkEnded
    return table


@transactional
def renew_links(table: ThemeTable, *, by: Account | None) -> None:
    """End the links of this table's scribe and of its QR code; new ones take their place."""
    table = lock(table)
    table.link_generation += 1
    log.record("capture.renew_links", table, by=by, fields=["link_generation"])
