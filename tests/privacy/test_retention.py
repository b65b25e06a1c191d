"""Field by field: what the nightly job deletes, and on which day, on a clock that is moved from day to day."""

import json
import re
from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import String, cast, exists, select
from sqlalchemy.exc import OperationalError

from app.accounts.models import Account
from app.attendance.models import DoorDevice
from app.audit.models import AuditEntry
from app.calendars.models import PersonalFeed
from app.calls.models import Sheet, SheetState
from app.capture.models import FlipchartPhoto
from app.comments.models import Commenter, CommentReport
from app.db import db, now
from app.drafting.models import DeskDraft, Suggester
from app.events.models import Event, EventStatus
from app.limits import Action, Attempt
from app.links import UsedLink
from app.local_time import BERLIN
from app.mail import outbox
from app.mail.models import OutgoingMail
from app.moderation.models import Appeal, Report, ReportKind, ReportOutcome
from app.moderation.services import redactions
from app.privacy import services
from app.privacy.retention import RULES, Rule
from app.proposals.models import Attachment, Channel, Contributor, Draft, Follow, Support
from app.registrations.models import (
    Answer,
    Attendee,
    ComesAs,
    Consent,
    InvitationCode,
    Need,
    NeedKind,
    PaperLetter,
    Question,
    QuestionKind,
    Reached,
    Registration,
    RegistrationStatus,
    Resource,
    TableWish,
)
from app.registrations.queries import persons_at
from app.registrations.services import needs
from app.seating.models import PlanStatus, SeatingPlan, TableSeat
from app.structures.models import MandateInvitation
from app.texts.models import KeptPassage
from tests.calls.factories import SheetFactory
from tests.capture.factories import FlipchartPhotoFactory
from tests.comments.factories import CommentFactory
from tests.decisions.factories import answered_by_letter
from tests.drafting.factories import watched_addresses
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.privacy.people import contributors
from tests.proposals.factories import AttachmentFactory, ProposalFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.factories_needs import NeedsConsentFactory
from tests.registrations.test_needs import need
from tests.structures.factories import MandateInvitationFactory
from tests.tree import ROOT

S = RegistrationStatus
START = datetime(2027, 3, 1, 9, tzinfo=BERLIN)
END = START + timedelta(hours=5)
WRITTEN = START - timedelta(days=20)  # when everybody registered


