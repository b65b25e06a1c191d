from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.local_time import day_of
from app.proposals.models import Channel, Contributor, Proposal, ProposalKind, ProposalState
from app.proposals.services import intake
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

PAGE = "/verwaltung/beitraege/neu"
LETTER = {"channel": "letter", "received_on": "2026-03-31", "text": "Eine Bank vor dem Rathaus", "kind": "goal"}


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def stored():
    return db.session.scalars(select(Proposal)).all()


def test_a_letter_is_taken_in_word_for_word_with_who_typed_it(client, moderator):
    section, organization = SectionFactory(slug="wohnen"), OrganizationFactory()
    more = {
        "section": section.slug,
        "kind": "idea",
        "language": "uk",
        "text": "Лавка перед ратушею",
        "translation": "Eine Bank vor dem Rathaus",
        "organization": organization.slug,
        "name": "Beispielperson",
    }

    answer = client.post(PAGE, data=LETTER | more)
    page = client.page(answer.location)

    [proposal] = stored()
    assert (proposal.channel, proposal.received_on, proposal.kind) == (
        *(Channel.LETTER, date(2026, 3, 31), ProposalKind.IDEA),
    )
    assert (proposal.text.current.content, proposal.translation.current.content) == (
        *("Лавка перед ратушею", "Eine Bank vor dem Rathaus"),
    )
    assert (proposal.recorded_by_id, proposal.author_id, proposal.state) == (moderator.id, None, ProposalState.RECEIVED)
    assert (proposal.section, proposal.organization, proposal.contributor.name) == (
        *(section, organization, "Beispielperson"),
    )
    code = page.select_one(".receipt-code").text
    assert intake.find_by_receipt(code) == proposal
    assert client.page(answer.location).select(".receipt-code") == []


def test_the_next_letter_of_the_pile_keeps_what_is_the_same(client, moderator):
    answer = client.post(PAGE, data=LETTER | {"kind": "measure"})
    again = client.page(answer.location).select_one("a.kern-btn")["href"]

    page = client.page(again)

    assert page.select_one("#received_on")["value"] == "2026-03-31"
    assert [box["value"] for box in page.select("input[checked]")] == ["letter", "measure"]
    assert page.select_one("#text").text.strip() == ""


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", " ", "Schreiben Sie ab, was im Brief steht oder gesagt wurde."),
        ("text", "x" * 20_001, "Ein Beitrag hat höchstens 20.000 Zeichen. Teilen Sie ihn auf."),
        ("received_on", "", "Geben Sie den Tag an."),
        ("received_on", (day_of(now()) + timedelta(days=2)).isoformat(), "Der Tag liegt in der Zukunft."),
        ("email", "keine Adresse", None),
        ("channel", "web", None),
        ("kind", "wunsch", None),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_lost(client, moderator, field, value, message):
    page = client.page(PAGE, 422, "POST", data=LETTER | {"name": "Beispielperson", field: value})

    assert stored() == []
    assert page.select_one("#name")["value"] == "Beispielperson"
    if message:
        assert message in page.select_one(f"#{field}-error").text


@pytest.mark.parametrize("day", ["morgen", "2026-13-01", "2026-02-30", ""])
def test_an_address_with_a_wrong_day_shows_today(client, moderator, day):
    page = client.page(f"{PAGE}?received_on={day}&channel=brieftaube")

    assert page.select_one("#received_on")["value"] == day_of(now()).isoformat()


def test_an_address_by_letter_is_asked_to_confirm(client, moderator, mails):
    client.post(PAGE, data=LETTER | {"email": "person@example.org"})

    [mail] = mails()
    assert mail.to == "person@example.org"
    assert db.session.scalars(select(Contributor)).one().email_confirmed_at is None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN, Role.REPRESENTATIVE])
def test_others_may_not_type_in(client, role):
    client.sign_in(AccountFactory(roles=(role,)))

    assert client.post(PAGE, data=LETTER).status_code == 403
    assert stored() == []
