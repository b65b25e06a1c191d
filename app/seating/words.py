"""Seats in words, for letters."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.seating.models import TableSeat


def seats_in_words(seats: Sequence[TableSeat], rounds: int) -> str:
    """A line for each round; who of a party that sits apart is where stands on its own page, not in a letter."""
    lines = []
    for number in range(1, rounds + 1):
        tables = {seat.table.number: seat.table.title for seat in seats if seat.round == number}
        named = [
            _("Tisch %(number)s „%(title)s“", number=number_, title=title) for number_, title in sorted(tables.items())
        ]
        if not named:
            continue
        where = _(" und ").join(named)
        lines.append(_("Runde %(round)s: %(where)s", round=number, where=where) if rounds > 1 else where)
    return "\n".join(lines)
