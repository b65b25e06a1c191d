import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import queries as concept
from app.concept.models import CatalogueChange, Goal, Measure
from app.db import db
from app.decisions.errors import DecisionReleased, ReceiverMissing, ResultMissing, WordingReplaced
from app.decisions.services import decisions
from app.decisions.services.acceptance import AsWorded, NewGoal, NewMeasure, NewWording
from app.errors import AnswerMissing, SecondPersonNeeded
from app.proposals.errors import (
    NotReleased,
)
from app.proposals.models import Decision, DecisionOutcome, Passage, ProposalState
from app.proposals.outcomes import OUTCOME_CONDITIONS, outcomes_of
from app.proposals.queries import Filters, released
from app.texts.models import LinkKind, ThreadLink
from app.texts.services import Span
from app.workbench.errors import CondensationDecided
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import (
    CondensationFactory,
    ProposalFactory,
    working_section,
)
from tests.structures.factories import OrganizationFactory


def condensed(*proposals, wording="Kurse am Abend"):
    sources = [Source(Span.whole(proposal.text.current)) for proposal in proposals]
    return condensation.condense(wording=wording, sources=sources, by=None)


def organiser():
    return AccountFactory(roles=(Role.ORGANISER,))


def editor():
    return AccountFactory(roles=(Role.EDITOR,))


def accepted_links():
    links = db.session.scalars(select(ThreadLink).where(ThreadLink.kind == LinkKind.ACCEPTED).order_by(ThreadLink.id))
    return [(link.source.content, link.target.content) for link in links]


def test_accept_adds_a_goal_and_leads_to_its_wording():
    section, proposal = working_section(), ProposalFactory(is_example=True)
    subject = condensed(proposal)

    decision = decisions.accept(
        subject, into=NewGoal(section, "Bis 2028 gibt es Abendkurse."), answer="Danke! Das kommt.", by=organiser()
    )

    goal = decision.goal
    assert (goal.text.current.content, goal.is_example, goal.placement.section) == (
        "Bis 2028 gibt es Abendkurse.",
        True,
        section,
    )
    assert accepted_links() == [("Kurse am Abend", "Bis 2028 gibt es Abendkurse.")]
    assert decision.answer.current.content == "Danke! Das kommt."
    [change] = db.session.scalars(select(CatalogueChange).where(CatalogueChange.goal == goal))
    assert change.reason == f"Aus der Beteiligung: {proposal.reference}"
    assert (subject.decision, decision.is_released) == (None, False)


def test_accept_rewords_what_exists_and_a_passage_can_lead_there_directly():
    section = working_section()
    first = decisions.accept(condensed(ProposalFactory()), into=NewGoal(section, "Abendkurse."), answer="Ja.", by=None)
    proposal = ProposalFactory(content="Bitte auch online. Danke.")
    passage = Span.of(proposal.text.current, "Bitte auch online.")

    decision = decisions.accept(
        passage, into=NewWording(first.goal, "Abendkurse, auch online."), answer="Gern.", by=None
    )

    assert decision.goal == first.goal
    assert [version.content for version in first.goal.text.versions] == ["Abendkurse.", "Abendkurse, auch online."]
    assert (decision.passage.quote, accepted_links()[1][1]) == ("Bitte auch online.", "Abendkurse, auch online.")
    assert concept.working_catalogue().goal(first.goal.code).wording == "Abendkurse, auch online."


def test_accept_partly_adds_a_measure_for_a_goal():
    section = working_section()
    goal = decisions.accept(condensed(ProposalFactory()), into=NewGoal(section, "Eins."), answer="Ja.", by=None).goal
    into = NewMeasure(section, (goal,), "Zwei Abendkurse", OrganizationFactory())

    decision = decisions.accept(
        condensed(ProposalFactory(), wording="Mehr Kurse"),
        into=into,
        answer="Zum Teil.",
        outcome=DecisionOutcome.PARTLY,
        by=None,
    )

    assert (decision.goal, decision.measure.text.current.content) == (None, "Zwei Abendkurse")
    rewording = NewWording(decision.measure, "Drei Abendkurse")
    decisions.accept(condensed(ProposalFactory(), wording="Mehr"), into=rewording, answer="Ja.", by=None)
    assert decision.measure.text.current.content == "Drei Abendkurse"


def test_accept_as_worded_links_to_a_version_that_stands_already():
    goal = decisions.accept(
        condensed(ProposalFactory()), into=NewGoal(working_section(), "Eins."), answer="Ja.", by=None
    ).goal
    subject = condensed(ProposalFactory(), wording="Auch das")

    decisions.accept(subject, into=AsWorded(goal, goal.text.versions[0]), answer="Ja.", by=None)
    decisions.lead_to(subject, goal.text.versions[0])

    assert len(goal.text.versions) == 1
    assert accepted_links()[1:] == [("Auch das", "Eins.")]


def test_accept_without_an_answer_changes_nothing():
    section, subject = working_section(), condensed(ProposalFactory())

    with pytest.raises(AnswerMissing):
        decisions.accept(subject, into=NewGoal(section, "Eins."), answer=" ", by=None)

    assert [db.session.scalars(select(model)).all() for model in (Goal, Measure, Decision)] == [[], [], []]


