"""Money for measures, year by year; and what a paper takes over of it."""

from decimal import Decimal

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import ChangedMeanwhile
from app.concept.facts import said_of_money
from app.concept.models import BudgetLine, BudgetState, ChangeKind, Measure
from app.concept.money import Offer
from app.concept.services.amendments import record_amendment
from app.concept.services.working import lock_working
from app.concept.stand import stand_of
from app.council import services as council
from app.council.models import Paper
from app.db import db, lock, transactional


@transactional
def add_budget_line(
    measure: Measure,
    *,
    year: int,
    state: BudgetState,
    amount: Decimal | None = None,
    cost_type: str = "",
    cost_centre: str = "",
    is_example: bool = False,
    reason: str = "",
    by: Account | None,
) -> BudgetLine:
    """One more line. No amount goes with „derzeit nicht bezifferbar“ and with nothing else (the database holds it)."""
    lock_working()
    before = _said(measure)
    line = BudgetLine(
        measure=measure,
        year=year,
        state=state,
        amount=amount,
        cost_type=cost_type,
        cost_centre=cost_centre.strip(),
        is_example=is_example,
    )
    db.session.add(line)
    _record(measure, before, reason, by)
    return line


@transactional
def change_budget_line(
    line: BudgetLine,
    *,
    year: int,
    state: BudgetState,
    amount: Decimal | None,
    cost_type: str,
    cost_centre: str = "",
    reason: str = "",
    by: Account | None,
    expected_stand: str | None = None,
) -> None:
    """Raises ChangedMeanwhile when it is not what `expected_stand` says any more."""
    lock_working()
    line = lock(line)
    if expected_stand is not None and stand_of(line) != expected_stand:
        raise ChangedMeanwhile
    before = _said(line.measure)
    line.year, line.state, line.amount = year, state, amount
    line.cost_type, line.cost_centre = cost_type, cost_centre.strip()
    _record(line.measure, before, reason, by)


@transactional
def remove_budget_line(line: BudgetLine, *, by: Account | None) -> None:
    """Editions that hold it keep it, and so does the history of the measure."""
    lock_working()
    line = lock(line)
    measure, before = line.measure, _said(line.measure)
    db.session.delete(line)
    _record(measure, before, "", by)


@transactional
def take_over_finances(paper: Paper, offer: Offer, *, by: Account | None) -> None:
    """Put what the measures say into the paper's section on costs; its earlier wording stays. Raises PaperSent."""
    council.edit_paper(
        paper,
        kind=paper.kind,
        title=paper.title,
        organization=paper.organization,
        number=paper.number,
        dated_on=paper.dated_on,
        financial_effect=offer.effect,
        financial_amount=offer.amount,
        financial_year=offer.year,
        by=by,
    )
    council.reword_paper(paper, financial=offer.sentence, by=by)
    log.record("concept.take_over_finances", paper, by=by, fields=["financial"])


def _said(measure: Measure) -> dict[str, str]:
    db.session.flush()
    db.session.expire(measure, ["budget"])
    return {"budget": said_of_money(measure.budget)}


def _record(measure: Measure, before: dict[str, str], reason: str, by: Account | None) -> None:
    record_amendment(ChangeKind.BUDGETED, measure, before, _said(measure), reason=reason, by=by)
