from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import catalogue
from app.concept import services as concept
from app.concept.facts import MeasureFacts
from app.concept.models import Effect, GoalKind
from app.council.models import Outcome
from app.db import db, now
from app.decisions.services import decisions
from app.decisions.services.acceptance import NewGoal, NewMeasure, NewWording
from app.moderation.services import moderation
from app.monitoring import services as monitoring
from app.monitoring.models import Progress
from app.process_date import ProcessDate
from app.proposals import thread
from app.proposals.models import DecisionOutcome, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Statement
from app.proposals.thread.segments import Segment, segments
from app.proposals.thread.steps import Drawn
from app.texts import services as texts
from app.texts.models import TextVersion
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, ThemeTableFactory, working_section
from tests.structures.factories import OrganizationFactory


def at(day):
    return datetime(2026, 6, day, 10, tzinfo=UTC)


class Story:
    """Two voices of a table become one wording, a goal, an edition, a resolution, a measure and its progress."""

    def __init__(self):
        organiser, editor = AccountFactory(roles=(Role.ORGANISER,)), AccountFactory(roles=(Role.EDITOR,))
        self.section, self.table = working_section(), ThemeTableFactory()
        shared = {"table": self.table, "event": self.table.event, "state": ProposalState.RECEIVED}
        self.first = ProposalFactory(
            content="Kurse nur am Vormittag! Bitte abends.", received_on=date(2026, 6, 1), **shared
        )
        self.second = ProposalFactory(
            content="Could it be online?",
            language="en",
            german="Ginge es online?",
            received_on=date(2026, 6, 1),
            **shared,
        )
        moderation.release([self.first, self.second], by=organiser, at=at(2))
        self.condensation = condensation.condense(
            wording="Kurse abends und online",
            sources=[
                Source(Span.of(self.first.text.current, "Bitte abends."), "abends"),
                Source(Span.whole(self.second.text.current), "online"),
            ],
            section=self.section,
            by=organiser,
            at=at(3),
        )
        self.decision = decisions.accept(
            self.condensation,
            into=NewGoal(self.section, "Kurse gibt es abends und online."),
            answer="Danke, das kommt.",
            by=organiser,
            at=at(4),
        )
        self.goal = self.decision.goal
        self.editor = editor

    def finish(self):
        decisions.release_decision(self.decision, by=self.editor, at=at(5))
        self.measure = concept.add_measure(
            MeasureFacts(responsible=OrganizationFactory()),
            section=self.section,
            goals=[self.goal],
            wording="Zwei Abendkurse",
            reason="",
            by=None,
        )
        paper = PaperFactory(sent_at=None)
        consultation = ConsultationFactory(paper=paper)
        self.edition = concept.send_paper(
            paper,
            slug="1.1",
            number="1.1",
            title="Fassung 1.1",
            reason="Fortschreibung",
            by=None,
            cut_at=at(6),
            allow_incomplete=True,
        )
        concept.record_resolution(
            consultation, outcome=Outcome.AGREED, effect=Effect.FINAL, decided=ProcessDate("2026-06-07"), by=None
        )
        monitoring.note_progress(self.measure, progress=Progress.STARTED, noted=ProcessDate("2026-06-08"), by=None)
        return self


def kinds(found):
    return [(type(step).__name__, str(step.on.notation)) for step in found.steps]


WHOLE = [
    ("Said", "2026-06-01"),
    ("Said", "2026-06-01"),
    ("Moderated", "2026-06-02"),
    ("Condensed", "2026-06-03"),
    ("Decided", "2026-06-04"),
    ("Worded", "2026-06-06"),
    ("Planned", "2026-06-06"),
    ("Resolved", "2026-06-07"),
    ("Progressed", "2026-06-08"),
]


def test_thread_of_a_goal_tells_everything_in_order():
    story = Story().finish()

    found = thread.of_result(story.goal)

    assert kinds(found) == WHOLE
    said, _, moderated, condensed, decided, worded, planned, resolved, progressed = found.steps
    assert (said.number, said.proposal, said.is_hidden) == (1, story.first, False)
    assert (moderated.numbers, moderated.role) == ((1, 2), "organiser")
    assert [(each.number, each.quote, each.language) for each in condensed.passages] == [
        (1, "Bitte abends.", "de"),
        (2, "Could it be online?", "en"),
    ]
    assert (decided.decision, decided.numbers) == (story.decision, (1, 2))
    assert (worded.edition, worded.version, worded.before) == (story.edition, story.goal.text.current, None)
    assert planned.measures == ((story.measure, story.measure.text.current),)
    assert (resolved.adoption.effect, progressed.note.progress) == (Effect.FINAL, Progress.STARTED)


def test_thread_of_a_proposal_is_the_same_with_the_voices_it_was_joined_with():
    story = Story().finish()

    assert kinds(thread.of_proposal(story.first)) == WHOLE
    assert [voice.proposal for voice in thread.of_proposal(story.second).voices] == [story.first, story.second]


