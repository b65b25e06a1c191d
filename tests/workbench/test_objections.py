from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Role
from app.db import db, now
from app.decisions.services import decisions
from app.errors import AnswerMissing
from app.mail.models import OutgoingMail
from app.proposals import thread
from app.proposals.entries import entries
from app.proposals.models import Condensation, Contributor, DecisionOutcome, Objection, ObjectionOutcome, Proposal
from app.proposals.services import intake, notices
from app.proposals.standing import STANDING
from app.texts.errors import TextEmpty
from app.texts.services import Span
from app.workbench import queries
from app.workbench.errors import (
    CondensationDecided,
    CondensationEnded,
    NoneOfYourWords,
    ObjectedAlready,
    ObjectionAnswered,
    ObjectionTooLate,
    WordingChanged,
)
from app.workbench.services import condensation as condensing
from app.workbench.services import endings, objections
from app.workbench.services.condensation import Source
from app.workbench.services.endings import Part
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.threads import at_once


@pytest.fixture
def proposal():
    return ProposalFactory(content="Bänke mit Lehne.")


@pytest.fixture
def sources(proposal):
    return [Source(Span.whole(each.text.current)) for each in (proposal, ProposalFactory())]


@pytest.fixture
def condensation(sources):
    return condensing.condense(wording="Mehr Bänke", sources=sources, by=None)


def objected(condensation, proposal, **more):
    typed = {"words": "Auf die Lehne kommt es an.", "version_id": condensation.text.current.id, **more}
    return objections.object_to(condensation, proposal=proposal, **typed)


def test_object_is_seen_by_those_who_decide_and_on_the_thread(condensation, proposal):
    objection = objected(condensation, proposal)

    assert queries.open_objections(condensation) == [objection]
    assert queries.all_open_objections() == [objection]
    [step] = [step for step in thread.of_proposal(proposal).steps if isinstance(step, thread.Objected)]
    assert (step.objection, step.number) == (objection, 1)


@pytest.mark.parametrize(("may_be_quoted", "shown"), [(False, ""), (True, "Auf die Lehne kommt es an.")])
def test_object_shows_its_words_only_if_whoever_objects_agrees(app, condensation, proposal, may_be_quoted, shown):
    objected(condensation, proposal, may_be_quoted=may_be_quoted)

    with app.test_request_context():
        found = entries(thread.of_proposal(proposal))

    [entry] = [entry for entry in found if "widerspricht" in str(entry.get("title"))]
    assert entry["text"] == shown


def test_object_is_refused_to_whom_no_word_belongs(condensation):
    with pytest.raises(NoneOfYourWords):
        objected(condensation, ProposalFactory())


def test_object_is_refused_a_second_time_and_with_nothing(condensation, proposal):
    with pytest.raises(TextEmpty):
        objected(condensation, proposal, words=" ")
    objected(condensation, proposal)

    with pytest.raises(ObjectedAlready):
        objected(condensation, proposal)


def test_object_is_possible_until_the_last_day(condensation, proposal):
    last = condensation.made_at + STANDING + timedelta(days=14)

    with pytest.raises(ObjectionTooLate):
        objected(condensation, proposal, at=last + timedelta(seconds=1))
    assert objected(condensation, proposal, at=last).is_open


def test_object_to_an_earlier_wording_is_refused_and_the_new_one_opens_it_again(condensation, proposal, sources):
    before = condensation.text.current.id
    objected(condensation, proposal)
    condensing.reword_condensation(condensation, wording="Mehr Bänke für alle", sources=sources, by=None)

    with pytest.raises(WordingChanged):
        objected(condensation, proposal, version_id=before)
    objected(condensation, proposal)

    assert len(queries.open_objections(condensation)) == 2


def test_object_is_refused_once_it_ended_or_was_decided(condensation, proposal, sources):
    decision = decisions.decide(condensation, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=AccountFactory())
    decisions.release_decision(decision, by=AccountFactory())
    with pytest.raises(CondensationDecided):
        objected(condensation, proposal)
    other = condensing.condense(wording="Anders", sources=sources, by=None)
    endings.dissolve(other, reason="Nein", by=None)

    with pytest.raises(CondensationEnded):
        objected(other, proposal)


def reword(condensation, sources):
    condensing.reword_condensation(condensation, wording="Mehr Bänke mit Lehne", sources=sources, by=None)


