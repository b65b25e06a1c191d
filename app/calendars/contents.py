"""Which entries a feed is to hold, how each is known, and in which state it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from flask_babel import gettext

from app import links
from app.concept.models import Section
from app.structures.models import Municipality, Organization


@dataclass(frozen=True)
class Feed:
    """Which entries; None: all of them. `with_cancelled` False is for programs that ignore the status (Integreat)."""

    section: Section | None = None
    organization: Organization | None = None
    municipality: Municipality | None = None
    with_cancelled: bool = True

    @property
    def title(self) -> str:
        about = self.section or self.municipality or self.organization
        if about is None:
            return str(gettext("Integration im Landkreis"))
        name = about.title if isinstance(about, Section) else about.name
        return str(gettext("Integration: %(name)s", name=name))


class Revision(NamedTuple):
    """Which entry, in which state: enough to tell whether a feed changed, without writing it."""

    uid: str
    revised_at: datetime
    sequence: int
    is_cancelled: bool
    is_postponed: bool = False


def uid(kind: str, row_id: int) -> str:
    host = urlsplit(links.absolute_url("calendars.index")).hostname
    return f"{kind}-{row_id}@{host}"