def test_thread_of_a_proposal_keeps_what_is_not_released():
    story = Story()

    assert kinds(thread.of_proposal(story.first)) == WHOLE[:4]
    assert [type(step).__name__ for step in thread.of_result(story.goal).steps] == [
        *("Said", "Said", "Moderated", "Condensed", "Worded")
    ]


def test_thread_of_a_measure_has_its_own_voices():
    story = Story().finish()
    proposal = ProposalFactory(received_on=date(2026, 6, 1))
    passage = Span.whole(proposal.text.current)
    decisions.accept(passage, into=NewWording(story.measure, "Drei Abendkurse"), answer="Gern.", by=None, at=at(9))

    found = thread.of_result(story.measure)

    assert [type(step).__name__ for step in found.steps] == ["Said", "Worded", "Resolved", "Progressed", "Worded"]
    worded = found.steps[-1]
    assert (worded.before.content, worded.version.content, worded.edition) == (
        "Zwei Abendkurse",
        "Drei Abendkurse",
        None,
    )
    assert [each.quote for each in worded.passages] == [proposal.text.current.content]


def test_thread_shows_each_wording_and_says_where_it_stays():
    story = Story().finish()
    concept.cut_edition(
        slug="1.2", number="1.2", title="1.2", reason="x", by=None, cut_at=at(10), allow_incomplete=True
    )
    concept.reword_goal(story.goal, wording="Kurse gibt es abends, online und samstags.", reason="Nachgefragt", by=None)

    worded = [step for step in thread.of_result(story.goal).steps if isinstance(step, thread.Worded)]

    assert [(step.version.number, step.is_unchanged, step.reason) for step in worded] == [
        (1, False, f"Aus der Beteiligung: {story.first.reference}, {story.second.reference}"),
        (1, True, ""),
        (2, False, "Nachgefragt"),
    ]


def test_thread_of_a_proposal_begins_with_the_wording_that_took_it_up():
    section = working_section()
    goal = concept.add_goal(section=section, kind=GoalKind.SUB, wording="Kurse.", reason="", by=None)
    for number in ("1.0", "1.1"):
        concept.cut_edition(
            slug=number,
            number=number,
            title=number,
            reason="x",
            by=None,
            cut_at=at(int(number[-1]) + 1),
            allow_incomplete=True,
        )
    proposal = ProposalFactory()
    decision = decisions.accept(
        Span.whole(proposal.text.current), into=NewWording(goal, "Kurse abends."), answer="Ja.", by=AccountFactory()
    )
    decisions.release_decision(decision, by=AccountFactory())
    concept.cut_edition(slug="2", number="2", title="2", reason="x", by=None, allow_incomplete=True)

    worded = [step for step in thread.of_proposal(proposal).steps if isinstance(step, thread.Worded)]

    assert [(step.edition.number, step.before.content, step.version.content) for step in worded] == [
        ("2", "Kurse.", "Kurse abends.")
    ]
    assert len([step for step in thread.of_result(goal).steps if isinstance(step, thread.Worded)]) == 3


def test_thread_hides_the_words_of_what_is_withheld_later():
    story = Story().finish()
    moderation.withhold([story.first], reason="Nennt eine Person.", by=None)

    found = thread.of_result(story.goal)

    assert [voice.is_hidden for voice in found.voices] == [True, False]
    [condensed] = [step for step in found.steps if isinstance(step, thread.Condensed)]
    assert [each.is_hidden for each in condensed.passages] == [True, False]


def test_thread_of_a_direct_decision_shows_its_answer():
    proposal = ProposalFactory(content="Ein Mobil, bitte. Danke.")
    passage = Span.of(proposal.text.current, "Ein Mobil, bitte.")
    decision = decisions.decide(passage, outcome=DecisionOutcome.DEFERRED, answer="Nächstes Jahr.", by=AccountFactory())
    decisions.release_decision(decision, by=AccountFactory())

    [_, decided] = thread.of_proposal(proposal).steps

    assert (decided.decision, decided.numbers) == (decision, (1,))


def test_thread_shows_every_wording_of_a_condensation():
    story = Story()
    sources = [Source(Span.whole(story.second.text.current))]
    condensation.reword_condensation(story.condensation, wording="Kurse online", sources=sources, by=None)

    condensed = [step for step in thread.of_result(story.goal).steps if isinstance(step, thread.Condensed)]

    assert [(step.before and step.before.number, [each.number for each in step.passages]) for step in condensed] == [
        (None, [1, 2]),
        (1, [2]),
    ]


def test_thread_asks_as_often_for_three_voices_as_for_one(count_queries):
    section = working_section()
    goals = []
    for count in (1, 3):
        proposals = ProposalFactory.create_batch(count, german="Übersetzt", table=ThemeTableFactory())
        moderation.release([], by=None)
        sources = [Source(Span.whole(each.text.current)) for each in proposals]
        subject = condensation.condense(wording=f"Ziel {count}", sources=sources, by=None)
        goals.append(decisions.accept(subject, into=NewGoal(section, f"Ziel {count}."), answer="Ja.", by=None).goal)
    concept.cut_edition(slug="1", number="1", title="1", reason="x", by=None, allow_incomplete=True)
    counts = []

    for goal in goals:
        db.session.expire_all()
        db.session.refresh(goal)
        with count_queries() as statements:
            found = thread.of_result(goal)
            assert [step.proposal.translation.current.content for step in found.voices]
        counts.append(len(statements))

    assert counts == [32, 32]


