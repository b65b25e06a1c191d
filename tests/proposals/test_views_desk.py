import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept.models import Goal, Measure
from app.db import db
from app.decisions.services import decisions
from app.decisions.services.acceptance import NewGoal
from app.proposals.models import Decision, DecisionOutcome, ProposalState
from app.texts import sentences
from app.texts.services import Span
from app.workbench.services import condensation as services
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import OrganizationFactory

RECEIVED, RELEASED, WITHHELD = ProposalState.RECEIVED, ProposalState.RELEASED, ProposalState.WITHHELD


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_review_goes_from_one_to_the_next(client, moderator):
    first, second, third = ProposalFactory.create_batch(3, state=RECEIVED)
    page = client.page(f"/verwaltung/moderation/{second.reference}")
    assert [link["href"].rpartition("/")[2] for link in page.select("nav a[data-key]")] == [
        *(first.reference, third.reference, "#reason")
    ]

    after = client.post(f"/verwaltung/moderation/{second.reference}/freigabe").location
    assert after == f"/verwaltung/moderation/{third.reference}"
    reason = {"reason": "Nennt eine Person."}
    after = client.post(f"/verwaltung/moderation/{third.reference}/zurueckhaltung", data=reason).location
    assert after == f"/verwaltung/moderation/{first.reference}"
    assert client.post(f"/verwaltung/moderation/{first.reference}/freigabe").location == "/verwaltung/moderation"

    assert [each.state for each in (first, second, third)] == [RELEASED, RELEASED, WITHHELD]
    assert third.releases[0].made_by_id == moderator.id
    client.page(f"/verwaltung/moderation/{third.reference}")


def test_review_refuses_to_withhold_without_a_reason(client, moderator):
    proposal = ProposalFactory(state=RECEIVED)

    page = client.page(f"/verwaltung/moderation/{proposal.reference}/zurueckhaltung", 422, "POST", data={"reason": " "})

    assert texts(page, "#reason-error") == ["Fehler: Bitte nennen Sie den Grund. Er wird veröffentlicht."]
    assert proposal.state is RECEIVED


def test_translate_writes_the_working_translation(client, moderator):
    proposal = ProposalFactory(content="أنا خيّاط", language="ar", state=RECEIVED)
    address = f"/verwaltung/moderation/{proposal.reference}/uebersetzung"
    client.page(address)
    client.page(address, 422, "POST", data={"translation": ""})

    client.post(address, data={"translation": "Ich bin Schneider"})

    assert proposal.translation.current.content == "Ich bin Schneider"
    assert "Ich bin Schneider" in client.page(f"/verwaltung/moderation/{proposal.reference}").main.text


def test_moderation_of_several_at_once(client, moderator):
    proposals = ProposalFactory.create_batch(4, state=RECEIVED)
    ids = [proposal.id for proposal in proposals]
    client.page("/verwaltung/moderation")
    client.page("/verwaltung/moderation", 422, "POST", data={})
    page = client.page("/verwaltung/moderation?schritt=zurueckhalten", 422, "POST", data={"chosen": ids[:1]})
    assert len(page.select("input[name=chosen][checked]")) == 1

    client.post("/verwaltung/moderation", data={"chosen": ids[:2]})
    client.post("/verwaltung/moderation?schritt=zurueckhalten", data={"chosen": ids[2:3], "reason": "Werbung"})

    assert [each.state for each in proposals] == [RELEASED, RELEASED, WITHHELD, RECEIVED]
    assert client.post(f"/verwaltung/moderation/{proposals[3].reference}/freigabe").status_code == 303
    assert texts(client.page("/verwaltung/moderation"), ".empty-title") == ["Alles geprüft"]


def condensed():
    proposal = ProposalFactory(content="Bitte abends. Danke.")
    return services.condense(wording="Kurse abends", sources=[Source(Span.whole(proposal.text.current))], by=None)


def test_decision_is_written_by_one_and_released_by_another(client, organiser):
    section, subject = working_section(), condensed()
    address = f"/verwaltung/entscheidungen/zusammenfuehrung/{subject.id}"
    client.page(address)
    typed = {"outcome": "accepted", "answer": "Danke, das kommt.", "into": "goal"}
    page = client.page(address, 422, "POST", data=typed)
    assert texts(page, "#wording-error, #section-error") == ["Fehler: Das fehlt noch."] * 2
    assert page.select_one("#answer").text.strip() == "Danke, das kommt."

    client.post(address, data=typed | {"wording": "Es gibt Abendkurse.", "section": section.slug})

    [decision] = db.session.scalars(select(Decision))
    assert (decision.goal.text.current.content, decision.made_by_id) == ("Es gibt Abendkurse.", organiser.id)
    draft = f"/verwaltung/entscheidungen/{decision.id}"
    assert client.page(draft).select_one("form.confirm") is None
    assert client.page(f"{draft}/freigabe", 409, "POST").h1.text == "Das geht gerade nicht"
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    client.page("/verwaltung/entscheidungen")
    shown = client.page(draft).select_one("form.confirm [name=fassung]")["value"]
    client.page(f"{draft}/freigabe", 409, "POST", data={"fassung": "1"})
    client.post(f"{draft}/freigabe", data={"fassung": shown})

    assert decision.is_released
    assert "ist veröffentlicht" in client.page(draft).main.text


