from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db, now
from app.events import services as events
from app.events.errors import TableInUse
from app.registrations import services as registrations
from app.registrations.errors import EventCalledOff, EventOver
from app.registrations.models import LetterKind, RegistrationStatus
from app.seating import queries, services
from app.seating.errors import (
    NobodyToSeat,
    NoTables,
    NothingPublished,
    PinsDoNotFit,
    PlanGone,
    TableFull,
    TableTwice,
)
from app.seating.models import PlanStatus, SeatingPlan, TableSeat
from tests.events.factories import ThemeTableFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import letters
from tests.seating.factories import event_with_tables, party

S = RegistrationStatus


def seating(plan):
    """Who sits where: (round, number of the table) to names of parties."""
    found: dict[tuple[int, int], list[str]] = {}
    for seat in queries.seats_in(plan.id):
        found.setdefault((seat.round, seat.table.number), []).append(seat.attendee.registration.name)
    return found


def test_make_gives_everybody_their_first_wish_where_that_is_possible(organiser):
    event, (one, other) = event_with_tables(2, 2)
    party(event, one, other, name="Eins", persons=2)
    party(event, one, other, name="Zwei")

    plan = services.make(event, by=organiser)

    assert seating(plan) == {(1, 1): ["Eins", "Eins"], (1, 2): ["Zwei"]}
    assert (plan.status, plan.persons, plan.total_rank, plan.gap, plan.is_proven) == (PlanStatus.DRAFT, 3, 1, 0, True)
    assert (plan.figures["first"], plan.figures["second"], plan.solver[:5]) == (2, 1, "HiGHS")
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "seating.make"))
    assert entry.actor_id == organiser.id


def test_make_seats_only_who_comes_to_the_place_and_confirmed(organiser):
    event, _ = event_with_tables(10)
    RegistrationFactory(event=event, name="Da")
    RegistrationFactory(event=event, name="Gehalten", status=S.HELD, confirmed_at=None)
    RegistrationFactory(event=event, name="Wartet", status=S.WAITING)
    RegistrationFactory(event=event, name="Abgemeldet", status=S.CANCELLED)
    RegistrationFactory(event=event, name="Online", is_online=True)

    plan = services.make(event, by=organiser)
    with_held = services.make(event, includes_held=True, by=organiser)

    assert seating(with_held) == {(1, 1): ["Da", "Gehalten"]}
    assert (plan.persons, with_held.persons) == (1, 2)


def test_make_twice_gives_the_same_and_keeps_one_draft(organiser):
    event, tables = event_with_tables(3, 3, 3, rounds=2)
    for number in range(7):
        party(event, tables[number % 3], name=f"Beispiel {number}")

    first = services.make(event, by=organiser)
    before = (seating(first), first.input_digest)
    second = services.make(event, by=organiser)

    assert (seating(second), second.input_digest) == before
    assert [plan.status for plan in db.session.scalars(select(SeatingPlan).order_by(SeatingPlan.id))] == [
        PlanStatus.DISCARDED,
        PlanStatus.DRAFT,
    ]
    assert {seat.plan_id for seat in db.session.scalars(select(TableSeat))} == {second.id}


def test_make_splits_a_party_that_does_not_mind(organiser):
    event, _ = event_with_tables(1, 1)
    party(event, name="Zu zweit", persons=2, sits_together=False)

    assert seating(services.make(event, by=organiser)) == {(1, 1): ["Zu zweit"], (1, 2): ["Zu zweit"]}


def test_make_refuses_where_there_is_no_table_or_nobody(organiser):
    bare, _ = event_with_tables()
    empty, _ = event_with_tables(5)
    RegistrationFactory(event=bare)

    with pytest.raises(NoTables):
        services.make(bare, by=organiser)
    with pytest.raises(NobodyToSeat):
        services.make(empty, by=organiser)


def test_a_table_somebody_wishes_or_sits_at_cannot_be_removed(organiser):
    event, (wished, _) = event_with_tables(1, 5)
    party(event, wished, name="Eins")
    party(event, name="Zwei")
    services.make(event, by=organiser)

    for table in list(event.tables):
        with pytest.raises(TableInUse):
            events.remove_table(table, by=organiser)


