import pytest

from app.concept.catalogue import CatalogueBudgetLine
from app.concept.comparison import compare
from app.concept.models import BudgetState
from app.concept.views.amended import amended_facts
from app.process_date import ProcessDate
from tests.concept.catalogues import catalogue, measure, section


@pytest.mark.parametrize("method", [1, 2])
def test_facts_of_a_measure_are_told_as_they_were_and_are(app, method):
    line = CatalogueBudgetLine(year=2018, amount="18000.00", state=BudgetState.APPROVED)
    more = {"responsible": "referat", "responsible_name": "Referat", "partners": ("verein",), "budget": (line,)}
    old = catalogue(section(measures=[measure("M-001", "Z-001", starts=ProcessDate("2018-03"))]))
    new = catalogue(section(measures=[measure("M-001", "Z-001", **more)]))

    [change] = compare(old, new, method=method).sections[0].changes
    assert [(str(each.label), each.before, each.after) for each in amended_facts(change)] == [
        ("verantwortlich", "Amt", "Referat"),
        ("Mitwirkende", "", ""),
        ("Beginn", "März 2018", "nichts"),
        *[("Geld im Haushalt", "nichts", "2018: 18.000 Euro (bewilligt)")] * (method - 1),  # the first does not know it
    ]