@pytest.mark.parametrize("into", ["goal_wording", "measure"])
def test_decision_changes_what_exists(client, organiser, into):
    section, responsible = working_section(), OrganizationFactory()
    goal = decisions.accept(condensed(), into=NewGoal(section, "Kurse."), answer="Ja.", by=None).goal
    typed = {"outcome": "partly", "answer": "Gern.", "into": into, "wording": "Abends.", "goal": goal.code}

    client.post(
        f"/verwaltung/entscheidungen/zusammenfuehrung/{condensed().id}", data=typed | {"responsible": responsible.slug}
    )

    last = db.session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()
    assert last.outcome is DecisionOutcome.PARTLY
    if into == "measure":
        [measure] = db.session.scalars(select(Measure))
        assert (last.measure, measure.placement.goals[0].goal) == (measure, goal)
    else:
        assert (last.goal, goal.text.current.content) == (goal, "Abends.")


def test_decision_says_at_its_field_what_is_missing(client, organiser):
    working_section()
    address = f"/verwaltung/entscheidungen/zusammenfuehrung/{condensed().id}"

    page = client.page(address, 422, "POST", data={"outcome": "forwarded", "answer": "Weiter."})
    assert texts(page, "#forwarded_to-error") != []
    page = client.page(address, 422, "POST", data={"outcome": "accepted", "answer": "Ja.", "into": "nothing"})
    assert texts(page, "#into-error") != []

    assert db.session.scalars(select(Decision)).all() == []
    assert db.session.scalars(select(Goal)).all() == []


def test_decision_on_one_sentence_of_a_contribution(client, organiser):
    working_section()
    proposal = ProposalFactory(content="Danke! Schickt ein Mobil.")
    address = f"/verwaltung/entscheidungen/beitrag/{proposal.reference}"
    assert texts(client.page(address), "#passage label") == ["Danke!", "Schickt ein Mobil.", "Um den ganzen Beitrag"]
    typed = {"outcome": "deferred", "answer": "Nächstes Jahr."}
    client.page(address, 422, "POST", data=typed)

    client.post(address, data=typed | {"passage": "1"})

    [decision] = db.session.scalars(select(Decision))
    assert (decision.wording, decision.outcome) == ("Schickt ein Mobil.", DecisionOutcome.DEFERRED)
    assert texts(client.page("/verwaltung/entscheidungen"), "main li a")[0] == "Schickt ein Mobil."


def test_editor_sees_drafts_and_nothing_to_decide(client):
    subject = condensed()
    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))

    assert subject.text.current.content not in client.page("/verwaltung/entscheidungen").main.text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Eins. Zwei! „Drei?“ Vier", ["Eins.", "Zwei!", "„Drei?“", "Vier"]),
        ("ohne Punkt", ["ohne Punkt"]),
        ("Erste Zeile\n\nZweite", ["Erste Zeile", "Zweite"]),
        ("أتمنى دورة؟ شكرا.", ["أتمنى دورة؟", "شكرا."]),
        ("Ja. Ja. Ja.", ["Ja.", "Ja.", "Ja."]),
    ],
)
def test_split_finds_the_sentences_where_they_stand(content, expected):
    found = sentences.split(content)

    assert [sentence.text for sentence in found] == expected
    assert [content[sentence.start : sentence.end] for sentence in found] == expected
    assert sorted({sentence.start for sentence in found}) == [sentence.start for sentence in found]


def test_desk_opens_with_what_waits_for_whom(client, organiser):
    ProposalFactory.create_batch(2, state=RECEIVED)
    condensed()
    draft = condensed()
    decisions.decide(draft, outcome=DecisionOutcome.REJECTED, answer="Nein.", by=organiser)
    assert texts(client.page("/verwaltung"), ".counts li") == [
        "2 Beiträge zu prüfen",
        "1 Formulierung ohne Entscheidung",
    ]

    client.sign_in(AccountFactory(roles=(Role.EDITOR,)))
    assert texts(client.page("/verwaltung"), ".counts li") == ["1 Antwort freizugeben"]
