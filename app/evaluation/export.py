"""What was answered as CSV, as a German spreadsheet reads it."""

import csv
import io
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.evaluation.queries import QuestionResult

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(results: Sequence[QuestionResult]) -> bytes:
    """UTF-8 with its mark, semicolons: a line for each answer that could be given, and for each text that is shown.

    A cell that a spreadsheet would take for a formula is defused.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_("Frage"), _("Antwort"), _("Anzahl")])
    for question, answer, times in _rows(results):
        writer.writerow([_defused(question), _defused(answer), times])
    return text.getvalue().encode("utf-8-sig")


def _rows(results: Sequence[QuestionResult]) -> Iterator[tuple[str, str, int]]:
    for result in results:
        yield from ((result.question.label, bar.label, bar.times) for bar in result.bars)
        yield from ((result.question.label, answer.value, 1) for answer in result.texts)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
