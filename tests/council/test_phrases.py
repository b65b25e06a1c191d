from datetime import date

import pytest

from app.council import phrases
from app.council.models import ConsultationRole, Outcome
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind
from tests.council.factories import ConsultationFactory, MeetingFactory, ResolutionFactory
from tests.structures.factories import OrganizationFactory


@pytest.mark.parametrize(
    ("kind", "name", "decided", "sentence"),
    [
        (
            *(OrganizationKind.COMMITTEE, "Sozialausschuss", "2017-11-27"),
            "Der Sozialausschuss hat in seiner Sitzung am 27.11.2017 vorberaten.",
        ),
        (
            *(OrganizationKind.STEERING_GROUP, "Steuerungsgruppe Integration", "2017-12-01"),
            "Die Steuerungsgruppe Integration hat in ihrer Sitzung am 01.12.2017 vorberaten.",
        ),
        (
            *(OrganizationKind.WORKING_GROUP, "Arbeitsgruppe Ehrenamt", "2017-12"),
            "Die Arbeitsgruppe Ehrenamt hat vorberaten (Dezember 2017).",
        ),
        (
            *(OrganizationKind.WORKING_GROUP, "Arbeitskreis Sprache", "2017"),
            "Der Arbeitskreis Sprache hat vorberaten (2017).",
        ),
    ],
)
def test_preliminary_sentences_tell_who_advised_when(kind, name, decided, sentence):
    consultation = ConsultationFactory(organization=OrganizationFactory(kind=kind, name=name))
    ResolutionFactory(consultation=consultation, decided=ProcessDate(decided))

    assert phrases.preliminary_sentences(consultation.paper.consultations, ()) == [
        f"{sentence} Empfehlung: dem Beschlussvorschlag zustimmen."
    ]


def test_preliminary_sentences_name_the_day_of_the_meeting_and_what_was_recommended():
    consultation = ConsultationFactory(
        organization=OrganizationFactory(kind=OrganizationKind.COMMITTEE, name="Sozialausschuss")
    )
    meeting = MeetingFactory(organization=consultation.organization, day=date(2017, 11, 27))
    ResolutionFactory(
        consultation=consultation, decided=ProcessDate("2017-11"), meeting=meeting, outcome=Outcome.REJECTED
    )

    [sentence] = phrases.preliminary_sentences(consultation.paper.consultations, ())
    assert sentence == (
        "Der Sozialausschuss hat in seiner Sitzung am 27.11.2017 vorberaten. "
        "Empfehlung: den Beschlussvorschlag ablehnen."
    )


def test_preliminary_sentences_leave_out_decisions_and_what_is_still_open():
    decision = ConsultationFactory(role=ConsultationRole.DECISION)
    ResolutionFactory(consultation=decision)
    ConsultationFactory(paper=decision.paper)

    assert phrases.preliminary_sentences(decision.paper.consultations, ()) == []