def test_move_pins_the_group_and_the_next_plan_keeps_it(organiser):
    event, (one, other) = event_with_tables(2, 2)
    registration = party(event, one, name="Eins", persons=2)
    plan = services.make(event, by=organiser)

    services.move(plan, registration.attendees, 1, other, by=organiser)
    again = services.make(event, by=organiser)

    assert (plan.total_rank, plan.figures["unmet"]) == (8, 2)
    assert seating(again) == {(1, 2): ["Eins", "Eins"]}
    assert (again.total_rank, again.gap) == (8, 0)
    assert [seat.is_pinned for seat in again.seats] == [True, True]


def test_move_tells_the_gap_it_makes(organiser):
    event, (one, other) = event_with_tables(2, 2)
    registration = party(event, one, name="Eins")
    plan = services.make(event, by=organiser)

    services.move(plan, registration.attendees, 1, other, by=organiser)

    assert (plan.bound, plan.gap) == (0, 4)


def test_unpin_frees_the_group_for_the_next_plan(organiser):
    event, (one, other) = event_with_tables(2, 2)
    registration = party(event, one, name="Eins")
    plan = services.make(event, by=organiser)
    services.move(plan, registration.attendees, 1, other, by=organiser)

    services.unpin(plan, registration.attendees, by=organiser)
    assert seating(plan) == {(1, 2): ["Eins"]}

    assert seating(services.make(event, by=organiser)) == {(1, 1): ["Eins"]}


def test_move_refuses_a_full_table_and_the_same_table_twice(organiser):
    event, (one, other, _) = event_with_tables(1, 1, 1, rounds=2)
    first, second = party(event, one, name="Eins"), party(event, other, name="Zwei")
    plan = services.make(event, by=organiser)
    before = seating(plan)
    at = {(seat.attendee.registration_id, seat.table_id): seat.round for seat in queries.seats_in(plan.id)}

    with pytest.raises(TableTwice):
        services.move(plan, first.attendees, 3 - at[first.id, one.id], one, by=organiser)
    with pytest.raises(TableFull):
        services.move(plan, first.attendees, at[second.id, other.id], other, by=organiser)

    assert seating(plan) == before


def test_pin_seats_the_group_where_it_was_full_and_the_others_around_it(organiser):
    event, (one, _) = event_with_tables(1, 1)
    party(event, one, name="Eins")
    late = party(event, name="Zwei")
    plan = services.make(event, by=organiser)

    again = services.pin(plan, late.attendees, 1, one, by=organiser)

    assert seating(again) == {(1, 1): ["Zwei"], (1, 2): ["Eins"]}


def test_pin_refuses_more_than_the_table_holds_and_names_it(organiser):
    event, (one, _) = event_with_tables(1, 1)
    pinned, late = party(event, one, name="Eins"), party(event, name="Zwei")
    plan = services.make(event, by=organiser)
    plan = services.pin(plan, pinned.attendees, 1, one, by=organiser)

    with pytest.raises(PinsDoNotFit, match="An Tisch 1 sind in Runde 1 mehr Menschen festgesetzt"):
        services.pin(plan, late.attendees, 1, one, by=organiser)


def test_publish_tells_everybody_once_and_again_only_whose_tables_changed(organiser, mails):
    event, (one, other, third) = event_with_tables(1, 1, 2)
    first = party(event, one, name="Eins", email="eins@example.org")
    party(event, other, name="Zwei", email="zwei@example.org")
    on_paper = RegistrationFactory(event=event, name="Ohne Adresse", email=None, channel="phone")
    plan = services.make(event, by=organiser)
    services.publish(plan, by=organiser)

    assert [(mail.to, mail.subject) for mail in mails()] == [
        ("eins@example.org", f"Ihr Tisch: {event.title}"),
        ("zwei@example.org", f"Ihr Tisch: {event.title}"),
    ]
    assert f"Tisch 1 „{one.title}“" in mails()[0].text
    assert [letter.letter for letter in on_paper.paper_letters] == [LetterKind.SEATED]

    draft = services.supplement(event, by=organiser)
    services.move(draft, first.attendees, 1, third, by=organiser)
    assert services.publish(draft, by=organiser) == 1
    assert [mail.to for mail in mails()][2:] == ["eins@example.org"]
    assert plan.status is PlanStatus.DISCARDED


def test_publish_names_a_table_for_each_round(organiser, mails):
    event, tables = event_with_tables(5, 5, rounds=2)
    party(event, *tables, name="Eins", language="en")
    services.publish(services.make(event, by=organiser), by=organiser)

    [mail] = mails()
    assert [tables[0].title in mail.text, tables[1].title in mail.text] == [True, True]


