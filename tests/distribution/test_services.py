from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.distribution import queries, services
from app.distribution.errors import (
    AlreadyDelivered,
    AlreadyPresented,
    GroupExists,
    NobodyChosen,
    NotDelivered,
    OffTheList,
    TakenBack,
    TooFewLeft,
)
from app.distribution.models import Dispatch, Presentation, PrintJob, Recipient
from tests.concept.factories import EditionFactory
from tests.council.factories import MeetingFactory
from tests.distribution.factories import PrintJobFactory, RecipientFactory, RecipientGroupFactory
from tests.events.factories import EventFactory
from tests.structures.factories import MunicipalityFactory

DAY = date(2018, 4, 3)


def send(job, *recipients):
    return services.send(job, recipients, sent_on=DAY, by=None)


def test_stock_is_what_was_delivered_less_what_went_out():
    job = PrintJobFactory(copies=100)

    send(job, RecipientFactory(copies=30), RecipientFactory(copies=5))
    services.hand_out(job, copies=15, purpose="Ausgelegt", sent_on=DAY, by=None)

    assert job.left == 50


def test_nothing_leaves_before_the_delivery():
    job = PrintJobFactory(delivered_on=None)

    with pytest.raises(NotDelivered):
        send(job, RecipientFactory())
    with pytest.raises(NotDelivered):
        services.hand_out(job, copies=1, purpose="Ausgelegt", sent_on=DAY, by=None)
    assert (job.left, job.dispatches) == (0, [])


def test_delivery_counts_what_came_not_what_was_ordered():
    job = PrintJobFactory(copies=100, delivered_on=None)

    services.take_delivery(job, copies=96, delivered_on=DAY, by=None)

    assert (job.left, job.delivered_on) == (96, DAY)


def test_delivery_is_taken_in_once():
    job = PrintJobFactory(copies=100)

    with pytest.raises(AlreadyDelivered):
        services.take_delivery(job, copies=5, delivered_on=DAY, by=None)
    with pytest.raises(AlreadyDelivered):
        services.change_print_job(job, by=None, copies=5)
    assert job.copies == 100


def test_more_than_is_left_is_refused_whole():
    job = PrintJobFactory(copies=10)
    recipients = [RecipientFactory(copies=6), RecipientFactory(copies=5)]

    with pytest.raises(TooFewLeft, match="Es sind noch 10 Exemplare da, gebraucht werden 11"):
        send(job, *recipients)

    assert (job.left, list(queries.waiting(job))) == (10, recipients)


def test_who_has_got_theirs_is_left_out():
    job, first, second = PrintJobFactory(), RecipientFactory(), RecipientFactory()
    send(job, first)

    assert send(job, first, second) == 1
    with pytest.raises(NobodyChosen):
        send(job, first, second)
    assert job.left == 98


def test_what_is_taken_back_is_in_stock_again_and_can_be_sent_again():
    job, recipient = PrintJobFactory(), RecipientFactory(copies=3)
    send(job, recipient)
    [dispatch] = job.dispatches

    services.take_back(dispatch, by=None)

    assert (job.left, list(queries.waiting(job))) == (100, [recipient])
    with pytest.raises(TakenBack):
        services.take_back(dispatch, by=None)
    send(job, recipient)
    assert job.left == 97


def test_another_run_is_sent_anew():
    recipient = RecipientFactory()
    send(PrintJobFactory(), recipient)

    assert list(queries.waiting(PrintJobFactory())) == [recipient]


def test_who_leaves_the_list_gets_nothing_and_is_not_named_any_more():
    job, recipient = PrintJobFactory(), RecipientFactory(contact="Beispielperson")
    send(PrintJobFactory(), recipient)

    services.remove_recipient(recipient, by=None)

    assert (recipient.contact, list(queries.waiting(job))) == ("", [])
    with pytest.raises(OffTheList):
        send(job, recipient)
    with pytest.raises(OffTheList):
        services.change_recipient(recipient, by=None, contact="Beispielperson")


def test_municipalities_are_taken_up_once_and_not_again_after_they_were_removed():
    group = RecipientGroupFactory()
    towns = [MunicipalityFactory(name="Beispielstadt", status="Stadt", post_code="78999"), MunicipalityFactory()]

    assert services.take_up_municipalities(group, towns, by=None) == 2
    first = next(each for each in group.recipients if each.municipality_id == towns[0].id)
    services.remove_recipient(first, by=None)

    assert services.take_up_municipalities(group, towns, by=None) == 0
    assert first.lines == ["Stadt Beispielstadt", "78999 Beispielstadt"]


def test_a_group_exists_once():
    services.add_group("Neue Gruppe", by=None)

    with pytest.raises(GroupExists):
        services.add_group("Neue  Gruppe", by=None)


def test_an_event_presents_one_edition():
    event, edition = EventFactory(), EditionFactory()
    services.present(edition, event, by=None)

    with pytest.raises(AlreadyPresented):
        services.present(EditionFactory(), event, by=None)
    assert [each.event for each in queries.presentations(edition)] == [event]


@pytest.mark.parametrize(
    "broken",
    [
        {"copies": 0, "purpose": "Ausgelegt"},
        {"copies": 1, "purpose": ""},
    ],
)
def test_database_refuses_what_went_nowhere_or_was_nothing(broken):
    db.session.add(Dispatch(job=PrintJobFactory(), sent_on=DAY, **broken))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_database_refuses_a_second_parcel_to_the_same_address():
    job, recipient = PrintJobFactory(), RecipientFactory()
    db.session.add_all(Dispatch(job=job, recipient=recipient, copies=1, sent_on=DAY) for _ in range(2))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_eight_who_send_at_once_send_each_parcel_once_and_never_more_than_there_is(own_app):
    app = own_app()
    with app.app_context():
        job = PrintJobFactory(copies=10)
        job_id = job.id
        ids = [RecipientFactory(copies=4).id for _ in range(4)]
        db.session.remove()
    barrier, outcomes = Barrier(8), []

    def run(first):
        with app.app_context():
            barrier.wait()
            try:
                chosen = [db.session.get_one(Recipient, each) for each in (ids[first], ids[(first + 1) % 4])]
                outcomes.append(services.send(db.session.get_one(PrintJob, job_id), chosen, sent_on=DAY, by=None))
            except (TooFewLeft, NobodyChosen):
                outcomes.append(0)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(number % 4,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        job = queries.find_job(job_id)
        assert (job.left, len(job.dispatches), sum(outcomes)) == (2, 2, 2)


def test_a_body_sees_an_edition_in_a_meeting_once():
    edition, meeting = EditionFactory(), MeetingFactory()
    services.present_to_body(edition, meeting, by=None)

    with pytest.raises(AlreadyPresented):
        services.present_to_body(edition, meeting, by=None)
    services.present_to_body(EditionFactory(), meeting, by=None)
    assert [(each.meeting, each.day) for each in queries.presentations(edition)] == [(meeting, meeting.day)]
    assert len(queries.presented_to(meeting.organization)) == 2
    assert queries.presented_to(MeetingFactory().organization) == []


def test_a_presentation_has_one_occasion():
    edition = EditionFactory()

    for more in ({}, {"event": EventFactory(), "meeting": MeetingFactory()}):
        db.session.begin_nested()
        db.session.add(Presentation(edition=edition, **more))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
