import pytest

from app.db import db, now
from app.registrations.errors import CodeNotEnough
from app.registrations.models import Consent, ConsentPurpose
from app.registrations.questionnaire import codes_of, consent_history, current_consents
from app.registrations.services import codes, consents
from app.registrations.services.codes import LETTERS
from tests.events.factories import EventFactory
from tests.registrations.factories import ConsentTextFactory, InvitationCodeFactory, RegistrationFactory, S

P = ConsentPurpose


def test_create_codes_makes_different_ones_of_signs_that_cannot_be_mistaken(organiser):
    event = EventFactory()

    made = codes.create_codes(event, 20, by=organiser, note="Rat", persons=2)

    assert len({code.code for code in made}) == 20
    assert {len(code.code) for code in made} == {8}
    assert set("".join(code.code for code in made)) <= set(LETTERS)
    assert set(LETTERS) & set("0O1IL") == set()
    assert [(each.code.note, each.code.persons, each.persons) for each in codes_of(event.id)] == [("Rat", 2, 0)] * 20


@pytest.mark.parametrize("count", [0, -1, 501])
def test_create_codes_refuses_too_many_and_none(organiser, count):
    with pytest.raises(CodeNotEnough):
        codes.create_codes(EventFactory(), count, by=organiser)


def test_codes_count_persons_who_are_registered_or_wait_and_not_those_who_left(organiser):
    code = InvitationCodeFactory(persons=10)
    RegistrationFactory(event=code.event, persons=3, invitation_code=code)
    RegistrationFactory(event=code.event, status=S.WAITING, invitation_code=code)
    RegistrationFactory(event=code.event, status=S.CANCELLED, invitation_code=code)
    RegistrationFactory(event=code.event)
    RegistrationFactory(invitation_code=InvitationCodeFactory())

    assert [(each.code, each.persons) for each in codes_of(code.event_id)] == [(code, 4)]


def test_revoke_code_ends_it_once(organiser, later):
    code = InvitationCodeFactory()
    codes.revoke_code(code, by=organiser)
    at = code.revoked_at
    later(60)
    codes.revoke_code(code, by=organiser)

    assert code.revoked_at == at
    assert not code.is_valid(now())


def test_write_consent_makes_a_new_version_and_keeps_the_old(organiser):
    event = EventFactory()
    first = consents.write_consent(event, P.PHOTOS, "Erster Wortlaut", by=organiser)
    consents.write_consent(event, P.CONTACTS, "Liste", by=organiser)
    RegistrationFactory(event=event, consents=[Consent(text=first)])
    RegistrationFactory(event=event, consents=[Consent(text=first, withdrawn_at=now())])
    second = consents.write_consent(event, P.PHOTOS, "Zweiter Wortlaut", by=organiser)
    ConsentTextFactory(purpose=P.PHOTOS, version=5)

    assert current_consents(event.id)[P.PHOTOS] is second
    assert [(each.text.purpose, each.text.version, each.agreed) for each in consent_history(event.id)] == [
        (P.CONTACTS, 1, 0),
        (P.PHOTOS, 2, 0),
        (P.PHOTOS, 1, 1),
    ]


def test_current_consents_speaks_the_language_that_is_read_else_german(organiser):
    event = EventFactory()
    german = consents.write_consent(event, P.PHOTOS, "Deutsch", by=organiser)
    ukrainian = consents.write_consent(event, P.PHOTOS, "Українська", by=organiser, language="uk")

    assert current_consents(event.id, "uk") == {P.PHOTOS: ukrainian}
    assert current_consents(event.id, "ar") == {P.PHOTOS: german}


def test_ask_no_more_ends_a_consent_and_keeps_what_was_agreed(organiser):
    event = EventFactory()
    text = consents.write_consent(event, P.PHOTOS, "Wortlaut", by=organiser)
    RegistrationFactory(event=event, consents=[Consent(text=text)])

    consents.ask_no_more(event, P.PHOTOS, by=organiser)

    assert current_consents(event.id) == {}
    assert [each.agreed for each in consent_history(event.id)] == [1]
    consents.write_consent(event, P.PHOTOS, "Doch wieder", by=organiser)
    assert current_consents(event.id)[P.PHOTOS].version == 2


def test_texts_for_makes_the_words_of_the_house_the_events_own_once():
    event = EventFactory()

    [first] = consents.texts_for(event, [P.NEEDS])
    [again] = consents.texts_for(event, [P.NEEDS])

    assert first is again
    assert (first.version, first.text.split(",")[0]) == (1, "Ich bin einverstanden")
    assert consents.texts_for(event, []) == []


def test_withdraw_consent_ends_only_this_purpose():
    event = EventFactory()
    photos, contacts = ConsentTextFactory(event=event), ConsentTextFactory(event=event, purpose=P.CONTACTS)
    registration = RegistrationFactory(event=event, consents=[Consent(text=photos), Consent(text=contacts)])

    consents.withdraw_consent(registration, P.PHOTOS)
    consents.withdraw_consent(registration, P.PHOTOS)

    assert [consent.withdrawn_at is None for consent in registration.consents] == [False, True]
    assert consents.given(registration, P.PHOTOS) == []
    db.session.expire_all()
    assert [consent.text for consent in consents.given(registration, P.CONTACTS)] == [contacts]
