"""Cost centres of budget lines: of the office's own accounts, so no catalogue holds them and no page shows them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.concept.models import BudgetLine, Measure
from app.db import db


def cost_centres() -> Mapping[str, Sequence[str]]:
    """By code of the measure, in the order of its lines."""
    lines = select(Measure.code, BudgetLine.cost_centre).join(BudgetLine.measure)
    found: dict[str, list[str]] = defaultdict(list)
    for code, centre in db.session.execute(lines.order_by(Measure.id, BudgetLine.year, BudgetLine.id)):
        found[code].append(centre)
    return found