def test_segments_name_the_source_of_the_shortest_passage_and_lose_nobody():
    wording = "Kurse abends und online"
    passages = [
        Drawn(number=1, quote="", language="de", start=6, end=12),
        Drawn(number=2, quote="", language="de", start=0, end=23),
        Drawn(number=3, quote="", language="de", start=0, end=23),
    ]

    assert segments(wording, passages) == [
        Segment("Kurse ", 2),
        Segment("abends", 1),
        Segment(" und online", 2),
        Segment("", 3),
    ]
    assert segments(wording, []) == [Segment(wording)]


QUOTES = st.tuples(st.integers(0, 20), st.integers(1, 12))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), st.text("aäß 😀ш.", min_size=1, max_size=30)),
        st.tuples(st.just("condense"), st.lists(QUOTES, min_size=1, max_size=3)),
        st.tuples(st.just("reword"), st.lists(QUOTES, min_size=1, max_size=3)),
        st.tuples(st.just("accept"), QUOTES),
    ),
    min_size=3,
    max_size=12,
)


def some_passage(proposals, numbers):
    first, length = numbers
    version = proposals[first % len(proposals)].text.current
    start = first % len(version.content)
    return Span(version, start, min(start + length, len(version.content)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_thread_reaches_every_source_with_its_exact_words(steps):
    section = working_section()
    proposals, condensations, expected = [ProposalFactory(content="Am Anfang steht ein Satz.")], [], {}
    goals = {}
    for step, value in steps:
        if step == "submit" and texts.normalize(value):
            proposals.append(intake.submit(Statement(value, language="de")).proposal)
            moderation.release([proposals[-1]], by=None)
        elif step == "condense":
            spans = [some_passage(proposals, numbers) for numbers in value]
            subject = condensation.condense(
                wording=f"Wortlaut {len(condensations)}", sources=[Source(span) for span in spans], by=None
            )
            condensations.append(subject)
            expected[subject.id] = {(span.version.id, span.quote) for span in spans}
        elif step == "reword" and condensations:
            spans = [some_passage(proposals, numbers) for numbers in value]
            subject = condensations[value[0][0] % len(condensations)]
            condensation.reword_condensation(
                subject, wording=f"Neu {value}", sources=[Source(span) for span in spans], by=None
            )
            expected[subject.id] |= {(span.version.id, span.quote) for span in spans}
        elif step == "accept" and condensations:
            subject = condensations[value[0] % len(condensations)]
            goal = decisions.accept(subject, into=NewGoal(section, f"Ziel {value}"), answer="Ja.", by=None).goal
            goals[goal] = subject
    if goals:
        db.session.expire_all()
        edition = concept.cut_edition(
            slug=f"f-{now().timestamp()}",
            number=f"{now().timestamp():.6f}",  # each is higher
            title="x",
            reason="x",
            by=None,
            allow_incomplete=True,
        )
        check_sources(goals, expected)
        redacted = db.session.scalars(select(TextVersion).where(TextVersion.id == proposals[0].text.current.id)).one()
        texts.redact(Span(redacted, 3, 9), role="moderator", reason="Name", by=None)
        check_sources(goals, {key: {blackened(pair) for pair in pairs} for key, pairs in expected.items()}, exact=False)
        assert catalogue.checksum(edition.document) == edition.sha256


def blackened(pair):
    return pair[0], len(pair[1])


def check_sources(goals, expected, *, exact=True):
    for goal, subject in goals.items():
        found = thread.of_result(goal)
        versions = {voice.number: voice.version.id for voice in found.voices}
        reached = {
            (versions[each.number], each.quote if exact else len(each.quote))
            for step in found.steps
            if isinstance(step, thread.Condensed)
            for each in step.passages
        }
        assert expected[subject.id] <= reached


@pytest.mark.parametrize("state", [ProposalState.RECEIVED, ProposalState.RELEASED])
def test_thread_of_a_new_proposal_is_what_was_said(state):
    proposal = ProposalFactory(state=state)

    assert [type(step).__name__ for step in thread.of_proposal(proposal).steps] == ["Said"]


def test_measure_that_was_accepted_shows_in_the_thread_of_the_goal_it_serves():
    story = Story()
    into = NewMeasure(story.section, (story.goal,), "Ein Kurs", OrganizationFactory())
    decision = decisions.accept(story.condensation, into=into, answer="Ja.", by=None)

    planned = [step for step in thread.of_result(story.goal).steps if isinstance(step, thread.Planned)]

    assert [step.measures for step in planned] == [((decision.measure, decision.measure.text.current),)]
