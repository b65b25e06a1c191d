import pytest

from app.attendance import services
from app.db import db
from app.mail import outbox
from app.registrations.mails import template_of
from app.registrations.models import LetterKind, RegistrationStatus
from tests.pdfs import text_of
from tests.registrations.factories import RegistrationFactory


def attached(mails, registration, kind=LetterKind.CONFIRMED):
    outbox.enqueue(registration.email, template_of(kind), registration_id=registration.id)
    db.session.commit()
    [mail] = mails()
    return {part.get_filename(): part for part in mail.message.walk() if part.get_filename()}


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.REMINDER])
def test_who_has_a_place_gets_the_ticket_as_paper_and_as_a_picture(mails, kind):
    registration = RegistrationFactory(name="Anna Beispiel", persons=2)

    parts = attached(mails, registration, kind)

    assert parts["ticket.png"].get_content() == services.qr_png(services.token_of_party(registration))
    words = " ".join(text_of(parts["ticket.pdf"].get_content()).split())
    assert words.count("Anna Beispiel") == 3


def test_who_takes_part_online_gets_no_ticket(mails):
    assert "ticket.pdf" not in attached(mails, RegistrationFactory(is_online=True))


def test_who_waits_gets_no_ticket(mails):
    waiting = RegistrationFactory(status=RegistrationStatus.WAITING)

    assert attached(mails, waiting, LetterKind.JOINED) == {}
