from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.attendance.models import EntryResult
from app.attendance.participants import count_participants, parties_who_took_part
from app.attendance.services.results import publish_results, remind_of_results
from app.db import db, now
from app.errors import InvalidTransition
from app.events.models import EventReport
from app.events.services import add_to_team
from app.mail.models import OutgoingMail
from app.registrations.models import RegistrationStatus
from tests.attendance.arrivals import check_in, party_that_came, past_event
from tests.events.factories import EventReportFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory

S = RegistrationStatus


@pytest.fixture
def organiser():
    return AccountFactory(roles=(Role.ORGANISER,))


def letters():
    return [
        (mail.template, mail.recipient) for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    ]


def overdue_event(*team):
    event = past_event(29, created_at=now() - timedelta(days=60))
    for account in team:
        add_to_team(event, account, by=None)
    return event


def test_count_participants_counts_who_was_checked_in():
    event = past_event()
    family = RegistrationFactory(event=event, persons=4)
    check_in(*family.attendees[:3])
    check_in(RegistrationFactory(event=event).attendees[0], result=EntryResult.ALREADY)
    party_that_came(past_event())

    assert count_participants(event.id) == 3


def test_count_participants_counts_places_where_nobody_was_checked_in():
    event = past_event()
    RegistrationFactory(event=event, persons=2)
    RegistrationFactory(event=event, status=S.CANCELLED)

    assert count_participants(event.id) == 2


def test_parties_who_took_part_are_those_who_came_or_were_online():
    event = past_event()
    family = RegistrationFactory(event=event, persons=3)
    check_in(family.attendees[2])
    online = RegistrationFactory(event=event, is_online=True)
    RegistrationFactory(event=event)  # had a place, stayed away
    RegistrationFactory(event=event, status=S.WAITING)
    party_that_came(past_event())

    assert parties_who_took_part(event.id) == [family, online]


def test_parties_who_took_part_are_all_with_a_place_where_nobody_was_checked_in():
    event = past_event()
    present = RegistrationFactory(event=event)
    RegistrationFactory(event=event, status=S.CANCELLED)

    assert parties_who_took_part(event.id) == [present]


def test_publish_results_tells_each_party_that_came_once(organiser):
    event = past_event()
    parties = [party_that_came(event, persons=3), party_that_came(event)]
    RegistrationFactory(event=event)
    EventReportFactory(event=event)

    told = publish_results(event, by=organiser)

    assert (told, letters()) == (2, [("registrations/results", party.email) for party in parties])
    report = db.session.scalars(select(EventReport)).one()
    assert (report.is_published, report.number_of_participants) == (True, 4)
    with pytest.raises(InvalidTransition):
        publish_results(event, by=organiser)
    assert len(letters()) == 2


def test_results_mail_leads_to_the_documentation(organiser, mails):
    event = past_event(title="Beispieldialog")
    party_that_came(event, email="person@example.org")
    EventReportFactory(event=event)

    publish_results(event, by=organiser)

    [mail] = mails()
    assert (mail.to, mail.subject) == ("person@example.org", "Die Ergebnisse sind da: Beispieldialog")
    assert mail.links == [f"http://127.0.0.1:8000/veranstaltungen/{event.id}/dokumentation"]


def test_remind_of_results_writes_to_the_team_once(organiser, mails):
    other = AccountFactory(roles=(Role.ORGANISER,), email="zweite@example.org")
    event = overdue_event(organiser, other)
    overdue_event()  # nobody to remind
    EventReportFactory(event=overdue_event(organiser), published_at=now())

    assert [remind_of_results(), remind_of_results()] == [1, 0]

    received = mails()
    assert [mail.to for mail in received] == [organiser.email, "zweite@example.org"]
    assert received[0].subject == f"Die Ergebnisse fehlen noch: {event.title}"
    assert received[0].links == [f"http://127.0.0.1:8000/verwaltung/veranstaltungen/{event.id}/dokumentation"]


def test_remind_of_results_waits_28_days(organiser):
    add_to_team(past_event(27, created_at=now() - timedelta(days=60)), organiser, by=None)

    assert (remind_of_results(), letters()) == (0, [])


def test_reminder_is_not_sent_when_results_were_published_meanwhile(organiser, mails):
    event = overdue_event(organiser)
    EventReportFactory(event=event)
    remind_of_results()
    publish_results(event, by=organiser)

    assert mails() == []