@pytest.fixture
def clock():
    with time_machine.travel(WRITTEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock):
    """A row of everything that is ever deleted, of an event on 1 March 2027."""
    event = EventFactory(title="Beispieldialog", starts_at=START, ends_at=END, asked_needs=list(NeedKind))
    table = ThemeTableFactory(event=event)
    consent_text = NeedsConsentFactory(event=event)
    code = InvitationCode(event=event, code="ABCD2345", note="für Frau Beispiel")
    plain, sensitive = (
        Question(
            event=event, position=position, kind=QuestionKind.TEXT, label="Beispielfrage", is_sensitive=is_sensitive
        )
        for position, is_sensitive in enumerate((False, True))
    )
    db.session.add_all([code, plain, sensitive])
    db.session.commit()
    guest = RegistrationFactory(
        event=event,
        persons=2,
        name="Gast Beispiel",
        email="gast@example.org",
        new_email="neu@example.org",
        phone="07531 1",
        postal_address="Beispielstraße 1",
        organization_name="Beispielverein",
        comes_as=ComesAs.MIGRANT,
        spoken_languages=["ti"],
        wants_updates=True,
        invitation_code=code,
        form_id="abc",
    )
    guest.attendees[1].name = "Begleitung Beispiel"
    guest.answers = [Answer(question=plain, value="Beispielantwort"), Answer(question=sensitive, value="Heikel")]
    guest.consents = [Consent(text=consent_text)]
    guest.wishes = [TableWish(table=table, rank=1)]
    guest.paper_letters = [PaperLetter(letter="confirmed")]
    guest.paper_letters[0].done(now(), Reached.TOLD, AccountFactory(email="amt@example.org").id)
    db.session.commit()
    needs.keep(guest, [need(NeedKind.VEGAN)])
    solved = dict.fromkeys(("persons", "total_rank", "bound"), 1) | {"is_proven": True, "seconds": 0}
    plan = SeatingPlan(event=event, status=PlanStatus.DRAFT, rounds=1, input_digest="", solver="", **solved)
    plan.seats = [TableSeat(attendee=guest.attendees[0], round=1, table=table)]
    db.session.add_all([plan, Resource(event=event, kind=NeedKind.VEGAN, persons=3, who="Beispielküche", language="")])
    db.session.add(DoorDevice(event=event, name="Handy von Frau Beispiel"))
    FlipchartPhotoFactory(table=table)
    SheetFactory(key="d" * 64 + ".jpg", state=SheetState.SET_ASIDE, reason="Frau Beispiel ruft an", closed_at=now())
    for name, status in (("Wartet", S.WAITING), ("Abgesagt", S.CANCELLED), ("Abgelaufen", S.EXPIRED)):
        ended_at = None if status is S.WAITING else now()
        RegistrationFactory(event=event, name=f"{name} Beispiel", status=status, ended_at=ended_at)
    contributors()
    said = ProposalFactory(content="Ein Satz vom Tisch.", event=event, table=table, channel=Channel.TABLE)
    blackened = ProposalFactory(content="Herr Beispiel will das.", event=event, table=table)
    answered_by_letter("Beispielweg 7")
    follow = {"text": said.text, "consent": "x", "created_at": now()}
    db.session.add_all(
        [
            Follow(email="offen@example.org", **follow),
            Follow(email="endet@example.org", confirmed_at=now(), ended_at=now(), **follow),
            Follow(email="bleibt@example.org", confirmed_at=now(), **follow),
            Support(proposal=said, digest="b" * 64, email="stimme@example.org", created_at=now()),
            UsedLink(digest="a" * 64, used_at=now()),
            Attempt(kind=Action.CONTRIBUTION, source="c" * 64, made_at=now()),
            Draft(ciphertext=b"Entwurf", saved_at=now()),
            AttachmentFactory(proposal=said, name="Familie Beispiel.jpg", withheld_at=now()),
            AttachmentFactory(proposal=said, name="Bank Beispiel.jpg"),
            PersonalFeed(email="kalender@example.org", token_digest="b" * 64, created_at=now(), ended_at=now()),
        ]
    )
    comment, unconfirmed = CommentFactory.create_batch(2, proposal=said)
    comment.commenter = Commenter(name="Rede Beispiel", email="rede@example.org", email_confirmed_at=now())
    unconfirmed.commenter = Commenter(email="ungefragt@example.org")
    watched_addresses()
    MandateInvitationFactory(email="eingeladen@example.org", made_at=now())
    comment.reports = [CommentReport(reason="Nennt Frau Beispiel")]
    for email, answered in (("meldet@example.org", None), ("", now())):
        outcome = ReportOutcome.KEPT if answered else None
        words = "Hinweis Beispiel" if answered else ""
        db.session.add(
            Report(
                proposal=said, kind=ReportKind.OTHER, words=words, email=email, answered_at=answered, outcome=outcome
            )
        )
    db.session.add(Appeal(proposal=said, words="Beschwerde Beispiel", answered_at=now(), is_granted=False))
    db.session.commit()
    redactions.redact(blackened, ["Herr Beispiel"], reason="Name", by=None)
    outbox.enqueue("post@example.org", "accounts/sign_in", account_id=1).sent(now())
    db.session.commit()
    return said


