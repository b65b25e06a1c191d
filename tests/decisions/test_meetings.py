from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Role
from app.concept.models import Goal, Section
from app.council.models import Meeting
from app.db import db
from app.decisions import queries
from app.decisions.errors import (
    AnswerChanged,
    DecisionReleased,
    MeetingRefused,
    NothingToRelease,
    ObjectionOpen,
    Outdated,
)
from app.decisions.services import decisions, meetings, referrals
from app.decisions.services.acceptance import NewGoal
from app.decisions.services.decisions import Receiver
from app.decisions.services.meetings import Verdict
from app.errors import SecondPersonNeeded
from app.process_date import ProcessDate
from app.proposals.models import Condensation, Decision, DecisionOutcome, Level
from app.workbench.services import objections
from tests.council.factories import MeetingFactory
from tests.decisions.factories import condensed, editor, organiser
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import MunicipalityFactory, OrganizationFactory
from tests.threads import at_once

ACCEPTED, REJECTED, DEFERRED, FORWARDED = (
    DecisionOutcome.ACCEPTED,
    DecisionOutcome.REJECTED,
    DecisionOutcome.DEFERRED,
    DecisionOutcome.FORWARDED,
)


def subjects(count):
    return [condensed(ProposalFactory(), wording=f"Wunsch {number}") for number in range(count)]


def stored():
    return db.session.scalars(select(Decision).order_by(Decision.id)).all()


def test_decide_meeting_decides_everything_with_its_own_answer():
    section, meeting, account = working_section(), MeetingFactory(day=date(2026, 9, 14)), organiser()
    first, second = subjects(2)

    meetings.decide_meeting(
        meeting,
        verdicts=[
            Verdict(first, ACCEPTED, "Danke, das kommt.", into=NewGoal(section, "Bis 2028 gibt es Abendkurse.")),
            Verdict(second, FORWARDED, "Das gehört dem Land.", forwarded_to="Sozialministerium"),
        ],
        by=account,
    )

    assert [
        (
            each.condensation,
            each.outcome,
            each.answer.current.content,
            each.meeting,
            each.organization,
            str(each.decided),
        )
        for each in stored()
    ] == [
        (first, ACCEPTED, "Danke, das kommt.", meeting, meeting.organization, "14. September 2026"),
        (second, FORWARDED, "Das gehört dem Land.", meeting, meeting.organization, "14. September 2026"),
    ]
    assert stored()[0].goal.text.current.content == "Bis 2028 gibt es Abendkurse."


def test_decide_meeting_names_what_is_refused_and_decides_nothing():
    section, meeting = working_section(), MeetingFactory()
    first, second, third = subjects(3)
    referrals.refer([second], to=OrganizationFactory(), by=None)
    verdicts = [
        Verdict(first, ACCEPTED, "Danke.", into=NewGoal(section, "Ein neues Ziel")),
        Verdict(second, REJECTED, "Nein."),
        Verdict(third, FORWARDED, "Weiter."),
    ]

    expected = {
        1: "Das liegt noch bei einem Arbeitskreis. Tragen Sie seine Empfehlung ein, oder holen Sie es zurück.",
        2: "Schreiben Sie dazu, an wen Sie den Vorschlag weitergeleitet haben.",
    }
    assert meetings.rehearse(meeting, verdicts, by=None) == expected
    with pytest.raises(MeetingRefused) as refused:
        meetings.decide_meeting(meeting, verdicts=verdicts, by=None)

    assert refused.value.refusals == expected
    assert (stored(), db.session.scalars(select(Goal)).all()) == ([], [])


def test_two_meetings_that_decide_on_the_same_things_wait_for_each_other(own_app):
    """PostgreSQL ends one of two that wait in a circle: each holds what the other wants next."""
    app = own_app()
    with app.app_context():
        section_id, meeting_ids = working_section().id, [MeetingFactory().id for _ in range(2)]
        condensations = [each.id for each in subjects(4)]
        db.session.remove()

    def decide_in(meeting_id, ids):
        section, meeting = db.session.get_one(Section, section_id), db.session.get_one(Meeting, meeting_id)
        verdicts = [
            Verdict(db.session.get_one(Condensation, each), ACCEPTED, "Ja.", into=NewGoal(section, f"Ziel {each}"))
            for each in ids
        ]
        return len(meetings.decide_meeting(meeting, verdicts=verdicts, by=None))

    results = at_once(
        app,
        lambda: decide_in(meeting_ids[0], condensations),
        lambda: decide_in(meeting_ids[1], condensations[::-1]),
    )

    assert results == [4, 4]


