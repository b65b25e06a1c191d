"""What people need: kept with consent, encrypted, counted, forgotten."""

from base64 import urlsafe_b64encode
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.audit.models import AuditEntry
from app.db import db, now
from app.encryption import Unreadable
from app.events.models import EventStatus, TeamMember
from app.registrations import needs
from app.registrations import services as registrations
from app.registrations.errors import ConsentMissing, NeedNotAsked, NeedsExceedParty
from app.registrations.models import Consent, Need, NeedKind, Registration, RegistrationStatus
from app.registrations.needs import Cover, Demand
from app.registrations.services import needs as services
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.factories_needs import NeedsConsentFactory, ResourceFactory
from tests.registrations.scene import PARTY

K, S = NeedKind, RegistrationStatus
NEW_KEY = urlsafe_b64encode(b"n" * 32).decode()


def need(kind, persons=1, language="", ages=(), note=""):
    return {"kind": kind, "language": language, "persons": persons, "ages": list(ages), "note": note}


@pytest.fixture
def event():
    return EventFactory(asked_needs=list(K))


@pytest.fixture
def party(event):
    """A party that has agreed and told what it needs."""
    consent_text = NeedsConsentFactory(event=event)

    def make(*what, agreed=True, persons=9, **fields):
        registration = RegistrationFactory(event=event, persons=persons, **fields)
        if agreed:
            registration.consents.append(Consent(text=consent_text))
            db.session.commit()
        if what:
            services.keep(registration, what)
        return registration

    return make


def actions():
    return [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_keep_remembers_what_the_party_needs(party):
    said = [need(K.INTERPRETATION, 2, language="ti"), need(K.CHILDCARE, 2, ages=[3, 6]), need(K.OTHER, note="Ruhe")]

    registration = party(*said)

    assert needs.needs_of(registration) == said
    assert actions() == ["registrations.keep_needs"]


def test_keep_again_replaces_what_was_said_before(party):
    registration = party(need(K.VEGAN))

    services.keep(registration, [need(K.HALAL, 3)])

    assert needs.needs_of(registration) == [need(K.HALAL, 3)]
    assert db.session.scalar(select(func.count(Need.id))) == 1


def test_keep_nothing_forgets(party):
    registration = party(need(K.VEGAN))

    services.keep(registration, [])

    assert (needs.needs_of(registration), db.session.scalar(select(func.count(Need.id)))) == ([], 0)
    assert actions() == ["registrations.keep_needs", "registrations.forget_needs"]


def test_keep_refuses_what_nobody_agreed_to(party):
    registration = party(agreed=False)
    NeedsConsentFactory(event=registration.event, purpose="photos")

    with pytest.raises(ConsentMissing):
        services.keep(registration, [need(K.VEGAN)])
    assert needs.needs_of(registration) == []


def test_keep_refuses_once_consent_is_withdrawn(party):
    registration = party()
    registration.consents[0].withdraw(now())

    with pytest.raises(ConsentMissing):
        services.keep(registration, [need(K.VEGAN)])


def test_keep_refuses_what_the_event_does_not_ask(party):
    registration = party()
    registration.event.asked_needs = [K.VEGAN]

    with pytest.raises(NeedNotAsked):
        services.keep(registration, [need(K.HALAL)])


def test_keep_refuses_more_persons_than_come(party):
    registration = party(persons=2)

    with pytest.raises(NeedsExceedParty):
        services.keep(registration, [need(K.VEGAN, 3)])


def test_registration_takes_its_needs_along(party):
    registration = party(need(K.VEGAN))

    db.session.delete(registration)
    db.session.commit()

    assert db.session.scalar(select(func.count(Need.id))) == 0


def test_register_keeps_needs_in_the_same_commit_and_cancelling_deletes_them(event):
    consent_text = NeedsConsentFactory(event=event)
    registration = registrations.register(event, **PARTY, persons=2, consents=[consent_text], needs=[need(K.HALAL, 2)])
    assert needs.needs_of(registration) == [need(K.HALAL, 2)]

    registrations.cancel(registration)

    assert db.session.scalar(select(func.count(Need.id))) == 0


def test_change_says_needs_anew_or_leaves_them(event):
    consents = [NeedsConsentFactory(event=event)]
    registration = registrations.register(event, **PARTY, persons=2, consents=consents, needs=[need(K.HALAL, 2)])

    registrations.change(registration, persons=2)
    assert needs.needs_of(registration) == [need(K.HALAL, 2)]
    registrations.change(registration, persons=3, consents=consents, needs=[need(K.VEGAN, 3)])
    assert needs.needs_of(registration) == [need(K.VEGAN, 3)]
    registrations.change(registration, persons=3, consents=[], needs=[])
    assert needs.needs_of(registration) == []


def test_register_without_consent_registers_nobody(event):
    with pytest.raises(ConsentMissing):
        registrations.register(event, **PARTY, needs=[need(K.HALAL)])

    assert db.session.scalar(select(func.count(Registration.id))) == 0


def test_demands_count_persons_by_service_and_language(event, party):
    party(need(K.INTERPRETATION, 2, language="ti"), need(K.VEGAN))
    party(need(K.INTERPRETATION, 1, language="ti"), need(K.CHILDCARE, 2, ages=[7, 3]))
    party(need(K.INTERPRETATION, 4, language="ar"), need(K.CHILDCARE, 1, ages=[5]))

    demands = needs.demands_at(event.id)

    assert demands.found == [
        Demand(K.INTERPRETATION, "ar", 4),
        Demand(K.INTERPRETATION, "ti", 3),
        Demand(K.CHILDCARE, "", 3, (3, 5, 7)),
        Demand(K.VEGAN, "", 1),
    ]
    assert demands.unreadable == 0


def test_demands_count_only_who_holds_a_place(event, party):
    for status in S:
        party(need(K.VEGAN), status=status)
    other = party(need(K.VEGAN))
    other.event = EventFactory()
    db.session.get(Need, needs.find_need(other).id).event_id = other.event.id

    assert needs.demands_at(event.id).found == [Demand(K.VEGAN, "", 3)]


def test_guests_are_named_only_where_somebody_has_to_find_them(event, party):
    found = party(need(K.VEGAN), need(K.ASSISTANCE, 1))
    party(need(K.HALAL), need(K.WHEELCHAIR), need(K.INTERPRETATION, language="ti"))
    party(need(K.TRAVEL), status=S.WAITING)

    assert needs.guests_to_find(event.id) == [(found, [need(K.ASSISTANCE, 1)])]


def test_view_names_is_recorded_without_what_was_seen(event, party, organiser):
    party(need(K.ASSISTANCE))

    services.view_names(event, by=organiser)

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id, entry.subject_type, entry.subject_id, entry.fields) == (
        *("registrations.view_needs", organiser.id, "event", event.id),
        [],
    )


