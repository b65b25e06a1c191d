"""What a scribe's page shows, and what its device needs to go on without a network: the same things."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.capture import queries
from app.capture.entries import Receipt
from app.capture.models import EntryResult, TableLine
from app.events.models import ThemeTable
from app.proposals import languages
from app.proposals.models import ProposalState


@dataclass(frozen=True)
class LineView:
    key: str
    number: int
    text: str
    language: str
    direction: str
    what: str  # the kind of contribution
    round: int
    points: Mapping[int, int]  # by round
    is_hidden: bool  # from the wall
    may_change: bool


@dataclass(frozen=True)
class TableView:
    lines: list[LineView]  # newest first
    is_closed: bool
    points_each: int
    most: Mapping[int, int]  # points a table can give, by round: a hint

    def given(self, number: int) -> int:
        return sum(line.points.get(number, 0) for line in self.lines)


def view_of(table: ThemeTable) -> TableView:
    settings = queries.settings_of(table.event_id)
    return TableView(
        lines=[_line(line, points) for line, points in queries.lines_with_points(table)],
        is_closed=queries.standing_closing(table.id) is not None,
        points_each=settings.points_each,
        most=queries.most_points(table, settings.points_each),
    )


def list_of(table: ThemeTable) -> dict[str, object]:
    view = view_of(table)
    return {
        "closed": view.is_closed,
        "each": view.points_each,
        "most": view.most,
        "lines": [
            {
                "key": line.key,
                "number": line.number,
                "text": line.text,
                "language": line.language,
                "direction": line.direction,
                "what": line.what,
                "round": line.round,
                "points": line.points,
                "hidden": line.is_hidden,
                "fixed": not line.may_change,
            }
            for line in view.lines
        ],
    }


def may_change(line: TableLine) -> bool:
    return line.proposal.state is ProposalState.RECEIVED


def receipt(said: Receipt) -> dict[str, object]:
    return {"uuid": said.key, "result": said.result.value, "words": said.words, "known": said.is_known}


def unreadable(said: Mapping[str, object]) -> dict[str, object]:
    """The device drops it and says so, with what was typed, or it would send it for ever."""
    text = str(said.get("text", ""))[:100]
    words = _("Eine Zeile dieses Geräts war nicht lesbar oder zu lang und zählt nicht: „%(text)s“", text=text)
    return {"uuid": str(said.get("uuid", ""))[:36], "result": EntryResult.UNREADABLE.value, "words": words}


def _line(line: TableLine, points: Mapping[int, int]) -> LineView:
    version = line.proposal.text.versions[0]
    return LineView(
        key=line.key,
        number=line.number,
        text=version.content,
        language=version.language,
        direction=languages.direction_of(version.language),
        what=line.proposal.kind.value,
        round=line.round,
        points=points,
        is_hidden=line.is_off_wall,
        may_change=may_change(line),
    )