def test_rehearse_keeps_nothing():
    meeting, [subject] = MeetingFactory(), subjects(1)

    assert meetings.rehearse(meeting, [Verdict(subject, REJECTED, "Nein.")], by=None) == {}

    assert stored() == []


def test_recommended_leaves_out_what_is_decided_since():
    group = OrganizationFactory()
    first, second = subjects(2)
    proposal = ProposalFactory()
    made = referrals.refer([first, second, proposal], to=group, by=None)
    for referral in made:
        referrals.recommend(referral, outcome=REJECTED, reason="Zu teuer.", by=None)
    decisions.decide(first, outcome=REJECTED, answer="Nein.", by=None)

    assert [each.referral.subject for each in queries.recommended()] == [second, proposal]
    decisions.decide(queries.subject_of(made[2]), outcome=REJECTED, answer="Nein.", by=None)
    assert [each.referral.condensation for each in queries.recommended()] == [second]


def test_release_meeting_publishes_what_others_wrote_and_names_ones_own():
    meeting, author, second = MeetingFactory(), organiser(), organiser("Ole Beispiel")
    one, two, three, other = subjects(4)
    meetings.decide_meeting(
        meeting, verdicts=[Verdict(one, REJECTED, "Nein."), Verdict(two, DEFERRED, "Später.")], by=author
    )
    [own] = meetings.decide_meeting(meeting, verdicts=[Verdict(three, REJECTED, "Nein.")], by=second)
    decisions.decide(other, outcome=REJECTED, answer="Ohne Sitzung.", by=author)
    ids = [each.answer.current.id for each in stored()]

    published = meetings.release_meeting(meeting, version_ids=ids, by=second)

    assert ([each.condensation for each in published.released], published.own) == ([one, two], [own])
    assert [each.is_released for each in stored()] == [True, True, False, False]
    with pytest.raises(NothingToRelease):
        meetings.release_meeting(meeting, version_ids=ids, by=second)


def test_release_meeting_leaves_what_was_not_shown():
    meeting, author = MeetingFactory(), organiser()
    one, two = subjects(2)
    [shown] = meetings.decide_meeting(meeting, verdicts=[Verdict(one, REJECTED, "Nein.")], by=author)
    meetings.decide_meeting(meeting, verdicts=[Verdict(two, REJECTED, "Nein.")], by=author)

    meetings.release_meeting(meeting, version_ids=[shown.answer.current.id], by=editor())

    assert [each.is_released for each in stored()] == [True, False]


def test_release_meeting_holds_up_only_what_somebody_objected_to_since():
    meeting, proposal, [other] = MeetingFactory(), ProposalFactory(), subjects(1)
    subject = condensed(proposal)
    verdicts = [Verdict(each, REJECTED, "Nein.") for each in (subject, other)]
    waiting, published = meetings.decide_meeting(meeting, verdicts=verdicts, by=organiser())
    objections.object_to(subject, version_id=subject.text.current.id, proposal=proposal, words="So nicht.")
    ids = [each.answer.current.id for each in stored()]

    found = meetings.release_meeting(meeting, version_ids=ids, by=editor())

    assert (found.released, found.held_up) == ([published], [waiting])


def test_nobody_publishes_an_answer_they_have_not_read():
    meeting, author, third = MeetingFactory(), organiser(), organiser("Ole Beispiel")
    [decision] = meetings.decide_meeting(meeting, verdicts=[Verdict(subjects(1)[0], REJECTED, "Nein.")], by=author)
    read = decision.answer.current.id
    decisions.revise_answer(decision, answer="Nein, denn das gibt es schon.", by=third)

    with pytest.raises(AnswerChanged):
        decisions.release_decision(decision, version_id=read, by=author)
    with pytest.raises(NothingToRelease):
        meetings.release_meeting(meeting, version_ids=[read], by=author)

    assert not decision.is_released
    decisions.release_decision(decision, version_id=decision.answer.current.id, by=author)
    assert decision.is_released


def test_a_later_decision_takes_the_place_of_a_draft():
    [subject] = subjects(1)
    first = decisions.decide(subject, outcome=REJECTED, answer="Nein.", by=organiser())
    second = decisions.decide(subject, outcome=DEFERRED, answer="Später.", by=organiser("Ole Beispiel"))

    with pytest.raises(Outdated):
        decisions.release_decision(first, by=editor())
    assert queries.drafts() == [second]
    decisions.release_decision(second, by=editor())

    assert subject.decision == second


