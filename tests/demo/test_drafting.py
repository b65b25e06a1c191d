import pytest
from sqlalchemy import select

from app.concept import partnership, releases, translated
from app.concept.comparison import compare
from app.concept.models import ContentTranslation, MeasurePartner
from app.concept.views.voices import suggestions_behind
from app.db import db
from app.distribution.models import Presentation, PrintJob
from app.drafting.models import Disposition, Hearing, Suggestion
from app.drafting.queries import catalogue_of, synopsis

pytestmark = pytest.mark.no_database


def test_a_draft_is_laid_out_and_its_suggestions_are_answered_in_each_way(demo):
    hearing, second = db.session.scalars(select(Hearing).order_by(Hearing.number))
    outcomes = db.session.scalars(select(Disposition.outcome).order_by(Disposition.outcome)).all()

    assert (hearing.is_public, [each.organization.slug for each in second.bodies]) == (
        True,
        ["steuerungsgruppe-integration"],
    )
    changes = compare(catalogue_of(hearing), catalogue_of(second))
    assert sum(len(each) for each in suggestions_behind(changes).values()) == 3
    assert outcomes == ["adopted", "adopted", "not_adopted", "partly"]
    assert len(db.session.scalars(select(Suggestion)).all()) == 9
    told = [each.subject.owner.placement for each in synopsis(hearing)]
    assert told == sorted(told, key=lambda each: (each.section.placement.position, each.position))


def test_two_wordings_wait_for_a_second_person_and_one_was_returned(demo):
    waiting = releases.unreleased()

    assert [(each.subject.kind, each.written.account.email) for each in waiting] == [
        ("goal", "redaktion@example.org"),
        ("measure", "organisation@example.org"),
    ]


def test_partners_answered_in_each_way_and_one_is_still_asked(demo):
    asked = [each for each in db.session.scalars(select(MeasurePartner)) if each.requests]
    given = [partnership.last_answer(each) for each in asked]

    assert sorted(str(each.agreement) for each in given if each) == ["conditions", "no", "yes", "yes"]
    assert [each.organization.slug for each in asked if partnership.open_request(each)] == ["beispiel-jobwerkstatt"]


def test_a_job_was_printed_and_sent_and_the_concept_presented(demo):
    [job] = db.session.scalars(select(PrintJob).where(PrintJob.is_example))

    assert (job.printer, job.cost, job.copies, job.left) == ("Beispiel-Druckerei am Hafen", 1240, 400, 340)
    shown = db.session.scalars(select(Presentation).order_by(Presentation.id)).all()
    assert [(bool(each.meeting), bool(each.event)) for each in shown] == [(True, False), (False, True)]


def test_what_was_reworded_since_has_an_outdated_translation(demo):
    said = select(ContentTranslation).where(ContentTranslation.language == "en").order_by(ContentTranslation.id)
    current = [each.source.text.current.id for each in db.session.scalars(said)]

    assert [str(each.state) for each in translated.work_list(current, "en").values()] == ["human", "outdated"]
