import pytest
from sqlalchemy import select

from app.db import db, now
from app.events.models import AttendanceMode, TableChoice
from app.registrations import services
from app.registrations.models import (
    Channel,
    ComesAs,
    ConsentPurpose,
    ConsentText,
    PartyKind,
    Question,
    QuestionKind,
    Registration,
    RegistrationStatus,
)
from app.registrations.services import Companion
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.scene import PARTY, letters
from tests.structures.factories import OrganizationFactory

S = RegistrationStatus


def ask(event, label="Was beschäftigt Sie?"):
    question = Question(event=event, position=1, kind=QuestionKind.TEXT, label=label)
    db.session.add(question)
    db.session.flush()
    return question


def consent_text(event, version=1):
    text = ConsentText(event=event, purpose=ConsentPurpose.PHOTOS, version=version, text="Ich bin einverstanden.")
    db.session.add(text)
    db.session.flush()
    return text


def test_register_keeps_all_that_a_party_says():
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID)
    tables = ThemeTableFactory.create_batch(2, event=event)
    question, text, organization = ask(event), consent_text(event), OrganizationFactory()

    registration = services.register(
        event,
        **PARTY,
        persons=3,
        companions=[Companion("Kind", is_child=True)],
        party_kind=PartyKind.DELEGATION,
        organization=organization,
        phone="07531 800-0",
        postal_address="Beispielweg 1, 78462 Konstanz",
        is_online=True,
        tables=tables,
        answers={question: "Wohnen"},
        consents=[text],
        spoken_languages=["ar", "de"],
        comes_as=ComesAs.VOLUNTEER,
        sits_together=False,
    )

    db.session.expire_all()
    assert [(each.name, each.is_child) for each in registration.attendees] == [
        ("Beispielperson", False),
        ("Kind", True),
        ("", False),
    ]
    assert [(wish.table, wish.rank) for wish in registration.wishes] == [(tables[0], 1), (tables[1], 2)]
    assert [(answer.question, answer.value) for answer in registration.answers] == [(question, "Wohnen")]
    assert [consent.text for consent in registration.consents] == [text]
    assert (registration.party_kind, registration.organization) == (PartyKind.DELEGATION, organization)
    assert (registration.phone, registration.postal_address) == ("07531 800-0", "Beispielweg 1, 78462 Konstanz")
    assert (registration.is_online, registration.sits_together, registration.comes_as) == (
        *(True, False),
        ComesAs.VOLUNTEER,
    )
    assert registration.spoken_languages == ["ar", "de"]


def test_register_keeps_the_chosen_table_as_a_booking():
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    table = ThemeTableFactory(event=event)

    registration = services.register(event, **PARTY, tables=[table])

    assert ([booking.table for booking in registration.bookings], registration.wishes) == ([table], [])


@pytest.mark.parametrize(("channel", "kept"), [(None, Channel.DESK), (Channel.PHONE, Channel.PHONE)])
def test_register_by_an_organiser_counts_at_once_and_takes_no_address(organiser, channel, kept):
    event = EventFactory(capacity=1)
    party = {"channel": channel} if channel else {}

    placed = services.register(event, name="Ohne Mail", email=None, by=organiser, **party)
    waiting = services.register(event, name="Zu spät", email="mail@example.org", by=organiser, **party)

    assert [placed.status, waiting.status, placed.channel] == [S.CONFIRMED, S.WAITING, kept]
    assert placed.entered_by_id == organiser.id
    assert waiting.is_confirmed_by_mail
    assert letters() == ["joined"]


def test_register_counts_the_same_form_once():
    event = EventFactory()

    first, again = (services.register(event, **PARTY, form_id="abc") for _ in range(2))
    other = services.register(event, **PARTY, form_id="xyz")
    elsewhere = services.register(EventFactory(), **PARTY, form_id="abc")

    assert first == again
    assert db.session.scalars(select(Registration.id).order_by(Registration.id)).all() == [
        first.id,
        other.id,
        elsewhere.id,
    ]
    assert letters() == ["held"] * 3


def test_change_leaves_what_is_not_named():
    event = EventFactory()
    table, question, text = ThemeTableFactory(event=event), ask(event), consent_text(event)
    registration = services.register(
        event,
        **PARTY,
        persons=2,
        companions=[Companion("Kind", is_child=True)],
        tables=[table],
        answers={question: "Wohnen"},
        consents=[text],
        phone="1",
    )
    tickets = [attendee.id for attendee in registration.attendees]

    services.change(registration, persons=3)

    assert [(each.name, each.is_child) for each in registration.attendees] == [
        ("Beispielperson", False),
        ("Kind", True),
        ("", False),
    ]
    assert [attendee.id for attendee in registration.attendees[:2]] == tickets
    assert (registration.table, registration.answers[0].value, registration.phone) == (table, "Wohnen", "1")
    assert registration.consents[0].withdrawn_at is None


def test_change_says_anew_what_is_named():
    event = EventFactory()
    first, second = ThemeTableFactory.create_batch(2, event=event)
    question, text = ask(event), consent_text(event)
    registration = services.register(
        event, **PARTY, tables=[first, second], answers={question: "Wohnen"}, consents=[text]
    )

    services.change(registration, persons=1, tables=[second, first], answers={question: "Sprache"}, consents=[])
    assert [wish.table for wish in registration.wishes] == [second, first]
    assert [answer.value for answer in registration.answers] == ["Sprache"]
    assert registration.consents[0].withdrawn_at <= now()

    services.change(registration, persons=1, tables=[], answers={}, consents=[text])
    assert (registration.wishes, registration.answers) == ([], [])
    assert [consent.withdrawn_at for consent in registration.consents] == [None]


def test_the_form_sent_twice_registers_once_unless_something_else_was_typed(client):
    event = EventFactory()
    address = f"/veranstaltungen/{event.id}/anmeldung"
    token = client.page(address).select_one("[name=form_token]")["value"]
    data = {"name": "Beispielperson", "email": "person@example.org", "persons": "1", "form_token": token}

    for name in ("Beispielperson", "Beispielperson", "Kind"):
        assert client.post(address, data=data | {"name": name}).status_code == 303

    assert [each.name for each in db.session.scalars(select(Registration).order_by(Registration.id))] == [
        "Beispielperson",
        "Kind",
    ]
