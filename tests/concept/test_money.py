import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.accounts.models import Role
from app.concept import queries, services
from app.concept.catalogue import CatalogueBudgetLine, canonical
from app.concept.models import BudgetLine, BudgetState
from app.concept.money import Sum, entries_of, offer_of, table
from app.council.models import FinancialEffect
from app.db import db
from tests.concept.catalogues import catalogue, measure, section
from tests.concept.factories import (
    BudgetLineFactory,
    GoalFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.concept.test_measures_desk import filled, texts
from tests.council.factories import PaperFactory
from tests.factories import AccountFactory

MONEY = "/verwaltung/konzept/massnahmen/M-001/geld"
BUDGET = "/verwaltung/konzept/haushalt"
NAMES = ("konzept", "anlage-2")
S = BudgetState


def line(year, amount, state=S.APPROVED):
    return CatalogueBudgetLine(year=year, amount=amount, state=state)


def holding(*lines, **more):
    return measure("M-001", budget=lines, **more)


NO_DATABASE = pytest.mark.no_database


@pytest.fixture
def measures():
    """Two of a section, for two years."""
    WorkingEditionFactory()
    section = SectionFactory(slug="sprache", title="Sprache")
    goals = [GoalFactory(section=section)]
    first, second = (MeasureFactory(code=f"M-00{n}", section=section, section__goals=goals) for n in (1, 2))
    BudgetLineFactory(measure=first, year=2018, amount=Decimal("1000.50"))
    BudgetLineFactory(measure=second, year=2018, amount=None, state=S.NOT_QUANTIFIABLE)
    BudgetLineFactory(measure=second, year=2019, amount=Decimal(3000), state=S.REQUESTED)
    return first, second


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


@NO_DATABASE
@pytest.mark.parametrize(
    ("lines", "effect", "amount", "sentence"),
    [
        ((), FinancialEffect.NONE, None, "Keine. Zu den Maßnahmen ist kein Geld eingetragen."),
        (
            (line(2018, "", S.NOT_QUANTIFIABLE),),
            FinancialEffect.NOT_QUANTIFIABLE,
            None,
            "Derzeit nicht bezifferbar; Kosten sind abhängig von der Umsetzung einzelner Maßnahmen.",
        ),
        (
            (line(2018, "18000.00"), line(2018, "4500.00", S.SPENT)),
            FinancialEffect.IN_BUDGET,
            Decimal(22500),
            "Im Haushalt berücksichtigt. 2018: 22.500 Euro.",
        ),
        (
            (line(2018, "18000.00"), line(2019, "500.50", S.REQUESTED), line(2019, "", S.NOT_QUANTIFIABLE)),
            FinancialEffect.QUANTIFIED,
            Decimal("18500.50"),
            (
                "Die Maßnahmen kosten voraussichtlich: 2018: 18.000 Euro; 2019: 500,50 Euro, dazu 1 Posten derzeit "
                "nicht bezifferbar. Davon sind 18.000 Euro im Haushalt berücksichtigt."
            ),
        ),
    ],
)
def test_a_paper_is_offered_what_the_lines_say(app, lines, effect, amount, sentence):
    with app.test_request_context():
        found = offer_of(catalogue(section("sprache", measures=[holding(*lines)])))

    assert (found.effect, found.amount, found.sentence) == (effect, amount, sentence)


@NO_DATABASE
def test_sums_never_take_the_unknown_for_nothing(app):
    with app.test_request_context():
        found = entries_of(
            catalogue(
                section("sprache", measures=[holding(line(2018, "100.00"), line(2018, "", S.NOT_QUANTIFIABLE))]),
                section("wohnen", measures=[holding(line(2019, "0.00"), responsible_name="Referat")]),
            )
        )

        assert [(row.label, [str(each) for each in row.sums], str(row.total)) for row in table(found, "section")] == [
            (
                "1 Sprache",
                ["100 Euro, dazu 1 Posten derzeit nicht bezifferbar", "–"],
                "100 Euro, dazu 1 Posten derzeit nicht bezifferbar",
            ),
            ("2 Wohnen", ["–", "0 Euro"], "0 Euro"),
            (
                "Zusammen",
                ["100 Euro, dazu 1 Posten derzeit nicht bezifferbar", "0 Euro"],
                "100 Euro, dazu 1 Posten derzeit nicht bezifferbar",
            ),
        ]
        assert [row.label for row in table(found, "responsible")] == ["Amt", "Referat", "Zusammen"]
        states = [S.SPENT, S.NOT_QUANTIFIABLE, S.REQUESTED, S.APPROVED]
        mixed = [found[0]._replace(line=line(2018, "1.00", state)) for state in states]
        assert [row.label for row in table(mixed, "state")] == [
            *("angemeldet", "bewilligt", "verausgabt", "derzeit nicht bezifferbar", "Zusammen"),
        ]
        assert str(Sum(unknown=2)) == "derzeit nicht bezifferbar"


def test_lines_are_entered_changed_and_removed_and_the_history_keeps_what_they_were(client, editor, measures):
    page = client.page(MONEY)
    assert texts(page, "tbody td")[:2] == ["1.000,50 €", "bewilligt"]
    new = filled(page, year="2020", state="requested", amount="2.500", cost_type="grant", reason="Für 2020")
    assert client.post(MONEY, data=new).location == MONEY
    added = measures[0].budget[-1]
    assert (added.year, added.amount, added.state, added.cost_type) == (2020, Decimal(2500), S.REQUESTED, "grant")

    address = f"{MONEY}/{added.id}"
    changed = filled(client.page(address), state="not_quantifiable", amount="")
    assert client.post(address, data=changed).location == MONEY
    db.session.refresh(added)
    assert (added.amount, added.state) == (None, S.NOT_QUANTIFIABLE)
    late = client.page(address, 409, "POST", data=changed | {"year": "2021"})
    assert "2020, –, derzeit nicht bezifferbar" in late.select(".notice")[-1].text
    assert client.post(f"{address}/streichung").location == MONEY

    assert texts(client.page("/massnahmen/M-001"), ".amendments .timeline-text") == [
        (
            "Geld im Haushalt: bisher 2018: 1.000,50 Euro (bewilligt), 2020: derzeit nicht bezifferbar, "
            "jetzt 2018: 1.000,50 Euro (bewilligt)"
        ),
        (
            "Geld im Haushalt: bisher 2018: 1.000,50 Euro (bewilligt), 2020: 2.500 Euro (angemeldet), "
            "jetzt 2018: 1.000,50 Euro (bewilligt), 2020: derzeit nicht bezifferbar"
        ),
        (
            "Geld im Haushalt: bisher 2018: 1.000,50 Euro (bewilligt), "
            "jetzt 2018: 1.000,50 Euro (bewilligt), 2020: 2.500 Euro (angemeldet)"
        ),
        "Grund: Für 2020",
    ]


def test_the_history_reads_kinds_of_cost_that_came_with_a_file(client, editor, measures):
    [line] = measures[0].budget[:1]
    line.cost_type = "Honorare; 5 | Reisen | | Druck"

    services.remove_budget_line(line, by=None)

    client.page("/massnahmen/M-001")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "5", "state": "not_quantifiable"}, "amount"),
        ({"amount": "viel"}, "amount"),
        ({"amount": "5", "year": "18"}, "year"),
    ],
)
def test_an_amount_or_that_there_is_none(client, editor, measures, given, field):
    sent = filled(client.page(MONEY), state="requested", cost_type="grant") | given

    page = client.page(MONEY, 422, "POST", data=sent)

    assert [tag["id"] for tag in page.select(".kern-error")] == [f"{field}-error"]
    assert filled(page) == sent
    assert db.session.query(BudgetLine).count() == 3