def test_decide_asks_for_what_belongs_to_its_outcome():
    subject = CondensationFactory()

    with pytest.raises(AnswerMissing):
        decisions.decide(subject, outcome=DecisionOutcome.REJECTED, answer="", by=None)
    with pytest.raises(ReceiverMissing):
        decisions.decide(subject, outcome=DecisionOutcome.FORWARDED, answer="Weiter.", by=None)
    with pytest.raises(ResultMissing):
        decisions.decide(subject, outcome=DecisionOutcome.ACCEPTED, answer="Ja.", by=None)

    assert db.session.scalars(select(Decision)).all() == []


def test_decide_on_a_passage_uses_the_same_row_again():
    proposal = ProposalFactory(content="Ein Mobil, bitte.")
    passage = Span.of(proposal.text.current, "Ein Mobil")

    first = decisions.decide(passage, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=None)
    second = decisions.decide(passage, outcome=DecisionOutcome.REJECTED, answer="Nein.", by=None)

    assert (first.passage, second.passage.quote) == (second.passage, "Ein Mobil")
    assert len(db.session.scalars(select(Passage)).all()) == 1


def test_decide_refuses_what_is_not_released():
    proposal = ProposalFactory(state=ProposalState.RECEIVED)

    with pytest.raises(NotReleased):
        decisions.decide(Span.whole(proposal.text.current), outcome=DecisionOutcome.REJECTED, answer="Nein.", by=None)


def test_release_decision_needs_a_second_person():
    author, second = organiser(), editor()
    subject = condensed(ProposalFactory())
    decision = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=author)

    with pytest.raises(SecondPersonNeeded):
        decisions.release_decision(decision, by=author)
    assert subject.decision is None
    decisions.release_decision(decision, by=second)

    assert (subject.decision, decision.made_by_id, decision.released_by_id) == (decision, author.id, second.id)
    with pytest.raises(DecisionReleased):
        decisions.release_decision(decision, by=second)


def test_reword_is_refused_once_a_decision_is_released():
    proposal = ProposalFactory()
    subject = condensed(proposal)
    sources = [Source(Span.whole(proposal.text.current))]
    condensation.reword_condensation(subject, wording="Noch offen", sources=sources, by=None)
    decision = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=organiser())
    decisions.release_decision(decision, by=editor())

    with pytest.raises(CondensationDecided):
        condensation.reword_condensation(subject, wording="Zu spät", sources=sources, by=None)

    assert subject.text.current.content == "Noch offen"


def test_an_answer_is_published_only_to_the_wording_it_was_written_for():
    proposal = ProposalFactory()
    subject, author, second = condensed(proposal), organiser(), editor()
    early = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=author)
    sources = [Source(Span.whole(proposal.text.current))]
    condensation.reword_condensation(subject, wording="Etwas anderes", sources=sources, by=None)

    with pytest.raises(WordingReplaced):
        decisions.release_decision(early, by=second)
    anew = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Auch später.", by=author)
    decisions.release_decision(anew, by=second)

    assert (subject.decision, early.is_released) == (anew, False)


def prepare_outcomes():
    """One contribution of each kind of outcome; the last decision released on a subject holds."""
    author, second = organiser(), editor()
    mixed, waiting, fresh, draft = (ProposalFactory(content=f"Eins {n}. Zwei {n}.") for n in range(4))
    subject = condensed(mixed, wording="Aus mehreren")
    for outcome in (DecisionOutcome.REJECTED, DecisionOutcome.DEFERRED):
        decision = decisions.decide(subject, outcome=outcome, answer="Weil.", by=author)
        decisions.release_decision(decision, by=second)
    passage = Span.of(mixed.text.current, "Zwei 0.")
    direct = decisions.decide(
        passage, outcome=DecisionOutcome.FORWARDED, forwarded_to="Land", answer="Weiter.", by=author
    )
    decisions.release_decision(direct, by=second)
    condensed(waiting, wording="Noch nichts")
    decisions.decide(condensed(draft, wording="Entwurf"), outcome=DecisionOutcome.REJECTED, answer="Nein.", by=author)
    return mixed, waiting, fresh, draft


def test_outcomes_of_follow_from_the_released_decisions_that_hold():
    mixed, waiting, fresh, draft = prepare_outcomes()

    found = outcomes_of([mixed, waiting, fresh, draft])

    assert {each.reference: found[each.id].slugs for each in (mixed, waiting, fresh, draft)} == {
        mixed.reference: ["weitergeleitet", "zurueckgestellt"],
        waiting.reference: ["zusammengefuehrt"],
        fresh.reference: ["offen"],
        draft.reference: ["zusammengefuehrt"],
    }


def test_released_filters_by_outcome_as_it_is_shown():
    proposals = prepare_outcomes()
    shown = outcomes_of(proposals)

    for slug in OUTCOME_CONDITIONS:
        found = released(Filters(outcome=slug)).items
        assert set(found) == {each for each in proposals if slug in shown[each.id].slugs}, slug


def test_outcomes_of_asks_as_often_for_three_as_for_one(count_queries):
    proposals = [prepare_outcomes()[0] for _ in range(3)]
    counts = []

    for some in (proposals[:1], proposals):
        db.session.expire_all()
        for proposal in some:
            db.session.refresh(proposal)
        with count_queries() as statements:
            outcomes_of(some)
        counts.append(len(statements))

    assert counts == [6, 6]