def covers(event):
    return needs.covers_at(event.id, needs.demands_at(event.id))


def test_cover_sets_what_is_planned_against_what_is_needed(event, party):
    party(need(K.INTERPRETATION, 3, language="ti"), need(K.INTERPRETATION, 1, language="ar"))
    party(need(K.WHEELCHAIR, 2), need(K.VEGAN, 4), need(K.CHILDCARE, 2, ages=[3, 4]))
    ResourceFactory(event=event, language="ar")
    ResourceFactory(event=event, kind=K.WHEELCHAIR, persons=1)
    ResourceFactory(event=event, kind=K.WHEELCHAIR, persons=1)
    ResourceFactory(event=event, kind=K.VEGAN, persons=3)
    ResourceFactory(event=event, kind=K.CHILDCARE, persons=8, is_confirmed=False)
    ResourceFactory(event=event, kind=K.SIGN_LANGUAGE, persons=5)
    ResourceFactory(kind=K.VEGAN, persons=3)

    found = covers(event)

    assert found == [
        Cover(K.INTERPRETATION, "ar", 1, None, None),
        Cover(K.INTERPRETATION, "ti", 3, 0, 0),
        Cover(K.SIGN_LANGUAGE, "", 0, 5, 5),
        Cover(K.WHEELCHAIR, "", 2, 2, 2),
        Cover(K.CHILDCARE, "", 2, 8, 0),
        Cover(K.VEGAN, "", 4, 3, 3),
    ]
    assert [(cover.language or cover.kind, cover.is_planned) for cover in found if cover.is_gap] == [
        ("ti", False),
        (K.CHILDCARE, True),
        (K.VEGAN, False),
    ]


