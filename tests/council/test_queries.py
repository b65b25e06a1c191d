from datetime import date

import pytest

from app.council import queries
from app.council.models import ConsultationRole
from app.process_date import ProcessDate
from tests.council.factories import (
    ConsultationFactory,
    ConsultationMeetingFactory,
    MeetingFactory,
    MeetingResultFactory,
    PaperFactory,
    ResolutionFactory,
)


def test_papers_come_by_date_with_undated_ones_last():
    undated = PaperFactory(dated_on=None)
    old = PaperFactory(dated_on=date(2016, 6, 16))
    new = PaperFactory(dated_on=date(2026, 1, 1))

    assert queries.papers() == [new, old, undated]


def test_papers_leaves_out_drafts():
    sent, draft = PaperFactory(), PaperFactory(sent_at=None)

    assert queries.papers() == [sent]
    assert queries.papers(with_drafts=True) == [sent, draft]


@pytest.mark.parametrize("search", ["2016/114", "16/11", "rahmenKONZEPT"])
def test_papers_searches_numbers_and_titles(search):
    found = PaperFactory(number="2016/114", title="Rahmenkonzept")
    PaperFactory(number="2016/215", title="Etwas anderes")

    assert queries.papers(search=search) == [found]


def test_papers_takes_what_is_searched_word_for_word():
    PaperFactory(number="2016/114")

    assert queries.papers(search="2016_114") == []


def test_papers_of_a_body_are_those_it_deals_with():
    consultation = ConsultationFactory()
    ConsultationFactory()

    assert queries.papers(body=consultation.organization) == [consultation.paper]


def test_bodies_with_papers_leaves_out_those_of_drafts():
    consultation = ConsultationFactory()
    ConsultationFactory(paper=PaperFactory(sent_at=None))

    assert queries.bodies_with_papers() == [consultation.organization]


@pytest.mark.parametrize("number", [1, 3])
def test_papers_takes_the_same_number_of_queries_for_any_number(count_queries, number):
    for _ in range(number):
        consultation = ConsultationMeetingFactory().consultation
        ResolutionFactory(consultation=consultation, meeting=consultation.sittings[0].meeting)

    with count_queries() as statements:
        for paper in queries.papers():
            [consultation] = paper.consultations
            assert paper.organization.name
            assert consultation.organization.name
            assert consultation.sittings[0].meeting.organization.name
            assert consultation.resolution.meeting.title

    assert len(statements) == 4


def test_find_paper_takes_the_same_number_of_queries_however_long_its_way_is(count_queries):
    paper = PaperFactory()
    for position in (1, 2, 3):
        ConsultationMeetingFactory(consultation=ConsultationFactory(paper=paper, position=position))
    paper_id = paper.id

    with count_queries() as statements:
        found = queries.find_paper(paper_id)
        assert [sitting.meeting.day for each in found.consultations for sitting in each.sittings]
        assert [section.current.content for section in (found.proposal, found.facts, found.financial)]
        assert found.annexes == []

    assert len(statements) == 8


def test_meetings_of_a_body_come_with_their_results_oldest_first():
    second = MeetingFactory(day=date(2016, 6, 14))
    body = second.organization
    first = MeetingFactory(day=date(2016, 3, 29), organization=body)
    result = MeetingResultFactory(meeting=first)
    MeetingFactory()

    assert [(meeting, list(meeting.results)) for meeting in queries.meetings_of(body)] == [
        (first, [result]),
        (second, []),
    ]


def test_meeting_days_leaves_out_cancelled_meetings():
    meeting = MeetingFactory(day=date(2016, 7, 4))
    MeetingFactory(day=date(2016, 7, 5), organization=meeting.organization, is_cancelled=True)
    other = MeetingFactory().organization

    assert queries.meeting_days([meeting.organization]) == {meeting.organization_id: [date(2016, 7, 4)]}
    assert set(queries.meeting_days([meeting.organization, other])) == {meeting.organization_id, other.id}


def test_meetings_since_a_day():
    MeetingFactory(day=date(2016, 7, 3))
    later = MeetingFactory(day=date(2016, 7, 4))

    assert queries.meetings(since=date(2016, 7, 4)) == [later]


def test_consultations_in_a_meeting_come_in_the_order_of_the_agenda():
    meeting = MeetingFactory()
    consultations = [
        ConsultationMeetingFactory(
            meeting=meeting, consultation__organization=meeting.organization, consultation__agenda_item=item
        ).consultation
        for item in ("10.1", "c)", "2", "")
    ]
    ConsultationMeetingFactory(
        meeting=meeting,
        consultation__organization=meeting.organization,
        consultation__paper=PaperFactory(sent_at=None),
    )

    tenth, third, second, unnumbered = consultations
    assert queries.consultations_in(meeting) == [unnumbered, second, tenth, third]


@pytest.mark.parametrize(
    ("decision", "is_too_early"),
    [("2016-07-25", False), ("2016-07-04", False), ("2016-07-03", True), ("2016-07", True), ("", False)],
)
def test_decided_too_early_finds_who_advises_after_the_decision(decision, is_too_early):
    advice = ConsultationMeetingFactory(meeting__day=date(2016, 7, 4)).consultation
    paper = advice.paper
    ConsultationFactory(
        paper=paper, role=ConsultationRole.DECISION, position=advice.position + 1, planned=ProcessDate(decision)
    )

    assert queries.decided_too_early(paper) == ([advice] if is_too_early else [])
