"""A measure's figure to change and its money, as people read them."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.concept.catalogue import CatalogueBudgetLine, CatalogueTarget
from app.concept.models import BUDGET_STATE_LABELS


def target_in_words(target: CatalogueTarget | None) -> str:
    """Menschen in Sprachkursen: von 1.480 auf 2.000 Personen, bis 2019."""
    if target is None:
        return ""
    given = {"title": target.title, "unit": target.unit, "start": number(target.start), "goal": number(target.goal)}
    if target.start and target.goal:
        words = _("%(title)s: von %(start)s auf %(goal)s %(unit)s", **given)
    elif target.goal:
        words = _("%(title)s: %(goal)s %(unit)s", **given)
    elif target.start:
        words = _("%(title)s: heute %(start)s %(unit)s", **given)
    else:
        words = target.title
    return _("%(words)s, bis %(by)s", words=words, by=target.by) if target.by else str(words)


def budget_in_words(lines: Sequence[CatalogueBudgetLine]) -> str:
    """2018: 18.000 Euro (bewilligt); 2019: derzeit nicht bezifferbar."""
    return "; ".join(f"{line.year}: {_line(line)}" for line in lines)


def euros(amount: Decimal) -> str:
    """18.000 Euro, with cents only where there are some."""
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return str(_("%(amount)s Euro", amount=format_decimal(amount, pattern)))


def number(value: str) -> str:
    return str(format_decimal(Decimal(value))) if value else ""


def _line(line: CatalogueBudgetLine) -> str:
    label = str(BUDGET_STATE_LABELS[line.state])
    return f"{euros(Decimal(line.amount))} ({label})" if line.amount else label
