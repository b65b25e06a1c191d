from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from app.council import services
from app.council.errors import (
    AnotherBody,
    BodyDissolved,
    EndsBeforeStart,
    MeetingCancelled,
    NumberTaken,
    PaperChanged,
    PaperNotSent,
    PaperSent,
    SlugTaken,
)
from app.council.models import (
    Annex,
    AnnexContent,
    ConsultationRole,
    FinancialEffect,
    Outcome,
    Paper,
    PaperKind,
    ResultKind,
)
from app.db import db
from app.process_date import ProcessDate
from app.texts import services as texts
from app.texts.errors import TextEmpty
from tests.council.factories import (
    AnnexFactory,
    ConsultationFactory,
    ConsultationMeetingFactory,
    MeetingFactory,
    PaperFactory,
)
from tests.structures.factories import OrganizationFactory

START = datetime(2026, 3, 16, 13, 30, tzinfo=UTC)
END = datetime(2026, 3, 16, 16, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, tzinfo=UTC)


def create_paper(**more):
    values = {
        "kind": PaperKind.RESOLUTION_PROPOSAL,
        "title": "Über Brücken",
        "proposal": "Zugestimmt.",
        "facts": "So ist es.",
        "financial": "Keine.",
        "financial_effect": FinancialEffect.NONE,
    }
    return services.create_paper(**{**values, "organization": OrganizationFactory(), **more})


def head(paper, **more):
    return {
        "kind": paper.kind,
        "title": paper.title,
        "organization": paper.organization,
        "number": paper.number,
        "dated_on": paper.dated_on,
        "financial_effect": paper.financial_effect,
        "by": None,
        **more,
    }


# Meetings


def test_schedule_meeting_makes_its_address_from_body_and_day():
    body = OrganizationFactory(slug="kreistag")

    first = services.schedule_meeting(organization=body, title="Sitzung", day=date(2016, 7, 25))
    second = services.schedule_meeting(organization=body, title="Noch eine", day=date(2016, 7, 25))

    assert (first.slug, second.slug) == ("kreistag-2016-07-25", "kreistag-2016-07-25-2")
    assert (first.is_public, first.sequence, first.is_cancelled) == (None, 0, False)


def test_schedule_meeting_refuses_what_cannot_be():
    body = OrganizationFactory(dissolved=ProcessDate("2016-07"), dissolution_reason="Aus")
    MeetingFactory(slug="belegt")

    with pytest.raises(BodyDissolved):
        services.schedule_meeting(organization=body, title="Sitzung", day=date(2016, 8, 1))
    with pytest.raises(EndsBeforeStart):
        services.schedule_meeting(
            organization=body, title="Sitzung", day=date(2016, 7, 1), starts_at=END, ends_at=START
        )
    with pytest.raises(SlugTaken):
        services.schedule_meeting(organization=body, title="Sitzung", day=date(2016, 7, 1), slug="belegt")

    assert services.schedule_meeting(organization=body, title="Sitzung", day=date(2016, 7, 31)).slug


@pytest.mark.parametrize(
    ("change", "is_revised", "sequence"),
    [
        ({}, False, 0),
        ({"is_public": True}, False, 0),
        ({"title": "Anderer Titel"}, True, 0),
        ({"place": "Saal 2"}, True, 1),
        ({"day": date(2026, 3, 17)}, True, 1),
        ({"ends_at": None}, True, 1),
    ],
)
def test_move_meeting_revises_only_what_a_calendar_shows(change, is_revised, sequence):
    meeting = MeetingFactory(day=START.date(), starts_at=START, ends_at=END, place="Saal 1", is_public=None)
    before = meeting.revised_at
    same = {"day": meeting.day, "starts_at": START, "ends_at": END, "place": "Saal 1"}

    with time_machine.travel(LATER, tick=False):
        services.move_meeting(meeting, **{**same, **change}, by=None)

    assert meeting.revised_at == (LATER if is_revised else before)
    assert meeting.sequence == sequence


def test_cancel_meeting_is_seen_in_calendars_and_is_final():
    meeting = MeetingFactory()

    with time_machine.travel(LATER, tick=False):
        services.cancel_meeting(meeting, by=None)

    assert (meeting.is_cancelled, meeting.revised_at, meeting.sequence) == (True, LATER, 1)
    with pytest.raises(MeetingCancelled):
        services.cancel_meeting(meeting, by=None)
    with pytest.raises(MeetingCancelled):
        services.move_meeting(meeting, day=meeting.day, starts_at=None, ends_at=None, place="Saal", by=None)
    with pytest.raises(MeetingCancelled):
        services.add_result(meeting, kind=ResultKind.DECISION, text="Doch")