def split(condensation, sources):
    endings.split(condensation, parts=[Part("Eins", sources), Part("Zwei", sources)], reason="Zwei.", by=None)


def dissolve(condensation, sources):
    endings.dissolve(condensation, reason="Nein.", by=None)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda *_: None, ObjectionOutcome.KEPT),
        (reword, ObjectionOutcome.REWORDED),
        (split, ObjectionOutcome.SPLIT),
        (dissolve, ObjectionOutcome.DISSOLVED),
    ],
)
def test_answer_says_what_came_of_it(condensation, proposal, sources, change, outcome):
    objection = objected(condensation, proposal)
    change(condensation, sources)
    moderator = AccountFactory(roles=(Role.MODERATOR,))

    assert objections.answer_objection(objection, answer="Danke, so ist es.", by=moderator) is outcome

    assert (objection.is_open, objection.answered_by_id) == (False, moderator.id)
    assert queries.open_objections(condensation) == []
    [step] = [step for step in thread.of_proposal(proposal).steps if isinstance(step, thread.Answered)]
    assert step.objection.answer.current.content == "Danke, so ist es."


def test_answer_needs_words_and_comes_once(condensation, proposal):
    objection = objected(condensation, proposal)
    with pytest.raises(AnswerMissing):
        objections.answer_objection(objection, answer=" ", by=None)
    objections.answer_objection(objection, answer="Danke.", by=None)

    with pytest.raises(ObjectionAnswered):
        objections.answer_objection(objection, answer="Nochmal.", by=None)


def contribute(proposal, *, is_confirmed):
    proposal.contributor = Contributor(email="Person@example.org", email_confirmed_at=None)
    db.session.commit()
    if is_confirmed:
        intake.confirm_email(proposal.contributor)


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_answer_goes_to_a_confirmed_address(condensation, proposal, mails, is_confirmed):
    contribute(proposal, is_confirmed=is_confirmed)
    objection = objected(condensation, proposal)

    objections.answer_objection(objection, answer="Die Lehne ist gemeint.", by=None)

    found = [(mail.to, "Die Lehne ist gemeint." in mail.text) for mail in mails()]
    assert found == ([("Person@example.org", True)] if is_confirmed else [])


def test_news_tell_whoever_is_quoted_where_to_object_and_nobody_else(proposal, sources, mails):
    contribute(proposal, is_confirmed=True)
    other = ProposalFactory()
    other.contributor = Contributor(email="andere@example.org")
    intake.confirm_email(other.contributor)
    condensing.condense(wording="Mehr Bänke", sources=sources, by=None)
    condensing.condense(wording="Mehr Parks", sources=[Source(Span.whole(other.text.current))], by=None)

    notices.tell_followers(at=now() + STANDING)

    links = {mail.to: [link for link in mail.links if link.endswith("/widerspruch")] for mail in mails()}
    assert {to: [intake.read_own_link(link.split("/")[-2]) for link in found] for to, found in links.items()} == {
        "person@example.org": [proposal],
        "andere@example.org": [other],
    }


def test_two_objections_at_once_are_one(own_app):
    app = own_app()
    with app.app_context():
        proposal = ProposalFactory()
        made = condensing.condense(wording="Eins", sources=[Source(Span.whole(proposal.text.current))], by=None)
        ids = (made.id, proposal.id)

    def act():
        condensation, mine = db.session.get_one(Condensation, ids[0]), db.session.get_one(Proposal, ids[1])
        return objected(condensation, mine).id

    results = at_once(app, *[act] * 4)

    assert sorted(type(each).__name__ for each in results) == [*["ObjectedAlready"] * 3, "int"]


@pytest.mark.parametrize("change", ["SET may_be_quoted = true", "SET outcome = 'kept'", "SET answered_by_id = 99"])
def test_database_keeps_an_answered_objection(condensation, proposal, change):
    objection = objected(condensation, proposal)
    reword(condensation, [Source(Span.whole(proposal.text.current))])
    objections.answer_objection(objection, answer="Danke.", by=AccountFactory())

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(f"UPDATE objection {change}"))


def test_objections_leave_no_mail_without_an_address(condensation, proposal):
    objections.answer_objection(objected(condensation, proposal), answer="Danke.", by=None)

    assert db.session.scalars(select(OutgoingMail)).all() == []
    assert len(db.session.scalars(select(Objection)).all()) == 1