# What stands where until when. The job runs at 3.23 in the night after the period is over.
WATCHED = {
    "used_link": (UsedLink.digest == "a" * 64, date(2027, 2, 11)),
    "attempt": (Attempt.source == "c" * 64, date(2027, 2, 11)),
    "registration, unconfirmed": (Registration.name == "Abgelaufen Beispiel", date(2027, 2, 17)),
    "follow.email, unconfirmed": (Follow.email == "offen@example.org", date(2027, 2, 17)),
    "follow.email, ended": (Follow.email == "endet@example.org", date(2027, 2, 17)),
    "support.email, unconfirmed": (Support.email == "stimme@example.org", date(2027, 2, 17)),
    "contributor.email, unconfirmed": (Contributor.email == "rand@example.org", date(2027, 2, 17)),
    "commenter.email, unconfirmed": (Commenter.email == "ungefragt@example.org", date(2027, 2, 17)),
    "suggester.email, unconfirmed": (Suggester.email == "unerbeten@example.org", date(2027, 2, 17)),
    "report.email, unconfirmed": (Report.email == "meldet@example.org", date(2027, 2, 17)),
    "contributor.name, withdrawn": (Contributor.name == "Weg Beispiel", date(2027, 2, 17)),
    "mandate_invitation.email": (MandateInvitation.email == "eingeladen@example.org", date(2027, 2, 24)),
    "contributor.email, withdrawn": (Contributor.email == "weg@example.org", date(2027, 2, 17)),
    "personal_feed.email": (PersonalFeed.email == "kalender@example.org", date(2027, 2, 17)),
    "outgoing_mail.recipient": (OutgoingMail.recipient == "post@example.org", date(2027, 3, 12)),
    "kept_passage.words": (KeptPassage.words == "Herr Beispiel", date(2027, 3, 12)),
    "paper_letter": (PaperLetter.letter == "confirmed", date(2027, 3, 12)),
    "draft": (Draft.ciphertext == b"Entwurf", date(2027, 3, 12)),
    "desk_draft": (DeskDraft.id > 0, date(2027, 3, 12)),
    "need": (Need.id > 0, date(2027, 3, 16)),
    "registration.comes_as": (Registration.comes_as == ComesAs.MIGRANT, date(2027, 3, 16)),
    "registration.spoken_languages": (cast(Registration.spoken_languages, String) != "[]", date(2027, 3, 16)),
    "answer, sensitive": (Answer.value == "Heikel", date(2027, 3, 16)),
    "registration, waiting": (Registration.name == "Wartet Beispiel", date(2027, 3, 16)),
    "registration, cancelled": (Registration.name == "Abgesagt Beispiel", date(2027, 3, 16)),
    "attachment.name, not published": (Attachment.name == "Familie Beispiel.jpg", date(2027, 5, 10)),
    "call_sheet.key": (Sheet.key == "d" * 64 + ".jpg", date(2027, 5, 10)),
    "call_sheet.reason": (Sheet.reason == "Frau Beispiel ruft an", date(2027, 5, 10)),
    "report.words, answered": (Report.words == "Hinweis Beispiel", date(2027, 8, 10)),
    "appeal.words, answered": (Appeal.words == "Beschwerde Beispiel", date(2027, 8, 10)),
    "contributor.postal_address": (Contributor.postal_address == "Beispielweg 7", date(2027, 8, 10)),
    "registration.name": (Registration.name == "Gast Beispiel", date(2027, 9, 2)),
    "registration.email": (Registration.email == "gast@example.org", date(2027, 9, 2)),
    "registration.new_email": (Registration.new_email == "neu@example.org", date(2027, 9, 2)),
    "registration.phone": (Registration.phone == "07531 1", date(2027, 9, 2)),
    "registration.postal_address": (Registration.postal_address == "Beispielstraße 1", date(2027, 9, 2)),
    "registration.organization_name": (Registration.organization_name == "Beispielverein", date(2027, 9, 2)),
    "registration.wants_updates": (Registration.wants_updates, date(2027, 9, 2)),
    "registration.form_id": (Registration.form_id == "abc", date(2027, 9, 2)),
    "attendee.name": (Attendee.name == "Begleitung Beispiel", date(2027, 9, 2)),
    "answer": (Answer.value == "Beispielantwort", date(2027, 9, 2)),
    "consent": (Consent.id > 0, date(2027, 9, 2)),
    "table_wish": (TableWish.id > 0, date(2027, 9, 2)),
    "table_seat": (TableSeat.id > 0, date(2027, 9, 2)),
    "invitation_code.note": (InvitationCode.note == "für Frau Beispiel", date(2027, 9, 2)),
    "event_resource.who": (Resource.who == "Beispielküche", date(2027, 9, 2)),
    "flipchart_photo": (FlipchartPhoto.id > 0, date(2027, 9, 2)),
    "door_device.name": (DoorDevice.name == "Handy von Frau Beispiel", date(2027, 9, 2)),
    "comment_report.reason": (CommentReport.reason == "Nennt Frau Beispiel", date(2027, 8, 10)),
    "commenter.name": (Commenter.name == "Rede Beispiel", date(2028, 2, 10)),
    "commenter.email": (Commenter.email == "rede@example.org", date(2028, 2, 10)),
    "suggester.email": (Suggester.email == "anregung@example.org", date(2028, 2, 10)),
    "audit_entry": (AuditEntry.at <= WRITTEN, date(2028, 2, 10)),
    "contributor.name": (Contributor.name == "Rand Beispiel", date(2029, 2, 10)),
    "contributor.name, answered": (Contributor.name == "Antwort Beispiel", date(2029, 2, 10)),
    "contributor.email": (Contributor.email == "still@example.org", date(2029, 2, 10)),
    "contributor.organization_name": (Contributor.organization_name == "Stille", date(2029, 2, 10)),
}
STAYS = {
    "follow.email, confirmed": Follow.email == "bleibt@example.org",
    "attachment.name, published": Attachment.name == "Bank Beispiel.jpg",
    "contributor.organization_name, public": Contributor.organization_name == "Bekannt e. V.",
    "account": Account.email == "amt@example.org",
    "event": Event.title == "Beispieldialog",
}