def test_publish_does_not_mail_to_addresses_nobody_confirmed(organiser):
    event, _ = event_with_tables(5)
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)

    plan = services.make(event, includes_held=True, by=organiser)
    services.publish(plan, by=organiser)

    assert (len(queries.seats_of(event.id)), letters()) == (1, [])


def test_publish_twice_lets_one_organiser_win(organiser):
    event, _ = event_with_tables(5)
    RegistrationFactory(event=event)
    plan = services.make(event, by=organiser)
    services.publish(plan, by=organiser)

    for verb in (services.publish, services.discard):
        with pytest.raises(PlanGone):
            verb(plan, by=organiser)
    assert letters() == ["seated"]


def test_publish_refuses_what_does_not_take_place(organiser, later):
    cancelled, _ = event_with_tables(5)
    over, _ = event_with_tables(5)
    for event in (cancelled, over):
        RegistrationFactory(event=event)
    plans = [services.make(event, by=organiser) for event in (cancelled, over)]
    registrations.cancel_event(cancelled, by=organiser)

    with pytest.raises(EventCalledOff):
        services.publish(plans[0], by=organiser)
    later(over.ends_at - now() + timedelta(seconds=1))
    with pytest.raises(EventOver):
        services.publish(plans[1], by=organiser)


def test_discard_leaves_what_is_published(organiser):
    event, _ = event_with_tables(5)
    RegistrationFactory(event=event)
    published = services.make(event, by=organiser)
    services.publish(published, by=organiser)
    draft = services.make(event, by=organiser)

    services.discard(draft, by=organiser)

    assert (draft.seats, len(queries.seats_of(event.id))) == ([], 1)
    assert queries.plan_of(event.id, PlanStatus.DRAFT) is None


def test_supplement_keeps_every_published_seat_and_seats_the_late(organiser):
    event, (one, _other) = event_with_tables(2, 2)
    party(event, one, name="Eins")
    party(event, one, name="Zwei")
    services.publish(services.make(event, by=organiser), by=organiser)
    party(event, one, name="Später")

    draft = services.supplement(event, by=organiser)

    assert seating(draft) == {(1, 1): ["Eins", "Zwei"], (1, 2): ["Später"]}
    assert [seat.is_pinned for seat in draft.seats] == [False, False, False]
    assert services.publish(draft, by=organiser) == 1


def test_supplement_seats_a_party_that_grew_too_large_for_its_table_anew_and_together(organiser):
    event, (one, _other) = event_with_tables(2, 3)
    grown = party(event, one, name="Gewachsen")
    party(event, one, name="Bleibt")
    services.publish(services.make(event, by=organiser), by=organiser)
    registrations.change(grown, persons=2)

    draft = services.supplement(event, by=organiser)

    assert seating(draft) == {(1, 1): ["Bleibt"], (1, 2): ["Gewachsen", "Gewachsen"]}


def test_supplement_needs_a_published_plan(organiser):
    event, _ = event_with_tables(2)
    RegistrationFactory(event=event)
    services.make(event, by=organiser)

    with pytest.raises(NothingPublished):
        services.supplement(event, by=organiser)


def test_a_cancelled_party_frees_its_seat(organiser):
    event, (one,) = event_with_tables(1)
    leaving = party(event, one, name="Geht")
    plan = services.make(event, by=organiser)
    registrations.cancel(leaving)
    coming = party(event, one, name="Kommt")

    services.move(plan, coming.attendees, 1, one, by=organiser)
    services.publish(plan, by=organiser)

    assert [seat.attendee.registration.name for seat in queries.seats_of(event.id)] == ["Kommt"]
    assert letters() == ["cancelled", "seated"]


def test_a_person_who_leaves_the_party_takes_the_seat_along(organiser):
    event, _ = event_with_tables(3)
    shrinking = party(event, name="Schrumpft", persons=3)
    plan = services.make(event, by=organiser)

    registrations.change(shrinking, persons=1)

    assert seating(plan) == {(1, 1): ["Schrumpft"]}


def test_a_new_table_is_used_by_the_next_plan(organiser):
    event, _ = event_with_tables(1)
    for name in ("Eins", "Zwei"):
        party(event, name=name)
    plan = services.make(event, by=organiser)
    ThemeTableFactory(event=event, number=2, capacity=1)
    db.session.expire(event, ["tables"])

    again = services.make(event, by=organiser)

    assert (plan.figures["unseated"], again.figures["unseated"]) == (1, 0)
