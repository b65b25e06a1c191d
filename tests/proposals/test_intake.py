from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from app import limits
from app.audit.models import AuditEntry
from app.db import db
from app.errors import InvalidTransition, LinkInvalid
from app.mail.models import OutgoingMail
from app.proposals.errors import ReceiptUnknown
from app.proposals.models import Channel, Follow, Proposal, ProposalKind, ProposalState, ReferenceYear
from app.proposals.services import intake, references
from app.proposals.services.intake import Contact, Origin, Statement, receiving
from app.texts.errors import TextEmpty
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.threads import at_once


def test_submit_keeps_the_words_and_gives_a_reference_and_a_receipt():
    section = SectionFactory()

    with time_machine.travel(datetime(2027, 1, 1, 0, 30, tzinfo=UTC)):
        first = intake.submit(Statement("  Mehr Kurse am Abend!\r\nBitte. ", language="de", section=section))
        second = intake.submit(Statement("Noch einer", language="de", kind=ProposalKind.IDEA))

    proposal = first.proposal
    assert [first.proposal.reference, second.proposal.reference] == ["V-2027-0001", "V-2027-0002"]
    assert (proposal.text.current.content, proposal.state, proposal.channel, proposal.section) == (
        "Mehr Kurse am Abend!\nBitte.",
        ProposalState.RECEIVED,
        Channel.WEB,
        section,
    )
    assert proposal.is_language_detected is False
    assert first.receipt_code not in str(proposal.receipt_digest)
    assert intake.find_by_receipt(first.receipt_code.lower().replace("-", " ")) == proposal
    assert [len(group) for group in first.receipt_code.split("-")] == [4, 4, 4, 4]


def test_submit_counts_the_year_in_local_time():
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        proposal = intake.submit(Statement("Kurz nach Mitternacht", language="de")).proposal

    assert (proposal.reference, str(proposal.received_on)) == ("V-2027-0001", "2027-01-01")


def test_submit_marks_a_language_that_was_detected():
    proposal = intake.submit(Statement("Чи можна зробити розмовний клуб для літніх людей?")).proposal

    assert (proposal.text.current.language, proposal.is_language_detected) == ("uk", True)


def test_submit_refuses_an_empty_text():
    with pytest.raises(TextEmpty):
        intake.submit(Statement(" \u200b\n ", language="de"))

    assert db.session.scalars(select(Proposal)).all() == []
    assert db.session.scalars(select(ReferenceYear)).all() == []


def test_submit_keeps_the_contact_apart_and_asks_the_address():
    contact = Contact(name="Beispielperson", email="person@example.org", language="en")

    proposal = intake.submit(Statement("Please think of us", language="en"), contact=contact).proposal

    [mail] = db.session.scalars(select(OutgoingMail)).all()
    assert (mail.template, mail.recipient, mail.language) == ("proposals/confirm_email", "person@example.org", "en")
    assert mail.parameters == {"proposal_id": proposal.id}
    assert (proposal.contributor.name, proposal.contributor.email_confirmed_at) == ("Beispielperson", None)
    [entry] = db.session.scalars(select(AuditEntry)).all()
    assert (entry.action, entry.fields) == ("proposals.receive", [])
    assert db.session.scalars(select(Follow)).all() == []


def test_submit_floods_no_strangers_letter_box(monkeypatch):
    monkeypatch.setattr(receiving, "MAILS_PER_HOUR", 2)

    made = [
        intake.submit(Statement("Eine Bank", language="de"), contact=Contact(email=email))
        for email in ("fremd@example.org", "Fremd@example.org", "FREMD@example.org", "eigen@example.org")
    ]

    asked = [mail.recipient for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]
    assert asked == ["fremd@example.org", "Fremd@example.org", "eigen@example.org"]
    assert len({submission.receipt_code for submission in made}) == 4


def test_confirm_email_lets_the_contributor_follow_from_the_day_of_the_contribution():
    contact = Contact(email="Person@example.org")
    proposal = intake.submit(Statement("Mehr Bänke", language="de"), contact=contact).proposal
    contributor = intake.read_confirmation_link(intake.confirmation_link(proposal))

    intake.confirm_email(contributor)
    intake.confirm_email(contributor)

    [follow] = db.session.scalars(select(Follow)).all()
    assert (follow.email, follow.text, follow.created_at) == ("person@example.org", proposal.text, proposal.received_at)
    assert follow.is_active
    assert contributor.email_confirmed_at is not None


def test_confirmation_link_is_no_link_to_ones_own_contribution():
    proposal = intake.submit(Statement("Mehr Bänke", language="de"), contact=Contact(email="p@example.org")).proposal

    with pytest.raises(LinkInvalid):
        intake.read_own_link(intake.confirmation_link(proposal))
    with pytest.raises(LinkInvalid):
        intake.read_confirmation_link(intake.own_link(proposal))


def test_own_link_ends_with_its_generation():
    proposal = ProposalFactory()
    token = intake.own_link(proposal)
    assert intake.read_own_link(token) == proposal

    proposal.link_generation += 1

    with pytest.raises(LinkInvalid):
        intake.read_own_link(token)


def test_find_by_receipt_refuses_an_unknown_code():
    intake.submit(Statement("Mehr Bänke", language="de"))

    with pytest.raises(ReceiptUnknown):
        intake.find_by_receipt("AAAA-AAAA-AAAA-AAAA")


def test_withdraw_leaves_a_trace_and_is_final():
    proposal = ProposalFactory(state=ProposalState.RELEASED)

    intake.withdraw(proposal)

    assert proposal.state is ProposalState.WITHDRAWN
    assert [(step.state, step.role, step.made_by_id) for step in proposal.releases] == [
        (ProposalState.WITHDRAWN, "author", None)
    ]
    with pytest.raises(InvalidTransition):
        intake.withdraw(proposal)


def test_receive_takes_what_came_by_letter():
    by = AccountFactory()
    origin = Origin(Channel.LETTER, received_on=datetime(2017, 6, 24, tzinfo=UTC).date(), recorded_by=by)

    proposal = intake.receive(Statement("أنا خيّاط", language="ar", translation="Ich bin Schneider."), origin)

    assert (proposal.reference, proposal.recorded_by_id, proposal.receipt_digest) == ("V-2017-0001", by.id, None)
    assert proposal.translation.current.content == "Ich bin Schneider."


def test_references_stay_apart_when_many_come_at_once(own_app):
    taken = at_once(own_app(), *[lambda: references.next_references(2026, 2)] * 12)

    assert sorted(reference for two in taken for reference in two) == [f"V-2026-{n:04d}" for n in range(1, 25)]


def test_receipt_codes_are_tried_only_so_often_from_one_network(client, monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Action.RECEIPT, 2)
    code = intake.submit(Statement("Eine Bank", language="de")).receipt_code
    for _ in range(2):
        client.page("/vorschlaege/beleg", 422, "POST", data={"code": "AAAA-AAAA-AAAA-AAAA"})

    page = client.page("/vorschlaege/beleg", 429, "POST", data={"code": code})

    assert page.select_one("#code")["value"] == code
    assert page.select_one("#code-error").text.split()[1:4] == ["Von", "Ihrem", "Anschluss"]
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/vorschlaege/beleg", data={"code": code}, environ_overrides=elsewhere).status_code == 303


def test_right_codes_are_not_counted(client, monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Action.RECEIPT, 1)
    code = intake.submit(Statement("Eine Bank", language="de")).receipt_code

    assert [client.post("/vorschlaege/beleg", data={"code": code}).status_code for _ in range(3)] == [303] * 3
