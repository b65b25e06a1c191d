"""What was suggested to a draft and what became of it, as a table for the committee."""

from collections.abc import Callable, Sequence
from datetime import UTC

from flask import current_app
from flask_babel import format_date
from flask_babel import gettext as _

from app.drafting.models import OUTCOME_LABELS, SUGGESTION_KIND_LABELS, Hearing, Suggestion
from app.drafting.queries import Entry
from app.local_time import start_of
from app.spreadsheets import MIMETYPES as SPREADSHEETS
from app.spreadsheets import Sheet, csv_of, xlsx_of
from app.typesetting import compile_pdf

MIMETYPES = {"pdf": "application/pdf", **SPREADSHEETS}
WIDTHS = (8, 24, 40, 14, 40, 40, 24, 20, 40, 40)


def synopsis_as(
    ending: str, hearing: Hearing, entries: Sequence[Entry], sender_of: Callable[[Suggestion], str]
) -> bytes:
    """As pdf, csv or xlsx."""
    rows = [_row(each, sender_of) for each in entries]
    if ending == "csv":
        return csv_of(_heads(), rows)
    if ending == "xlsx":
        return xlsx_of(Sheet(_("Anregungen"), _heads(), rows, WIDTHS))
    return _pdf(hearing, entries, sender_of)


def _heads() -> list[str]:
    return [
        _("Nummer"),
        _("Stelle"),
        _("Bisheriger Wortlaut"),
        _("Art"),
        _("Anregung"),
        _("Begründung"),
        _("Von wem"),
        _("Was daraus wurde"),
        _("Warum"),
        _("Neuer Wortlaut"),
    ]


def _row(entry: Entry, sender_of: Callable[[Suggestion], str]) -> list[str]:
    suggestion = entry.suggestion
    disposition = suggestion.disposition
    return [
        str(suggestion.id),
        entry.subject.name if entry.subject else _("nicht mehr im Entwurf"),
        suggestion.quote,
        str(SUGGESTION_KIND_LABELS[suggestion.kind]),
        suggestion.words,
        suggestion.reason.current.content,
        sender_of(suggestion),
        str(OUTCOME_LABELS[disposition.outcome]) if disposition else _("noch offen"),
        disposition.reason.current.content if disposition else "",
        disposition.version.content if disposition and disposition.version else "",
    ]


def _pdf(hearing: Hearing, entries: Sequence[Entry], sender_of: Callable[[Suggestion], str]) -> bytes:
    period = _(
        "Ausgelegt vom %(first)s bis %(last)s",
        first=format_date(hearing.opens_on, "long"),
        last=format_date(hearing.closes_on, "long"),
    )
    data = {
        "title": _("Anregungen zum Entwurf %(number)s: %(title)s", number=hearing.number, title=hearing.title),
        "sender": current_app.config["COUNTY"],
        "lead": period,
        "page": _("Seite"),
        "empty": _("Zu diesem Entwurf gab es keine Anregung, die veröffentlicht ist."),
        "labels": {
            "place": _("Stelle"),
            "suggestion": _("Anregung"),
            "sender": _("Von wem"),
            "outcome": _("Was daraus wurde"),
            "before": _("Bisher"),
            "now": _("Jetzt"),
            "reason": _("Warum"),
        },
        "rows": [_printed(each, sender_of) for each in entries],
    }
    return compile_pdf("drafting/synopsis.typ", data, at=start_of(hearing.closes_on).astimezone(UTC))


def _printed(entry: Entry, sender_of: Callable[[Suggestion], str]) -> dict[str, str]:
    number, place, before, kind, words, reason, sender, outcome, why, now = _row(entry, sender_of)
    return {
        "number": number,
        "place": place,
        "before": before,
        "kind": kind,
        "words": words,
        "reason": reason,
        "sender": sender,
        "outcome": outcome,
        "why": why,
        "now": now,
    }