def is_there(condition):
    return db.session.scalar(select(exists().where(condition)))


def nights():
    """The night before each of the days above, that night, and the next."""
    days = sorted({day for _condition, day in WATCHED.values()})
    around = sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)})
    return [datetime.combine(day, time(3, 23), BERLIN) for day in around]


def test_job_deletes_each_field_in_the_night_after_its_period_and_nothing_else(world, clock, client):
    gone, told = {}, Counter()
    for night in nights():
        clock.move_to(night)
        told.update(services.run())
        db.session.expire_all()
        for name, (condition, _day) in WATCHED.items():
            if name not in gone and not is_there(condition):
                gone[name] = night.date()

    assert gone == {name: day for name, (_condition, day) in WATCHED.items()}
    assert [name for name, condition in STAYS.items() if not is_there(condition)] == []
    assert told["registrations"] == 1
    assert {kind: told[kind] for kind in ("needs", "waiting_list", "table_seats", "unconfirmed_registrations")} == {
        "needs": 1,
        "waiting_list": 2,
        "table_seats": 2,
        "unconfirmed_registrations": 1,
    }


def test_numbers_and_what_was_said_outlive_every_deletion(world, clock, client):
    event_id = world.event_id
    for night in nights():
        clock.move_to(night)
        services.run()

    assert persons_at([event_id])[event_id].confirmed == 2
    page = client.page(f"/vorschlaege/{world.reference}/weg")
    assert "Ein Satz vom Tisch." in page.text
    assert event_id == db.session.scalars(select(Event.id).where(Event.title == "Beispieldialog")).one()


