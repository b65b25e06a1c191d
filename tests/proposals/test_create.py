import pytest
from sqlalchemy import select

from app.db import db
from app.proposals.models import Proposal, ProposalKind
from tests.concept.factories import WorkingGoalFactory
from tests.proposals.test_thread import Story

NEW = "/vorschlaege/neu"
SIMILAR = "/vorschlaege/neu/aehnlich"


def newest():
    return db.session.scalars(select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture
def goal():
    return Story().goal


def test_text_that_is_too_long_is_not_compared_word_by_word(client, goal):
    wording = goal.text.current.content
    data = {"kind": "change", "about": goal.code, "text": f"{wording} " + "a " * 1900}
    assert client.page(SIMILAR, 200, "POST", data=data).select("main ins") != []

    for address, status in ((SIMILAR, 200), (NEW, 422)):
        page = client.page(address, status, "POST", data={**data, "text": f"{wording} " + "a " * 2100})

        assert page.select("main ins") == []


def test_goal_is_chosen_in_the_form_and_its_text_becomes_the_start_of_a_change(client, goal):
    page = client.page(NEW)
    assert goal.code in [option["value"] for option in page.select("#about option")]

    page = client.page(SIMILAR, 200, "POST", data={"kind": "change", "about": goal.code, "text": ""})

    wording = goal.text.current.content
    assert texts(page, "#subject blockquote") == [wording]
    assert page.select_one("#text").text.strip() == wording
    assert texts(page, "label[for=text]") == ["So soll es künftig heißen"]


def test_change_shows_word_by_word_what_is_new(client, goal):
    wording = goal.text.current.content

    page = client.page(
        SIMILAR, 200, "POST", data={"kind": "change", "about": goal.code, "text": f"{wording} Auch samstags."}
    )

    assert texts(page, "#subject ins") == ["neu: Auch samstags.;"]
    assert page.select("#subject del") == []


def test_other_kinds_do_not_start_from_the_present_text(client, goal):
    typed = {"kind": "measure", "about": goal.code, "text": goal.text.current.content}

    page = client.page(SIMILAR, 200, "POST", data=typed)

    assert (page.select_one("#text").text.strip(), page.select("#subject ins")) == ("", [])


@pytest.mark.parametrize("kind", ["change", "drop"])
def test_create_asks_what_a_change_or_a_removal_is_about(client, kind):
    page = client.page(NEW, 422, "POST", data={"kind": kind, "text": "Das ist überholt."})

    assert texts(page, "#about-error") == ["Fehler: Wählen Sie, was Sie ändern oder streichen möchten."]
    assert page.select_one("details:has(#about)").has_attr("open")


def test_create_refuses_a_change_that_changes_nothing(client, goal):
    typed = {"kind": "change", "about": goal.code, "text": goal.text.current.content}

    page = client.page(NEW, 422, "POST", data=typed)

    assert texts(page, "#text-error") == [
        "Fehler: Das ist noch der bisherige Text. Ändern Sie, was anders werden soll."
    ]


def test_create_keeps_what_it_is_about(client, goal):
    client.post(NEW, data={"kind": "drop", "about": goal.code, "text": "Das ist überholt."})

    assert (newest().kind, newest().goal, newest().measure) == (ProposalKind.DROP, goal, None)


def test_create_refuses_a_goal_that_does_not_exist(client):
    page = client.page(NEW, 422, "POST", data={"about": "Z-999", "text": "Etwas dazu"})

    assert texts(page, "#about-error") == ["Fehler: Dieses Ziel oder diese Maßnahme gibt es nicht."]


def test_characters_are_counted_as_they_are_kept(client):
    lines = "\r\n".join("x" * 99 for _ in range(40))  # 3,999 characters, 4,038 as a browser sends them
    assert client.post(NEW, data={"text": lines}).status_code == 303

    page = client.page(NEW, 422, "POST", data={"text": "ä" * 4001})

    assert texts(page, "#text-error") == ["Fehler: Bitte bleiben Sie unter 4.000 Zeichen. Es ist noch alles da."]
    assert page.select_one("#text").text.strip() == "ä" * 4001


def test_form_says_what_is_compared_and_leads_to_the_rules(client):
    page = client.page(NEW)

    assert page.select_one("#text-hint a")["href"] == "/netiquette"
    assert texts(page, ".similar .form-note")[0].startswith(
        "Wir vergleichen Ihre Wörter mit veröffentlichten Beiträgen"
    )


def test_page_asks_as_often_for_three_goals_as_for_one(client, count_queries):
    story = Story()
    for step in (0, 10):
        with count_queries() as queries:
            client.page(NEW)
        assert len(queries) == 20
        for number in (1, 2):
            WorkingGoalFactory(section=story.section, goal__code=f"Z-{100 + step + number}")
