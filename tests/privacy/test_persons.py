"""What is known about a person, and erasing it: afterwards no table holds the address or the name."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import JSON, String, cast, func, select

from app.accounts.models import Role
from app.comments.models import Commenter
from app.concept.models import PracticeContact
from app.db import db, now
from app.drafting.models import DeskDraft, Suggester
from app.events.models import EventPerson, PersonRole
from app.mail import outbox
from app.proposals.models import Channel, Contributor, Follow
from app.registrations import services as registrations
from app.registrations.models import Consent, NeedKind, RegistrationStatus
from app.registrations.queries import persons_at
from app.registrations.services import needs
from tests.comments.factories import CommentFactory
from tests.concept.factories import GoodPracticeFactory
from tests.drafting.factories import SuggestionFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.factories_needs import NeedsConsentFactory
from tests.registrations.test_needs import need

EMAIL, NAME = "erika@example.org", "Erika Beispielmann"
OTHER, OTHER_NAME = "otto@example.org", "Otto Beispielmann"
S = RegistrationStatus


@pytest.fixture
def event():
    return EventFactory(asked_needs=list(NeedKind), capacity=3)


@pytest.fixture
def person(event):
    """Somebody who is in every table, written in different cases; and another one who is, too."""
    AccountFactory(roles=(Role.ADMIN,))
    consent_text = NeedsConsentFactory(event=event)
    table = ThemeTableFactory(event=event)
    said = ProposalFactory(content="Ein Satz vom Tisch.", event=event, table=table, channel=Channel.TABLE)
    for email, name in ((EMAIL, NAME), (OTHER, OTHER_NAME)):
        account = AccountFactory(email=email, name=name)
        guest = RegistrationFactory(event=event, name=name, email=email.title(), phone="07531 1")
        guest.consents = [Consent(text=consent_text)]
        db.session.commit()
        needs.keep(guest, [need(NeedKind.VEGAN)])
        past = EventFactory(starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1))
        RegistrationFactory(event=past, name=name, email="alt@example.org", new_email=email)
        proposal, unsigned = ProposalFactory(content=f"Ein Satz von {email[:4]}."), ProposalFactory()
        noted = CommentFactory(content=f"Dazu noch {email[:4]}.")
        db.session.add_all(
            [
                Contributor(proposal_id=proposal.id, name=name, email=email, email_confirmed_at=now()),
                Contributor(proposal_id=unsigned.id, name=name),
                Commenter(comment_id=noted.id, name=name, email=email),
                Suggester(suggestion_id=SuggestionFactory().id, email=email),
                DeskDraft(account_id=account.id, page="/verwaltung", fields={}),
                Follow(email=email, text=said.text, consent="x", confirmed_at=now()),
                Follow(account=account, text=proposal.text, consent="x", confirmed_at=now()),
                PracticeContact(practice=GoodPracticeFactory(), name=name, email=email.title()),
                EventPerson(table=table, role=PersonRole.HOST, name=name),
            ]
        )
        outbox.enqueue(email, "accounts/sign_in", account_id=account.id)
        party = RegistrationFactory(event=past, persons=2)
        party.attendees[1].name = name
        db.session.commit()
    return said


def stands(word):
    """Table and column of every text that holds the word, in whatever case."""
    return [
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON)
        and db.session.scalar(
            select(func.count()).select_from(table).where(func.lower(cast(column, String)).contains(word.lower()))
        )
    ]


PLACES = {
    "account.email",
    "registration.email",
    "registration.new_email",
    "contributor.email",
    "commenter.email",
    "suggester.email",
    "practice_contact.email",
    "follow.email",
    "outgoing_mail.recipient",
}
NAMED = {
    "account.name",
    "registration.name",
    "contributor.name",
    "commenter.name",
    "practice_contact.name",
    "attendee.name",
    "event_person.name",
}


def test_erase_leaves_address_and_name_in_no_table(person, command):
    assert (set(stands(EMAIL)), set(stands(NAME))) == (PLACES, NAMED)

    outcome = command("erase", "person", EMAIL.upper(), "--name", NAME)

    assert (outcome.status, stands(EMAIL), stands(NAME)) == (0, [], [])
    assert (set(stands(OTHER)), set(stands(OTHER_NAME))) == (PLACES, NAMED)
    assert outcome.output.splitlines() == [
        "     2  registration",
        "     2  contributor",
        "     1  commenter",
        "     1  suggester",
        "     2  follow",
        "     1  practice_contact",
        "     1  account",
        "     2  name",
        "     2  outgoing_mail",
    ]


def test_erase_without_a_name_says_where_it_may_stand_still(person, command):
    outcome = command("erase", "person", EMAIL)

    places = {"event_person.name", "contributor.name", "attendee.name"}
    assert set(stands(NAME)) == places
    told = [line for line in outcome.output.splitlines() if line.startswith("Bitte ansehen: ")]
    assert {line.split()[2] for line in told} == places
    assert NAME not in outcome.output


def test_erase_keeps_what_was_said_and_the_numbers(person, command, client):
    command("erase", "person", EMAIL, "--name", NAME)

    assert "Ein Satz vom Tisch." in client.page(f"/vorschlaege/{person.reference}/weg").text
    assert stands("Ein Satz von erik.") == ["text_version.content"]


def test_erase_gives_up_places_at_coming_events_and_deletes_needs(person, event, command, mails):
    assert persons_at([event.id])[event.id].confirmed == 2
    waiting = RegistrationFactory(event=event, status=S.WAITING, persons=2, email="wartet@example.org")

    command("erase", "person", EMAIL)

    db.session.refresh(waiting)
    assert (persons_at([event.id])[event.id].confirmed, waiting.status) == (1, S.OFFERED)
    assert [mail.to for mail in mails()] == [OTHER, "wartet@example.org"]


def test_erase_ends_the_link_in_the_mail(event, command, client):
    token = registrations.issue_link(RegistrationFactory(event=event, email=EMAIL))
    client.page(f"/anmeldungen/{token}")

    command("erase", "person", EMAIL)

    client.page(f"/anmeldungen/{token}", 409)


def test_erase_refuses_the_last_account_that_manages_accounts(command):
    AccountFactory(roles=(Role.ADMIN,), email=EMAIL)
    RegistrationFactory(email=EMAIL, name=NAME)

    outcome = command("erase", "person", EMAIL)

    assert (outcome.status, outcome.output) == (1, "")
    assert stands(EMAIL) == ["account.email", "registration.email"]


def test_export_tells_everything_about_one_person_and_nothing_about_others(person, command):
    outcome = command("export", "person", EMAIL.upper())

    told = json.loads(outcome.output)
    assert {table: len(rows) for table, rows in told.items() if table != "audit_entry"} == {
        "account": 1,
        "role_grant": 1,
        "registration": 2,
        "attendee": 2,
        "consent": 1,
        "need": 1,
        "contributor": 1,
        "commenter": 1,
        "suggester": 1,
        "desk_draft": 1,
        "follow": 2,
        "outgoing_mail": 1,
        "practice_contact": 1,
        "needs": 2,
        "contributions": 1,
        "comments": 1,
        "suggestions": 1,
    }
    assert told["needs"][0]["needs"] == [need(NeedKind.VEGAN)]
    assert told["contributions"][0]["text"] == "Ein Satz von erik."
    assert (OTHER in outcome.output.lower(), OTHER_NAME in outcome.output) == (False, False)


def test_export_of_an_unknown_address_is_empty(person, command):
    assert json.loads(command("export", "person", "niemand@example.org").output) == {}


def test_export_says_when_needs_cannot_be_read(person, command, app, monkeypatch):
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=")

    told = json.loads(command("export", "person", EMAIL).output)

    assert told["needs"][0]["needs"].startswith("Das lässt sich nicht lesen")
