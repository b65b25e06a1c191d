import pytest

from app.concept.models import GoalKind
from app.db import db
from app.proposals import similar
from app.proposals.models import ProposalState, Release
from app.texts import services as texts
from tests.concept.factories import GoalFactory, WorkingGoalFactory
from tests.proposals.factories import ProposalFactory


def moved(proposal, state=ProposalState.RELEASED):
    proposal.state = state
    proposal.state_reason = "Ein Grund" if state is ProposalState.WITHHELD else ""
    db.session.add(Release(proposal=proposal, state=state, reason=proposal.state_reason))
    db.session.flush()
    return proposal


@pytest.fixture
def courses():
    return moved(ProposalFactory(content="In Zukunft soll es mehr Deutschkurse am Abend geben."))


def found(text):
    return list(similar.similar_to(text).proposals)


def test_similar_to_finds_what_was_released_the_nearest_first(courses):
    nearer = moved(ProposalFactory(content="Deutschkurse am Abend mit Kinderbetreuung"))
    moved(ProposalFactory(content="Eine Bank vor dem Rathaus"))

    assert found("Deutschkurse mit Kinderbetreuung am Abend") == [nearer, courses]


def test_similar_to_hides_what_waits_and_what_was_taken_back(courses):
    ProposalFactory(content="Deutschkurse am Abend", state=ProposalState.RECEIVED)
    assert found("Deutschkurse am Abend") == [courses]

    moved(courses, ProposalState.WITHHELD)
    assert found("Deutschkurse am Abend") == []

    moved(courses)
    assert found("Deutschkurse am Abend") == [courses]


def test_similar_to_compares_other_languages_by_their_german_translation():
    arabic = moved(ProposalFactory(content="دروس اللغة الألمانية مساءً", language="ar", german="Deutschkurse am Abend"))
    assert found("Mehr Deutschkurse am Abend") == [arabic]

    texts.write("Eine Bank vor dem Rathaus", language="de", text=arabic.translation)
    assert found("Mehr Deutschkurse am Abend") == []


def test_similar_to_shows_goals_of_the_working_edition_in_their_present_words():
    placed = WorkingGoalFactory(goal=GoalFactory(kind=GoalKind.SUB, wording="Alle finden einen Deutschkurs am Abend."))
    GoalFactory(kind=GoalKind.SUB, wording="Deutschkurse am Abend, schon gestrichen")

    assert list(similar.similar_to("Deutschkurse am Abend").goals) == [placed.goal]

    texts.write("Jede Gemeinde hat eine Bank.", language="de", text=placed.goal.text)
    assert list(similar.similar_to("Deutschkurse am Abend").goals) == []


@pytest.mark.parametrize("count", [1, 3])
def test_similar_to_asks_the_same_number_of_questions(count_queries, count):
    for number in range(count):
        moved(ProposalFactory(content=f"Deutschkurse am Abend, Beispiel {number}"))
    similar.similar_to("Deutschkurse am Abend")
    db.session.expunge_all()

    with count_queries() as statements:
        assert len(found("Deutschkurse am Abend")) == count
    assert len(statements) == 8


def test_the_form_shows_what_is_similar_and_keeps_what_was_typed(client, courses):
    before = client.page("/vorschlaege/neu")
    page = client.page(
        "/vorschlaege/neu/aehnlich", method="POST", data={"text": "Deutschkurse am Abend", "name": "Beispielperson"}
    )

    assert before.select("#similar .quote") == []
    assert [quote.text.strip() for quote in page.select("#similar .quote-text")] == [courses.text.current.content]
    assert page.select_one("#similar .quote a")["href"] == f"/vorschlaege/{courses.reference}"
    assert (page.select_one("#text").text.strip(), page.select_one("#name")["value"]) == (
        "Deutschkurse am Abend",
        "Beispielperson",
    )
    assert page.select_one("form.form-page")["action"] == "/vorschlaege/neu"


def test_the_form_says_when_nothing_is_similar(client, courses):
    page = client.page("/vorschlaege/neu/aehnlich", method="POST", data={"text": "Eine Bank vor dem Rathaus"})

    assert page.select_one("#similar").text.split()[:4] == ["So", "etwas", "hat", "noch"]


def test_the_form_shows_goals_that_stand_in_the_concept(client):
    placed = WorkingGoalFactory(goal=GoalFactory(wording="Alle finden einen Deutschkurs am Abend."))
    page = client.page("/vorschlaege/neu/aehnlich", method="POST", data={"text": "Deutschkurs am Abend"})

    assert [(link["href"], link.text) for link in page.select("#similar li a")] == [
        (f"/ziele/{placed.goal.code}", "Alle finden einen Deutschkurs am Abend.")
    ]