def test_a_correction_is_a_decision_of_its_own_and_both_stay():
    [subject] = subjects(1)
    first = decisions.decide(subject, outcome=DEFERRED, answer="Im Mai.", by=organiser())
    decisions.release_decision(first, by=editor())
    second = decisions.decide(subject, outcome=DEFERRED, answer="Im Juni.", by=organiser())

    assert subject.decision == first
    decisions.release_decision(second, by=editor())

    assert (subject.decision, [each.answer.current.content for each in subject.decisions]) == (
        second,
        ["Im Mai.", "Im Juni."],
    )


def test_revise_answer_writes_the_next_version_and_whoever_did_does_not_release_it():
    [subject], author, second = subjects(1), organiser(), organiser("Ole Beispiel")
    decision = decisions.decide(subject, outcome=DEFERRED, answer="Im Mai.", by=author)

    decisions.revise_answer(decision, answer="Im Juni.", by=second)

    assert [each.content for each in decision.answer.versions] == ["Im Mai.", "Im Juni."]
    with pytest.raises(SecondPersonNeeded):
        decisions.release_decision(decision, by=second)
    decisions.release_decision(decision, by=author)
    with pytest.raises(DecisionReleased):
        decisions.revise_answer(decision, answer="Im Juli.", by=second)


def test_forwarding_keeps_which_municipality_where_and_when():
    [subject] = subjects(1)
    municipality = MunicipalityFactory(name="Beispielort")
    decision = decisions.decide(
        subject,
        outcome=FORWARDED,
        answer="Das entscheidet der Ort.",
        forwarded_to=Receiver(
            "", Level.MUNICIPALITY, municipality, "Rathausplatz 1, 78000 Beispielort", date(2026, 9, 20)
        ),
        by=None,
    )

    forwarding = decision.forwarding
    assert (decision.forwarded_to, forwarding.municipality, forwarding.office_address, forwarding.forwarded_on) == (
        "Beispielort",
        municipality,
        "Rathausplatz 1, 78000 Beispielort",
        date(2026, 9, 20),
    )
    plain = decisions.decide(
        subject,
        outcome=FORWARDED,
        answer="Land.",
        forwarded_to="Land",
        ruling=decisions.Ruling(ProcessDate("2026-09-14")),
        by=None,
    )
    assert (plain.forwarding.level, plain.forwarding.forwarded_on) == (Level.OTHER, date(2026, 9, 14))


def objected():
    proposal = ProposalFactory()
    subject = condensed(proposal, wording="Wunsch mit Widerspruch")
    objections.object_to(
        subject, version_id=subject.text.current.id, proposal=proposal, words="So habe ich das nicht gemeint."
    )
    return subject


def test_decide_asks_for_a_word_while_somebody_objects():
    subject, section = objected(), working_section()

    with pytest.raises(ObjectionOpen):
        decisions.decide(subject, outcome=REJECTED, answer="Nein.", by=organiser())
    with pytest.raises(ObjectionOpen):
        decisions.accept(subject, into=NewGoal(section, "Ein Ziel"), answer="Ja.", by=organiser())
    decision = decisions.decide(
        subject, outcome=REJECTED, answer="Nein.", objection_reason="Die Frist läuft ab.", by=organiser()
    )
    decisions.release_decision(decision, by=editor())

    assert decision.objection_reply.reason.current.content == "Die Frist läuft ab."
    assert db.session.scalars(select(Goal)).all() == []


def test_release_waits_when_somebody_objected_since():
    proposal = ProposalFactory()
    subject = condensed(proposal)
    decision = decisions.decide(subject, outcome=REJECTED, answer="Nein.", by=organiser())
    objections.object_to(subject, version_id=subject.text.current.id, proposal=proposal, words="So nicht.")

    with pytest.raises(ObjectionOpen):
        decisions.release_decision(decision, by=editor())

    assert not decision.is_released


def test_two_who_release_at_once_do_it_once(own_app):
    app = own_app()
    with app.app_context():
        meeting, [subject] = MeetingFactory(), subjects(1)
        [decision] = meetings.decide_meeting(meeting, verdicts=[Verdict(subject, REJECTED, "Nein.")], by=organiser())
        decision_id, version_id, meeting_id = decision.id, decision.answer.current.id, meeting.id
        people = [AccountFactory(roles=[Role.EDITOR]).id for _ in range(2)]
        db.session.remove()

    def alone():
        decisions.release_decision(db.session.get_one(Decision, decision_id), by=db.session.get_one(Account, people[0]))
        return "released"

    def together():
        meeting = db.session.get_one(Meeting, meeting_id)
        account = db.session.get_one(Account, people[1])
        meetings.release_meeting(meeting, version_ids=[version_id], by=account)
        return "released"

    results = at_once(app, alone, together)

    assert sorted(each if each == "released" else type(each).__name__ for each in results) in (
        ["DecisionReleased", "released"],
        ["NothingToRelease", "released"],
    )
