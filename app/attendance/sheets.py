"""The lists of the day for spreadsheets."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.attendance.documents import by_tables, seats_in_short
from app.attendance.queries import Expected
from app.events.models import Event
from app.spreadsheets import Sheet, xlsx_of

WIDTHS = (36, 30, 24, 6, 36)


def people_xlsx(event: Event, people: Sequence[Expected]) -> bytes:
    """One sheet by name, and where there are tables one by table; with columns to tick and to sign."""
    heads = [_("Name"), _("Organisation"), _("Tisch"), _("Da"), _("Unterschrift")]
    by_name = [_row(person, seats_in_short(person.seats)) for person in people]
    sheets = [Sheet(_("Nach Name"), heads, by_name, WIDTHS)]
    if event.tables:
        by_table = [_row(person, title) for title, group in by_tables(event, people) for person in group]
        sheets.append(Sheet(_("Nach Tisch"), heads, by_table, WIDTHS))
    return xlsx_of(*sheets)


def _row(person: Expected, table: str) -> list[str]:
    return [person.name, person.organization, table, "", ""]