def test_the_budget_adds_up_by_state_section_and_office_on_the_page_and_as_files(client, editor, measures):
    page = client.page(BUDGET)
    assert texts(page, "main h2") == [
        "Nach Stand",
        "Nach Thema",
        "Nach verantwortlicher Stelle",
        "Nach Maßnahme",
        "Alle Posten",
    ]
    assert texts(page, "table")[1] == (
        "Nach Thema Nach Thema 2018 2019 Zusammen 1 Sprache 1.000,50 Euro, dazu 1 Posten derzeit nicht bezifferbar "
        "3.000 Euro 4.000,50 Euro, dazu 1 Posten derzeit nicht bezifferbar Zusammen 1.000,50 Euro, dazu 1 Posten "
        "derzeit nicht bezifferbar 3.000 Euro 4.000,50 Euro, dazu 1 Posten derzeit nicht bezifferbar"
    )

    rows = list(csv.DictReader(io.StringIO(client.get(f"{BUDGET}.csv").text.removeprefix("\ufeff")), delimiter=";"))
    assert [(row["Haushaltsjahr"], row["Code"], row["Betrag in Euro"], row["Stand"]) for row in rows] == [
        ("2018", "M-001", "1000,50", "bewilligt"),
        ("2018", "M-002", "", "derzeit nicht bezifferbar"),
        ("2019", "M-002", "3000,00", "angemeldet"),
    ]
    lines, *sums = load_workbook(io.BytesIO(client.get(f"{BUDGET}.xlsx").data)).worksheets
    assert [row[6] for row in lines.iter_rows(min_row=2, values_only=True)] == [1000.5, None, 3000]
    assert [sheet.title for sheet in sums] == texts(page, "main h2")[:4]
    assert list(sums[3].iter_rows(values_only=True)) == [
        ("Nach Maßnahme", "2018 in Euro", "2019 in Euro", "Zusammen in Euro", "Posten ohne Zahl"),
        (f"M1.1 {measures[0].text.current.content}", 1000.5, None, 1000.5, 0),
        (f"M1.2 {measures[1].text.current.content}", "derzeit nicht bezifferbar", 3000, 3000, 1),
        ("Zusammen", 1000.5, 3000, 4000.5, 1),
    ]


