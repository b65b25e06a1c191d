from datetime import timedelta

import pytest
import time_machine

from app.accounts.models import Role
from app.db import db, now
from app.errors import AnswerMissing, SecondPersonNeeded
from app.moderation import queries
from app.moderation.errors import AlreadyAnswered, AppealOpen, NothingToAppeal, NothingToUndo, Overruled
from app.moderation.models import Appeal
from app.moderation.services import appeals, moderation, redactions
from app.proposals.models import Contributor, ProposalState
from app.proposals.services import intake, notices
from tests.factories import AccountFactory
from tests.proposals.factories import FollowFactory, ProposalFactory

RECEIVED, RELEASED, WITHHELD = ProposalState.RECEIVED, ProposalState.RELEASED, ProposalState.WITHHELD
DESK = "/verwaltung/beschwerden"


@pytest.fixture
def first():
    return AccountFactory(roles=(Role.MODERATOR,))


@pytest.fixture
def second(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


@pytest.fixture
def withheld(first):
    proposal = ProposalFactory(state=RECEIVED, content="Frau Beispiel hat recht.")
    moderation.withhold([proposal], reason="Nennt eine Person.", by=first)
    return proposal


def test_granted_publishes_what_was_withheld_with_a_step_on_the_thread(withheld, first, second):
    made = appeals.appeal(withheld, words=" Ich bin das selbst. ")
    assert [queries.count_appeals_for(each) for each in (first, second)] == [0, 1]

    appeals.answer(made, is_granted=True, words="Sie haben recht.", public="Die Person ist einverstanden.", by=second)

    assert (withheld.state, withheld.state_reason) == (RELEASED, "")
    step = withheld.releases[-1]
    assert (step.state, step.role, step.reason, step.made_by_id) == (
        *(RELEASED, "appeal", "Die Person ist einverstanden.", second.id),
    )
    assert (made.words, made.is_granted, made.answered_by_id) == ("Ich bin das selbst.", True, second.id)


def test_who_was_overruled_does_not_decide_the_same_again(withheld, first, second):
    made = appeals.appeal(withheld, words="Ich bin das selbst.")
    appeals.answer(made, is_granted=True, words="Sie haben recht.", by=second)

    with pytest.raises(Overruled):
        moderation.withhold([withheld], reason="Doch nicht.", by=first)
    with pytest.raises(NothingToUndo):
        moderation.undo([withheld.releases[-1]], by=first)

    assert withheld.state is RELEASED


def test_rejected_leaves_it_withheld_and_followers_untold(withheld, second):
    FollowFactory(text=withheld.text, created_at=now() - timedelta(days=1))
    made = appeals.appeal(withheld, words="Ich bin das selbst.")
    assert notices.tell_followers(at=now() + timedelta(hours=1)) == 1

    appeals.answer(made, is_granted=False, words="Das geht nicht.", by=second)

    assert (withheld.state, withheld.state_reason) == (WITHHELD, "Nennt eine Person.")
    assert [(step.role, step.reason) for step in withheld.releases[1:]] == [("appeal_unchanged", "Nennt eine Person.")]
    assert notices.tell_followers(at=now() + timedelta(hours=2)) == 0
    with pytest.raises(NothingToAppeal):
        appeals.appeal(withheld, words="Trotzdem.")


def test_granted_uncovers_what_was_blackened(first, second):
    proposal = ProposalFactory(content="Frau Beispiel hat recht.")
    redactions.redact(proposal, ["Frau Beispiel"], reason="Name", by=first)
    made = appeals.appeal(proposal, words="Das bin ich.")

    appeals.answer(made, is_granted=True, words="Gut.", by=second)

    assert (proposal.text.current.content, proposal.state) == ("Frau Beispiel hat recht.", RELEASED)


def test_whoever_decided_does_not_answer(withheld, first, second):
    redactions.redact(withheld, ["Frau Beispiel"], reason="Name", by=second)
    made = appeals.appeal(withheld, words="Das bin ich.")

    for account in (first, second):
        with pytest.raises(SecondPersonNeeded):
            appeals.answer(made, is_granted=True, words="Gut.", by=account)

    assert (withheld.state, made.answered_at) == (WITHHELD, None)
    assert queries.deciders(withheld) == {first.id, second.id}


def test_an_appeal_is_made_once_and_answered_once(withheld, second):
    made = appeals.appeal(withheld, words="Das bin ich.")
    with pytest.raises(AppealOpen):
        appeals.appeal(withheld, words="Noch einmal.")
    with pytest.raises(AnswerMissing):
        appeals.answer(made, is_granted=True, words=" ", by=second)
    appeals.answer(made, is_granted=True, words="Gut.", by=second)

    with pytest.raises(AlreadyAnswered):
        appeals.answer(made, is_granted=False, words="Doch nicht.", by=second)

    assert made.is_granted is True


def test_an_appeal_needs_words_a_decision_and_time(withheld, second):
    with pytest.raises(AnswerMissing):
        appeals.appeal(withheld, words=" \0 ")
    with pytest.raises(NothingToAppeal):
        appeals.appeal(ProposalFactory(), words="Das bin ich.")
    with time_machine.travel(now() + timedelta(days=30)), pytest.raises(NothingToAppeal):
        appeals.appeal(withheld, words="Das bin ich.")

    assert db.session.query(Appeal).count() == 0


def test_an_appeal_on_what_was_withdrawn_can_only_be_rejected(client, first, second):
    proposal = ProposalFactory(content="Frau Beispiel hat recht.")
    redactions.redact(proposal, ["Frau Beispiel"], reason="Name", by=first)
    made = appeals.appeal(proposal, words="Das bin ich.")
    intake.withdraw(proposal)

    page = client.page(f"{DESK}/{made.id}", 422, "POST", data={"result": "yes", "words": "Gut."})

    assert "Der Beitrag ist inzwischen zurückgezogen" in page.select_one("#result-error").text
    assert page.select_one("#words").text.strip() == "Gut."
    assert proposal.text.current.content == "█████████████ hat recht."
    client.post(f"{DESK}/{made.id}", data={"result": "no", "words": "Sie haben ihn zurückgezogen."})
    assert (made.is_granted, proposal.state) == (False, ProposalState.WITHDRAWN)
    with pytest.raises(NothingToAppeal):
        appeals.appeal(proposal, words="Das bin ich.")


def test_author_appeals_by_the_link_and_reads_the_answer_there(client, withheld, second):
    token = intake.own_link(withheld)
    own = f"/vorschlaege/mein/{token}"
    assert "Nennt eine Person." in client.page(own).main.text
    client.page(f"{own}/beschwerde")
    page = client.page(f"{own}/beschwerde", 422, "POST", data={"words": ""})
    assert page.select_one("#words-error") is not None

    answer = client.post(f"{own}/beschwerde", data={"words": "Das bin ich."})

    assert (answer.status_code, answer.location) == (303, own)
    assert "Eine zweite Person liest sie." in client.page(own).main.text
    assert client.page(f"{own}/beschwerde").select("textarea") == []
    [made] = db.session.query(Appeal)
    assert [link["href"] for link in client.page(DESK).select("h2 a")] == [f"{DESK}/{made.id}"]
    client.page(f"{DESK}/{made.id}", 422, "POST", data={"result": "yes"})
    client.post(f"{DESK}/{made.id}", data={"result": "yes", "words": "Sie haben recht."})
    assert "Sie haben recht." in client.page(own).main.text
    assert client.get(f"{DESK}/{made.id}").status_code == 404
    assert withheld.state is RELEASED


def test_the_desk_says_who_must_not_answer(client, first, second):
    proposal = ProposalFactory(state=RECEIVED)
    moderation.withhold([proposal], reason="Werbung.", by=second)
    made = appeals.appeal(proposal, words="Ist es nicht.")

    page = client.page(f"{DESK}/{made.id}")
    refused = client.post(f"{DESK}/{made.id}", data={"result": "yes", "words": "Gut."})

    assert "Deshalb antwortet jemand anderes." in page.main.text
    assert page.select("main textarea") == []
    assert (refused.status_code, proposal.state) == (409, WITHHELD)
    page = client.page(f"/verwaltung/moderation/{proposal.reference}")
    assert "Dazu gibt es eine Beschwerde." in page.main.text


def test_answer_goes_to_a_confirmed_address_only(withheld, second, mails):
    other = ProposalFactory(state=RECEIVED)
    moderation.withhold([other], reason="Werbung.", by=None)
    for proposal, confirmed in ((withheld, now()), (other, None)):
        email = f"{proposal.id}@example.org"
        db.session.add(Contributor(proposal=proposal, email=email, email_confirmed_at=confirmed))
        db.session.commit()
        made = appeals.appeal(proposal, words="Das stimmt nicht.")
        appeals.answer(made, is_granted=False, words="Es bleibt dabei, weil.", by=second)

    [mail] = mails()
    assert (mail.to, mail.subject) == (
        f"{withheld.id}@example.org",
        f"Antwort auf Ihre Beschwerde zu {withheld.reference}",
    )
    assert "Es bleibt dabei, weil." in mail.text


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions(client, second, count_queries, count):
    for _ in range(count):
        proposal = ProposalFactory(state=RECEIVED)
        moderation.withhold([proposal], reason="Werbung.", by=None)
        appeals.appeal(proposal, words="Ist es nicht.")
    db.session.expire_all()

    with count_queries() as statements:
        assert len(queries.open_appeals()) == count
    assert len(statements) == 5


def test_only_whoever_contributed_gets_the_link_to_appeal(mails, first):
    proposal = ProposalFactory(state=RECEIVED)
    db.session.add(Contributor(proposal=proposal, email="b@example.org", email_confirmed_at=now()))
    for email in ("b@example.org", "folgt@example.org"):
        FollowFactory(text=proposal.text, email=email, created_at=now() - timedelta(days=1))
    moderation.withhold([proposal], reason="Werbung.", by=first)

    notices.tell_followers(at=now() + timedelta(hours=1))

    own = f"http://127.0.0.1:8000/vorschlaege/mein/{intake.own_link(proposal)}"
    assert {mail.to: own in mail.links for mail in mails()} == {"b@example.org": True, "folgt@example.org": False}
