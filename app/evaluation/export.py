"""What was answered as CSV, as a German spreadsheet reads it."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app import spreadsheets
from app.evaluation.queries import QuestionResult
from app.evaluation.reviews import GoalReview


def csv_of(results: Sequence[QuestionResult]) -> bytes:
    """A line for each answer that could be given, and for each text that is shown."""
    return spreadsheets.csv_of([_("Frage"), _("Antwort"), _("Anzahl")], list(_rows(results)))


def review_csv(results: Sequence[GoalReview]) -> bytes:
    """A line for each goal and table: what feeds the next report."""
    heads = [_("Thema"), _("Ziel"), _("Wortlaut"), _("Tisch"), _("Bewertung"), _("Kommentar")]
    rows = [
        (each.section, each.goal.code, each.goal.wording, rating.table.title, str(rating.rating or ""), rating.comment)
        for each in results
        for rating in each.ratings
    ]
    return spreadsheets.csv_of(heads, rows)


def _rows(results: Sequence[QuestionResult]) -> Iterator[tuple[str, str, str]]:
    for result in results:
        yield from ((result.question.label, str(bar.label), str(bar.times)) for bar in result.bars)
        yield from ((result.question.label, answer.value, "1") for answer in result.texts)