def test_cost_centres_are_for_the_office_and_stand_in_no_edition(client, editor, measures):
    [line] = measures[0].budget
    frozen = canonical(queries.working_catalogue())
    sent = filled(client.page(f"{MONEY}/{line.id}"), cost_centre="31.40 Integration")

    assert client.post(f"{MONEY}/{line.id}", data=sent).location == MONEY

    assert filled(client.page(f"{MONEY}/{line.id}"))["cost_centre"] == "31.40 Integration"
    assert canonical(queries.working_catalogue()) == frozen
    working = "/konzept/arbeitsfassung"
    for path in ("/massnahmen/M-001", f"{working}/anlage-2", *(f"{working}/{name}.json" for name in NAMES)):
        assert "31.40" not in client.get(path).text
    page = client.page(BUDGET)
    assert texts(page, "main h2")[4] == "Nach Kostenstelle"
    assert texts(page, "table tbody th")[-6:-3] == [
        *("31.40 Integration", "ohne Kostenstelle", "Zusammen"),
    ]
    rows = list(csv.DictReader(io.StringIO(client.get(f"{BUDGET}.csv").text.removeprefix("\ufeff")), delimiter=";"))
    assert [row["Kostenstelle"] for row in rows] == ["31.40 Integration", "", ""]


def test_the_sentence_is_taken_over_and_not_forced(client, editor, measures):
    paper = PaperFactory(sent_at=None)
    address = f"/verwaltung/vorlagen/{paper.id}/kosten"
    before = paper.financial.current.content
    page = client.page(address)
    assert texts(page, "blockquote")[0].startswith(
        "beziffert. Die Maßnahmen kosten voraussichtlich: 2018: 1.000,50 Euro"
    )
    assert paper.financial.current.content == before

    assert client.post(address).location == f"/verwaltung/vorlagen/{paper.id}"

    db.session.refresh(paper)
    assert (paper.financial_effect, paper.financial_amount, paper.financial_year) == (
        FinancialEffect.QUANTIFIED,
        Decimal("4000.50"),
        2018,
    )
    assert paper.financial.current.content == offer_sentence()
    services.send_paper(paper, slug="eins", number="1.0", title="Eins", reason="Anfang", by=None, allow_incomplete=True)
    assert client.get(address).status_code == 409


def offer_sentence():
    return offer_of(queries.working_catalogue()).sentence


def test_only_editors_enter_money(client, measures):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    client.page(BUDGET)
    client.page(MONEY, 403)
    client.page(f"{MONEY}/{measures[0].budget[0].id}", 403)
    client.page(f"/verwaltung/vorlagen/{PaperFactory(sent_at=None).id}/kosten", 403)
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    client.page(BUDGET, 403)