def test_add_result_counts_on():
    meeting, about = MeetingFactory(), OrganizationFactory()

    first = services.add_result(meeting, kind=ResultKind.FOUNDING, text="Gegründet.", organization=about)
    second = services.add_result(meeting, kind=ResultKind.FIELD, text="Sprache.")

    assert [(each.position, each.organization) for each in (first, second)] == [(1, about), (2, None)]


# Papers


def test_create_paper_keeps_three_sections_and_needs_no_number():
    first, second = create_paper(), create_paper()

    assert [paper.slug for paper in (first, second)] == ["ueber-bruecken", "ueber-bruecken-2"]
    assert (first.number, first.dated_on, first.is_sent) == (None, None, False)
    assert [text.current.content for text in (first.proposal, first.facts, first.financial)] == [
        "Zugestimmt.",
        "So ist es.",
        "Keine.",
    ]


def test_create_paper_refuses_an_empty_section_and_what_is_taken():
    PaperFactory(number="2016/114", slug="belegt")

    with pytest.raises(TextEmpty):
        create_paper(facts=" \n")
    with pytest.raises(NumberTaken):
        create_paper(number="2016/114")
    with pytest.raises(SlugTaken):
        create_paper(slug="belegt")


def test_edit_paper_changes_its_head():
    paper = PaperFactory(sent_at=None, number=None)

    services.edit_paper(paper, **head(paper, number="2026/7", title="Neu", financial_effect=FinancialEffect.IN_BUDGET))

    assert (paper.number, paper.title, paper.financial_effect) == ("2026/7", "Neu", FinancialEffect.IN_BUDGET)


def test_edit_paper_refuses_a_number_that_is_taken():
    PaperFactory(number="2016/114")
    paper = PaperFactory(sent_at=None, number=None)

    with pytest.raises(NumberTaken):
        services.edit_paper(paper, **head(paper, number="2016/114"))


def test_reword_paper_keeps_earlier_versions():
    paper = PaperFactory(sent_at=None)

    services.reword_paper(paper, facts="Neue Lage.", by=None)

    assert [version.content for version in paper.facts.versions] == ["So steht es um das Beispiel.", "Neue Lage."]
    assert len(paper.proposal.versions) == 1


def test_reword_paper_refuses_to_overwrite_what_somebody_else_wrote():
    paper = PaperFactory(sent_at=None)
    seen = services.PaperVersions.of(paper)
    services.reword_paper(paper, proposal="Zuerst ich.", based_on=seen, by=None)

    with pytest.raises(PaperChanged):
        services.reword_paper(paper, facts="Dann ich.", based_on=seen, by=None)

    assert len(paper.facts.versions) == 1


def test_add_consultation_takes_several_meetings_of_its_body():
    paper, body = PaperFactory(sent_at=None), OrganizationFactory()
    meetings = [MeetingFactory(organization=body), MeetingFactory(organization=body)]

    first = services.add_consultation(
        paper, organization=body, role=ConsultationRole.ADVICE, meetings=meetings, agenda_item="c)"
    )
    second = services.add_consultation(
        paper, organization=body, role=ConsultationRole.DECISION, planned=ProcessDate("2017-12")
    )

    assert [(each.position, each.is_public, each.agenda_item) for each in (first, second)] == [
        (1, None, "c)"),
        (2, None, ""),
    ]
    assert [sitting.meeting for sitting in first.sittings] == meetings


def test_add_consultation_refuses_a_meeting_of_another_body():
    with pytest.raises(AnotherBody):
        services.add_consultation(
            PaperFactory(sent_at=None),
            organization=OrganizationFactory(),
            role=ConsultationRole.ADVICE,
            meetings=[MeetingFactory()],
        )


def test_add_sitting_takes_one_more_meeting_though_the_paper_is_sent():
    sitting = ConsultationMeetingFactory()
    consultation = sitting.consultation
    second = MeetingFactory(organization=consultation.organization)

    services.add_sitting(consultation, meeting=second)
    services.add_sitting(consultation, meeting=second)

    assert [each.meeting for each in consultation.sittings] == [sitting.meeting, second]
    with pytest.raises(AnotherBody):
        services.add_sitting(consultation, meeting=MeetingFactory())


def test_remove_consultation_lets_the_others_move_up():
    paper = PaperFactory(sent_at=None)
    first, second, third = (ConsultationFactory(paper=paper, position=number) for number in (1, 2, 3))
    ConsultationMeetingFactory(consultation=first)

    services.remove_consultation(first, by=None)

    assert [(each.id, each.position) for each in paper.consultations] == [(second.id, 1), (third.id, 2)]


def test_remove_annex_lets_the_others_move_up():
    paper = PaperFactory(sent_at=None)
    first = services.add_annex(paper, title="Konzept", content=AnnexContent.DOCUMENT)
    services.add_annex(paper, title="Tabelle", content=AnnexContent.TABLE)

    services.remove_annex(first, by=None)

    assert [(annex.number, annex.title) for annex in paper.annexes] == [(1, "Tabelle")]


