from datetime import timedelta

import pytest

from app.attendance import codes, services
from app.attendance.codes import Ticket
from app.attendance.errors import (
    NoTicketYet,
    TicketCancelled,
    TicketForeign,
    TicketForged,
    TicketOutdated,
    TicketOver,
    TicketUnknown,
)
from app.attendance.services.tickets import STILL_GOOD
from app.db import db, now
from app.registrations.models import RegistrationStatus
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory

S = RegistrationStatus


@pytest.fixture
def party():
    return RegistrationFactory(persons=3)


def admit(party, code=None, **changes):
    at = changes.get("at", now())
    return services.admit(code or services.token_of_party(party), changes.get("event", party.event), at)


def test_the_partys_ticket_lets_in_everyone_of_it(party):
    assert admit(party) == (party, party.attendees)


def test_a_ticket_of_one_lets_in_that_one(party):
    assert admit(party, services.token_of(party.attendees[1])) == (party, [party.attendees[1]])


def test_who_comes_alone_has_one_ticket_for_both(app):
    alone = RegistrationFactory()

    assert services.token_of(alone.attendees[0]) == services.token_of_party(alone)


def test_a_ticket_is_128_signs_a_scanner_cannot_mistake_and_holds_no_name(party):
    code = services.token_of_party(party)

    assert (len(code), set(code) - set("0123456789ABCDEFGHJKLMNPQRSTUVWX")) == (128, set())
    assert codes.read(code) == Ticket(party.event_id, party.id, 0, 1, 3)


def test_a_code_typed_by_hand_opens_however_it_is_written(party):
    code = services.token_of_party(party).lower().replace("0", "o").replace("1", "i")
    typed = " ".join(code[start : start + 8] for start in range(0, 128, 8))

    assert admit(party, typed).registration == party


@pytest.mark.parametrize("position", [0, 10, 24, 26, 127])
def test_another_sign_anywhere_makes_it_a_forgery(party, position):
    code = services.token_of_party(party)
    other = "A" if code[position] != "A" else "B"

    with pytest.raises(TicketForged):
        admit(party, code[:position] + other + code[position + 1 :])


@pytest.mark.parametrize("code", ["", "ABC", "é" * 128, "A" * 127, "A" * 128, "Y" * 128, "A" * 129, "\0"])
def test_what_is_no_code_is_a_forgery(party, code):
    with pytest.raises(TicketForged):
        admit(party, code or " ")


def test_a_ticket_of_another_event_opens_nothing(party):
    with pytest.raises(TicketForeign):
        admit(party, event=EventFactory())


def test_a_ticket_opens_until_six_hours_after_the_end(party):
    end = party.event.ends_at + STILL_GOOD

    assert admit(party, at=end - timedelta(seconds=1)).registration == party
    with pytest.raises(TicketOver):
        admit(party, at=end)


def test_a_new_link_makes_the_old_ticket_invalid(party):
    code = services.token_of_party(party)
    party.link_generation += 1

    with pytest.raises(TicketOutdated):
        admit(party, code)


@pytest.mark.parametrize("status", [S.CANCELLED, S.WAITING, S.EXPIRED])
def test_without_a_place_the_ticket_opens_nothing(party, status):
    code = services.token_of_party(party)
    party.status = status

    with pytest.raises(TicketCancelled):
        admit(party, code)


def test_who_is_no_longer_in_the_party_has_no_ticket(party):
    code = services.token_of(party.attendees[2])
    del party.attendees[2]
    db.session.flush()

    with pytest.raises(TicketUnknown):
        admit(party, code)


def test_a_deleted_registration_has_no_ticket(party):
    code = services.token_of_party(party)
    event = party.event
    db.session.delete(party)
    db.session.flush()

    with pytest.raises(TicketUnknown):
        services.admit(code, event, now())


def test_who_takes_part_online_has_no_ticket(party):
    party.is_online = True

    with pytest.raises(NoTicketYet):
        services.check_ticket(party)
