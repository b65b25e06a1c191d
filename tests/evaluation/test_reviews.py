import csv
import io
import re

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.capture.services import tables
from app.concept import services as concept
from app.concept.models import GoalKind, Section
from app.db import db
from app.errors import LinkInvalid
from app.evaluation import reviews
from app.evaluation.errors import NothingInForce, ReviewClosed
from app.evaluation.models import GoalRating
from app.evaluation.services.reviews import (
    Opinion,
    close_review,
    rate_goals,
    read_review_link,
    review_link,
    start_review,
)
from app.process_date import ProcessDate
from tests.concept.factories import GoalFactory, SectionFactory, WorkingEditionFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory


@pytest.fixture
def edition():
    """A frozen edition of two sections with an Oberziel and two Unterziele each."""
    WorkingEditionFactory()
    for number, slug in enumerate(("sprache", "arbeit")):
        section = SectionFactory(slug=slug, title=slug.capitalize())
        GoalFactory(section=section, kind=GoalKind.OVERALL, wording=f"Oberziel {slug}", code=f"Z-{number}00")
        for place in (1, 2):
            GoalFactory(section=section, wording=f"=Ziel {place} {slug}", code=f"Z-{number}0{place}")
    return concept.cut_edition(
        slug="2017-konzept-1.0",
        number="1.0",
        title="Beispielkonzept",
        reason="Der Anfang",
        dated=ProcessDate("2017-12"),
        allow_incomplete=True,
        by=None,
    )


@pytest.fixture
def table(edition):
    """The table about the first section, at an event with a review."""
    section = db.session.scalars(select(Section).where(Section.slug == "sprache")).one()
    table = ThemeTableFactory(section=section)
    start_review(table.event, edition, by=None)
    return table


def goals(table):
    return reviews.goals_for(reviews.review_of(table.event_id), table)


def test_each_table_rates_the_goals_of_its_theme(table, edition):
    other = ThemeTableFactory(event=table.event)
    start_review(other.event, edition, by=None)

    assert [each.goal.wording for each in goals(table)] == ["=Ziel 1 sprache", "=Ziel 2 sprache"]
    assert [each.goal.wording for each in goals(other)] == ["Oberziel sprache", "Oberziel arbeit"]


def test_start_review_needs_an_edition_and_happens_once(edition):
    event = EventFactory()

    with pytest.raises(NothingInForce):
        start_review(event, None, by=None)
    assert start_review(event, edition, by=None) is start_review(event, edition, by=None)


def test_rate_goals_keeps_changes_and_takes_back(table):
    sheet = reviews.review_of(table.event_id)
    first, second = (each.id for each in goals(table))
    rate_goals(sheet, table, {first: Opinion(2, "Zu wenig"), second: Opinion(None, "Weiß niemand")})
    rate_goals(sheet, table, {first: Opinion(4), second: Opinion(None)})

    [rating] = db.session.scalars(select(GoalRating))
    assert (rating.goal_id, rating.rating, rating.comment) == (first, 4, "")


def test_rate_goals_ends_with_the_review(table):
    sheet = reviews.review_of(table.event_id)
    close_review(sheet, by=None)

    with pytest.raises(ReviewClosed):
        rate_goals(sheet, table, {goals(table)[0].id: Opinion(4)})


def test_results_tell_each_goal_with_what_all_tables_thought(table, edition):
    sheet = reviews.review_of(table.event_id)
    second = ThemeTableFactory(event=table.event, section=table.section)
    goal = goals(table)[1]
    rate_goals(sheet, table, {goal.id: Opinion(2, "Zu wenig")})
    rate_goals(sheet, second, {goal.id: Opinion(5)})
    foreign = ThemeTableFactory(section=table.section)
    rate_goals(start_review(foreign.event, edition, by=None), foreign, {goal.id: Opinion(1)})

    [result] = reviews.results_of_review(sheet)

    assert (result.goal.wording, result.mean, [each.comment for each in result.comments]) == (
        *("=Ziel 2 sprache", 3.5, ["Zu wenig"]),
    )


def test_link_ends_with_the_links_of_the_table_and_without_a_review(table):
    token = review_link(table)
    assert read_review_link(token)[1] == table
    for wrong in (review_link(ThemeTableFactory()), tables.link_of(table, tables.SCRIBE), "x"):
        with pytest.raises(LinkInvalid):
            read_review_link(wrong)

    tables.renew_links(table, by=None)

    with pytest.raises(LinkInvalid):
        read_review_link(token)


def test_scribe_fills_in_the_sheet(client, table):
    address = f"/rueckschau/{review_link(table)}"
    first, second = (each.id for each in goals(table))
    page = client.page(address)
    assert [heading.text for heading in page.select("main .page-body h2")] == ["Ziel 1.1", "Ziel 1.2"]

    wrong = client.page(address, 422, "POST", data={f"rating_{first}": "6", f"comment_{second}": "Fehlt"})
    assert wrong.select_one(f"#comment_{second}").text.strip() == "Fehlt"
    answer = client.post(address, data={f"rating_{first}": "4", f"comment_{second}": "Fehlt"})

    assert answer.status_code == 303
    page = client.page(address)
    assert [each["value"] for each in page.select("input[checked]")] == ["4"]
    assert page.select_one(f"#comment_{second}").text.strip() == "Fehlt"


def test_desk_starts_reads_exports_and_closes_a_review(client, table):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    desk = f"/verwaltung/veranstaltungen/{table.event_id}/rueckschau"
    first, _second = goals(table)
    page = client.page(desk)
    assert re.search(r"/rueckschau/\S+", page.select_one(".copy-link a")["href"])
    rate_goals(reviews.review_of(table.event_id), table, {first.id: Opinion(2, "Zu wenig")})

    cells = [" ".join(cell.text.split()) for cell in client.page(desk).select("tbody tr")[0].select("th, td")]
    assert cells == ["Sprache", "1.1 =Ziel 1 sprache", "2", f"Tisch {table.number}: Zu wenig"]
    rows = list(csv.reader(io.StringIO(client.get(f"{desk}/ergebnisse.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1:] == [["Sprache", first.goal.code, "'=Ziel 1 sprache", table.title, "2", "Zu wenig"]]
    assert client.post(f"{desk}/abschluss").status_code == 303
    assert client.page(desk).select(".notice strong")[0].text.startswith("Abgeschlossen am ")
    client.page(f"/rueckschau/{review_link(table)}", 409, "POST", data={f"rating_{first.id}": "4"})


def test_desk_says_that_nothing_is_in_force(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    desk = f"/verwaltung/veranstaltungen/{EventFactory().id}/rueckschau"
    client.page(desk)

    page = client.page(f"{desk}/anlage", 409, "POST")

    assert "Es gilt noch keine Fassung" in page.main.text
    client.page(f"{desk}/abschluss", 404, "POST")
