from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete

from app.db import db, now
from app.registrations import services
from app.registrations.models import Attendee, Registration, RegistrationStatus
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import PARTY

S = RegistrationStatus


def test_everyone_with_a_place_or_in_line_hears_that_the_event_is_cancelled(mails):
    event = EventFactory(title="Beispiel")
    RegistrationFactory(event=event, email="platz@example.org")
    RegistrationFactory(event=event, email="warteliste@example.org", status=S.WAITING)

    services.cancel_event(event, by=None)

    received = mails()
    assert [mail.to for mail in received] == ["platz@example.org", "warteliste@example.org"]
    assert {mail.subject for mail in received} == {"Abgesagt: Beispiel"}
    assert [mail.links for mail in received] == [[f"http://127.0.0.1:8000/veranstaltungen/{event.id}"]] * 2


def test_mail_speaks_of_the_close_when_an_offer_lapses_with_it(mails):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, status=S.OFFERED)

    with time_machine.travel(event.registration_closes_at + timedelta(seconds=1)):
        services.expire_due()
        [mail] = mails()

    assert mail.links == []
    assert "Die Anmeldung ist inzwischen geschlossen." in mail.text


@pytest.mark.parametrize("step", [services.confirm, services.cancel])
def test_mail_to_confirm_is_dropped_when_it_has_lost_its_reason(mails, step):
    registration = services.register(EventFactory(title="Beispiel"), **PARTY)
    step(registration)

    assert [mail.subject.partition(":")[0] for mail in mails()] == [
        "Sie haben einen Platz" if step is services.confirm else "Sie sind abgemeldet"
    ]


def test_mail_about_the_waiting_list_is_dropped_when_a_place_was_offered_first(mails):
    event = EventFactory(capacity=1)
    taken = RegistrationFactory(event=event)
    waiting = services.register(event, **PARTY)
    services.confirm(waiting)
    services.cancel(taken)

    assert sorted(mail.subject.partition(":")[0] for mail in mails()) == ["Für Sie ist Platz", "Sie sind abgemeldet"]


def test_no_mail_goes_to_somebody_who_was_erased(mails):
    event = EventFactory()
    services.register(event, **PARTY)
    RegistrationFactory(event=event)
    services.cancel_event(event, by=None)
    db.session.execute(delete(Attendee))
    db.session.execute(delete(Registration))
    db.session.flush()

    assert mails() == []
    assert event.cancelled_at <= now()