# Columns that may name a person and stay: what is public, what a person holds as long as they wish, what no rule reads.
NAMING = re.compile(r"name$|email$|phone|address|recipient|^who$|note$|credit|contact$|_reason$")
MAY_STAY = {
    # who can be asked about a good practice, while it stands: dropping it deletes them
    *("practice_contact.name", "practice_contact.email", "practice_contact.phone"),
    *("account.email", "account.name"),  # until the account is closed and erased
    "forwarding.office_address",  # of an authority
    "partner_contact.email",  # of an organisation, until erased: its link lets it take back a consent
    *("recipient.contact", "recipient.name"),  # a postal address, while it is on the list
    *("event.address", "event.contact", "event.online_address", "event_person.name"),  # public
    *("event_photo.credit", "event_report.participants_reason", "event_report_change.note"),  # public
    *("function.note", "process_step.note", "theme_table.note", "organization.dissolution_reason"),  # public
    *("call.phone", "call.return_address"),  # public
    "table_closing.reopen_reason",  # why a table writes on: no persons
    *("municipality.name", "organization.name", "organization.short_name"),  # no persons
    *("good_practice.organization_name", "event_import.file_name"),  # no persons
    *("proposal.state_reason", "comment.state_reason", "suggestion.state_reason"),
    *("good_practice.drop_reason", "municipal_idea.drop_reason"),
}


def test_every_column_that_may_name_a_person_is_deleted_or_has_a_reason_to_stay(app):
    columns = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and NAMING.search(column.name)
    }

    deleted = {name.partition(",")[0] for name in WATCHED}
    assert columns - deleted == MAY_STAY


def documented(name, day):
    field, comma, rest = name.partition(", ")
    return f"| `{field}`{comma}{rest} | {day:%d.%m.%Y} |"


def test_operations_tell_field_by_field_what_the_job_deletes():
    table = "\n".join(documented(name, day) for name, (_condition, day) in WATCHED.items())

    assert f"\n{table}\n\n" in (ROOT / "docs" / "operations.md").read_text()


def test_second_run_of_the_same_night_deletes_nothing(world, clock):
    clock.move_to(nights()[-1])
    services.run()

    assert set(services.run().values()) == {0}


def test_dry_run_counts_the_same_and_deletes_nothing(world, clock, command):
    clock.move_to(datetime(2027, 9, 2, 3, 23, tzinfo=BERLIN))
    before = everything()

    rehearsed = command("retention", "run", "--dry-run", "--json")

    assert (rehearsed.status, everything()) == (0, before)
    done = command("retention", "run", "--json")
    assert json.loads(done.output) == json.loads(rehearsed.output)
    unspent = [kind for kind, count in json.loads(done.output).items() if count == 0]
    assert unspent == ["contributors", "commenters", "suggesters", "audit"]


def everything():
    tables = db.metadata.sorted_tables
    return {table.name: db.session.execute(select(table).order_by(*table.primary_key)).all() for table in tables}


def test_command_prints_a_line_for_each_rule(command):
    outcome = command("retention", "run")

    assert (outcome.status, len(outcome.output.splitlines())) == (0, len(RULES))
    place = [rule.kind for rule in RULES].index("needs")
    assert outcome.output.splitlines()[place].startswith("     0  needs: Was Sie brauchen, um dabei zu sein")


def test_rule_that_fails_stops_no_other_and_is_told(world, clock, monkeypatch, command):
    def fail(_at):
        raise OperationalError("DELETE", {}, Exception("database is locked"))

    broken = tuple(
        Rule(rule.kind, rule.what, rule.period, rule.since, fail, rule.source) if rule.kind == "needs" else rule
        for rule in RULES
    )
    monkeypatch.setattr(services, "RULES", broken)
    clock.move_to(datetime(2027, 9, 2, 3, 23, tzinfo=BERLIN))

    outcome = command("retention", "run", "--json")

    counts = json.loads(outcome.output)
    assert (outcome.status, counts["needs"], counts["registrations"]) == (1, None, 1)


def test_postponed_event_keeps_its_guests_until_half_a_year_has_passed(world, clock):
    event = db.session.get(Event, world.event_id)
    event.status = EventStatus.POSTPONED
    db.session.commit()
    clock.move_to(END + timedelta(days=60))
    counts = services.run()
    assert [counts[kind] for kind in ("needs", "sensitive_answers", "waiting_list")] == [0, 0, 0]

    clock.move_to(END + timedelta(days=190))
    assert services.run()["registrations"] == 3