def test_gaps_are_told_to_the_team_of_coming_events_only(event, party, organiser):
    party(need(K.INTERPRETATION, 3, language="ti"))
    gap = Cover(K.INTERPRETATION, "ti", 3, 0, 0)

    assert needs.gaps_of(organiser, now()) == []
    db.session.add(TeamMember(event=event, account=organiser))
    db.session.commit()
    assert needs.gaps_of(organiser, now()) == [(event, [gap])]
    assert needs.gaps_of(organiser, event.ends_at) == []
    event.status = EventStatus.CANCELLED
    event.cancelled_at = now()
    assert needs.gaps_of(organiser, now()) == []


def test_plan_change_and_remove_a_resource(event, organiser):
    resource = services.plan(event, by=organiser, kind=K.VEGAN, persons=10, who="Beispielküche", language="")
    services.change_resource(resource, by=organiser, persons=12, is_confirmed=True)
    assert [(each.persons, each.is_confirmed) for each in needs.resources_of(event.id)] == [(12, True)]

    services.remove_resource(resource, by=organiser)

    assert needs.resources_of(event.id) == []
    assert actions() == [f"registrations.{verb}" for verb in ("plan_resource", "change_resource", "remove_resource")]


def test_ask_keeps_the_order_of_the_house(event, organiser):
    services.ask(event, [K.OTHER, K.VEGAN, K.SIGN_LANGUAGE], by=organiser)

    assert event.asked_needs == ["sign_language", "vegan", "other"]


def test_foreign_key_counts_as_unreadable_and_stops_nothing(event, party, app, monkeypatch):
    party(need(K.VEGAN))
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", NEW_KEY)
    readable = party(need(K.HALAL))

    assert needs.demands_at(event.id) == ([Demand(K.HALAL, "", 1)], 1)
    assert needs.needs_of(readable) == [need(K.HALAL)]


def test_new_key_takes_over_and_the_old_one_can_go(event, party, app, monkeypatch):
    registration = party(need(K.VEGAN))
    old = app.config["ENCRYPTION_KEY"]

    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", f"{NEW_KEY},{old}")
    assert needs.needs_of(registration) == [need(K.VEGAN)]
    assert services.renew_encryption() == 1

    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", NEW_KEY)
    assert needs.needs_of(registration) == [need(K.VEGAN)]
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", old)
    with pytest.raises(Unreadable):
        needs.needs_of(registration)


def test_renew_command_tells_how_many_rows_it_encrypted(party, command, app, monkeypatch):
    party(need(K.VEGAN))
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", f"{NEW_KEY},{app.config['ENCRYPTION_KEY']}")
    assert command("needs", "renew").output == "1 Einträge sind mit dem ersten Schlüssel verschlüsselt.\n"

    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", urlsafe_b64encode(b"x" * 32).decode())
    outcome = command("needs", "renew")
    assert (outcome.status, outcome.error) == (
        1,
        "Das lässt sich nicht lesen: Der Schlüssel dazu fehlt (TEILHABE_ENCRYPTION_KEY).\n",
    )


def test_row_hides_what_and_how_much_it_holds(party):
    party(need(K.VEGAN))
    party(need(K.KOSHER, 3), need(K.CHILDCARE, 2, ages=[4, 5]), need(K.OTHER, note="Bitte neben der Tür"))

    rows = db.session.execute(text("SELECT ciphertext FROM need")).scalars().all()

    assert len({len(bytes(row)) for row in rows}) == 1


def test_database_holds_no_readable_need(own_app):
    """Every byte SQLite wrote into its files; on PostgreSQL every column of every row."""
    app = own_app()
    with app.app_context():
        event = EventFactory(asked_needs=[K.OTHER], title="Lesbares Beispiel")
        consent_text = NeedsConsentFactory(event=event)
        registration = RegistrationFactory(event=event)
        registration.consents.append(Consent(text=consent_text))
        db.session.commit()
        services.keep(registration, [need(K.OTHER, note="Begleitung vom Bahnsteig")])
        stored = everything_stored(db.engine)
        db.session.remove()

    assert (b"Lesbares Beispiel" in stored, b"Begleitung" in stored, b"Bahnsteig" in stored) == (True, False, False)


def everything_stored(engine):
    if engine.dialect.name == "sqlite":
        return b"".join(Path(f"{engine.url.database}{ending}").read_bytes() for ending in ("", "-wal"))
    tables = db.metadata.sorted_tables
    return b"".join(repr(row).encode() for table in tables for row in db.session.execute(select(table)))
