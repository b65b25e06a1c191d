"""What was answered as CSV, as a German spreadsheet reads it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _

from app.evaluation.queries import QuestionResult
from app.evaluation.reviews import GoalReview

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(results: Sequence[QuestionResult]) -> bytes:
    """UTF-8 with its mark, semicolons: a line for each answer that could be given, and for each text that is shown.

    A cell that a spreadsheet would take for a formula is defused.
    """
    return _written([_("Frage"), _("Antwort"), _("Anzahl")], _rows(results))


def review_csv(results: Sequence[GoalReview]) -> bytes:
    """A line for each goal and table: what feeds the next report."""
    heads = [_("Thema"), _("Ziel"), _("Wortlaut"), _("Tisch"), _("Bewertung"), _("Kommentar")]
    rows = (
        (each.section, each.goal.code, each.goal.wording, rating.table.title, rating.rating or "", rating.comment)
        for each in results
        for rating in each.ratings
    )
    return _written(heads, rows)


def _written(heads: Sequence[object], rows: Iterable[tuple[str | int, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_defused(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(results: Sequence[QuestionResult]) -> Iterator[tuple[str, str, int]]:
    for result in results:
        yield from ((result.question.label, bar.label, bar.times) for bar in result.bars)
        yield from ((result.question.label, answer.value, 1) for answer in result.texts)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