def test_mark_sent_freezes_the_paper():
    annex = AnnexFactory()
    paper = annex.paper
    consultation = ConsultationFactory(paper=paper, position=1)

    services.mark_sent(paper, at=LATER)

    assert paper.sent_at == LATER
    for refused in (
        lambda: services.mark_sent(paper),
        lambda: services.edit_paper(paper, **head(paper, title="Anders")),
        lambda: services.reword_paper(paper, facts="Anders", by=None),
        lambda: services.add_annex(paper, title="Noch eine", content=AnnexContent.TABLE),
        lambda: services.remove_annex(annex, by=None),
        lambda: services.add_consultation(paper, organization=OrganizationFactory(), role=ConsultationRole.NOTE),
        lambda: services.remove_consultation(consultation, by=None),
    ):
        with pytest.raises(PaperSent):
            refused()


FORBIDDEN = {
    "slug": "anders",
    "number": "2017/1",
    "kind": PaperKind.MOTION,
    "title": "Anders",
    "dated_on": date(2020, 1, 1),
    "financial_effect": FinancialEffect.NONE,
    "financial_amount": 5,
    "financial_year": 2020,
    "sent_at": None,
    "created_at": START,
    "is_example": True,
}


@pytest.mark.parametrize(("column", "value"), FORBIDDEN.items(), ids=FORBIDDEN)
@pytest.mark.parametrize("number", ["2016/114", None])
def test_the_database_refuses_to_change_a_sent_paper(column, value, number):
    paper = PaperFactory(number=number, dated_on=date(2016, 6, 16) if number else None)

    with pytest.raises(IntegrityError, match="paper is append-only"):
        db.session.execute(update(Paper).where(Paper.id == paper.id).values({column: value}))


@pytest.mark.parametrize("column", ["proposal_id", "facts_id", "financial_id", "organization_id"])
def test_the_database_refuses_to_point_a_sent_paper_elsewhere(column):
    paper, other = PaperFactory(), PaperFactory()

    with pytest.raises(IntegrityError, match="paper is append-only"):
        db.session.execute(update(Paper).where(Paper.id == paper.id).values({column: getattr(other, column)}))


def test_the_database_lets_a_draft_change_and_a_sent_paper_be_locked():
    sent, draft = PaperFactory(dated_on=None, number=None), PaperFactory(sent_at=None)

    db.session.execute(update(Paper).where(Paper.id == draft.id).values(title="Anders"))
    db.session.execute(update(Paper).where(Paper.id == sent.id).values(id=Paper.id))

    db.session.expire(draft)
    assert draft.title == "Anders"


@pytest.mark.parametrize(
    "statement",
    [
        lambda annex: delete(Paper).where(Paper.id == annex.paper_id),
        lambda annex: delete(Annex).where(Annex.id == annex.id),
        lambda annex: update(Annex).where(Annex.id == annex.id).values(title="Anders"),
        lambda annex: insert(Annex).values(paper_id=annex.paper_id, number=2, title="Neu", content=AnnexContent.TABLE),
    ],
)
def test_the_database_refuses_to_touch_the_annexes_of_a_sent_paper(statement):
    annex = AnnexFactory()
    services.mark_sent(annex.paper)

    with pytest.raises(IntegrityError, match="is append-only"):
        db.session.execute(statement(annex))


def test_the_database_refuses_another_wording_of_a_sent_paper():
    sent, draft = PaperFactory(), PaperFactory(sent_at=None)

    assert texts.write("Anders", language="de", text=draft.facts).number == 2
    with pytest.raises(IntegrityError, match="text_version is append-only"):
        texts.write("Anders", language="de", text=sent.facts)


# Resolutions


def test_record_outcome_appends_and_the_last_one_holds():
    meeting = ConsultationMeetingFactory().meeting
    consultation = ConsultationFactory(organization=meeting.organization)

    services.record_outcome(
        consultation, outcome=Outcome.REJECTED, decided=ProcessDate.on(meeting.day), meeting=meeting
    )
    corrected = services.record_outcome(
        consultation, outcome=Outcome.RECOMMENDED, decided=ProcessDate.on(meeting.day), wording="Mit Änderung."
    )

    db.session.refresh(consultation)
    assert consultation.resolution == corrected
    assert db.session.scalar(text("SELECT count(*) FROM resolution")) == 2


def test_record_outcome_refuses_a_draft_and_a_meeting_of_another_body():
    decided = ProcessDate("2016-07-04")

    with pytest.raises(PaperNotSent):
        services.record_outcome(
            ConsultationFactory(paper=PaperFactory(sent_at=None)), outcome=Outcome.AGREED, decided=decided
        )
    with pytest.raises(AnotherBody):
        services.record_outcome(
            ConsultationFactory(), outcome=Outcome.AGREED, decided=decided, meeting=MeetingFactory()
        )
