import pytest
from sqlalchemy import select

from app.db import db
from app.mail.models import OutgoingMail
from app.registrations import services
from app.registrations.errors import AlreadyCancelled, RegistrationGone
from app.registrations.models import RegistrationStatus
from app.registrations.services.letters import tell
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import letters

S = RegistrationStatus


def path_of(address):
    return address.removeprefix("http://127.0.0.1:8000")


def test_another_address_counts_once_it_is_confirmed_from_there(client, mails):
    registration = RegistrationFactory(event=EventFactory(title="Beispiel"), email="alt@example.org")
    own = f"/anmeldungen/{services.issue_link(registration)}"

    page = client.page(f"{own}/adresse")
    assert page.h1.text == "E-Mail-Adresse ändern"
    answer = client.post(f"{own}/adresse", data={"email": "neu@example.org"})
    assert (answer.status_code, answer.location) == (303, "adresse")
    assert registration.email == "alt@example.org"
    assert (
        client.page(f"{own}/adresse").select_one(".notice strong").text == "neu@example.org ist noch nicht bestätigt."
    )

    asked, told = mails()
    assert [(mail.to, mail.subject) for mail in (asked, told)] == [
        ("neu@example.org", "Bitte bestätigen Sie Ihre neue Adresse: Beispiel"),
        ("alt@example.org", "Ihre Adresse soll geändert werden: Beispiel"),
    ]
    [address] = map(path_of, asked.links)
    assert client.page(address).h1.text == "Neue Adresse bestätigen"
    assert registration.email == "alt@example.org"
    assert client.post(address).location == f"/veranstaltungen/{registration.event_id}"
    assert (registration.email, registration.new_email) == ("neu@example.org", None)

    fresh = mails()[-1]
    assert (fresh.to, fresh.subject) == ("neu@example.org", "Sie haben einen Platz: Beispiel")
    assert client.get(own).status_code == 409
    assert client.get(path_of(fresh.links[0])).status_code == 200
    assert client.get(address).status_code == 409


def test_what_still_waits_for_the_old_address_goes_to_the_new_one(mails):
    registration, other = RegistrationFactory(email="alt@example.org"), RegistrationFactory(email="alt@example.org")
    tell(registration, "changed")
    tell(other, "changed")
    db.session.flush()
    services.change_email(registration, "neu@example.org")
    services.confirm_email(registration)

    letters_by_address = sorted((mail.to, mail.subject.partition(":")[0]) for mail in mails())

    assert letters_by_address == [
        ("alt@example.org", "Ihre Adresse soll geändert werden"),
        ("alt@example.org", "Ihre Änderung ist gespeichert"),
        ("neu@example.org", "Ihre Änderung ist gespeichert"),
        ("neu@example.org", "Sie haben einen Platz"),
    ]


def test_the_link_to_an_address_ends_when_another_one_is_named():
    registration = RegistrationFactory()
    services.change_email(registration, "falsch@example.org")
    token = services.issue_email_link(registration)

    services.change_email(registration, "richtig@example.org")

    with pytest.raises(RegistrationGone):
        services.find_by_email_link(token)
    assert services.find_by_email_link(services.issue_email_link(registration)) == registration


def test_the_address_it_has_takes_a_change_back():
    registration = RegistrationFactory(email="alt@example.org")
    services.change_email(registration, "neu@example.org")

    services.change_email(registration, "alt@example.org")

    assert registration.new_email is None
    assert letters() == ["confirm_email", "email_changed"]
    with pytest.raises(RegistrationGone):
        services.confirm_email(registration)


def test_a_wrong_address_is_told_at_the_field(client):
    registration = RegistrationFactory()
    address = f"/anmeldungen/{services.issue_link(registration)}/adresse"

    page = client.page(address, 422, "POST", data={"email": "neu"})

    assert [error["id"] for error in page.select(".kern-error")] == ["email-error"]
    assert registration.new_email is None


@pytest.mark.parametrize(
    ("attributes", "letter"),
    [
        ({}, "confirmed"),
        ({"status": S.HELD, "confirmed_at": None}, "held"),
        ({"status": S.WAITING, "confirmed_at": None}, "waiting"),
        ({"status": S.WAITING}, "joined"),
        ({"status": S.OFFERED}, "offer"),
        ({"status": S.REQUESTED}, "requested"),
    ],
)
def test_resend_says_where_the_party_stands(attributes, letter, organiser):
    services.resend(RegistrationFactory(**attributes), by=organiser)

    assert letters() == [letter]


def test_nothing_is_changed_or_sent_for_who_has_left(organiser):
    registration = RegistrationFactory(status=S.CANCELLED)

    with pytest.raises(AlreadyCancelled):
        services.change_email(registration, "neu@example.org")
    with pytest.raises(AlreadyCancelled):
        services.resend(registration, by=organiser)

    db.session.expire_all()
    assert (registration.new_email, letters()) == (None, [])


def test_a_strangers_address_gets_at_most_five_mails_an_hour(mails):
    registration = RegistrationFactory(email="alt@example.org")
    for number in range(8):
        services.change_email(registration, "opfer@example.org" if number % 2 == 0 else "alt@example.org")
        RegistrationFactory(email="alt@example.org")
    for _ in range(6):
        services.change_email(RegistrationFactory(), "opfer@example.org")

    asked = db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.recipient == "opfer@example.org")).all()
    assert len(asked) == 5
