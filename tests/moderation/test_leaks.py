"""A word below a redaction that could still be lifted stands nowhere but on pages of moderation."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.accounts.models import Role
from app.db import db, now
from app.moderation.services import moderation, redactions
from app.proposals.models import Contributor, ProposalState
from app.proposals.news import UNDO_WITHIN
from app.proposals.services import intake, notices
from app.proposals.similar import similar_to
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, FollowFactory, ProposalFactory, ThemeTableFactory, working_section

MARKER = "Quittenbaum"
FOR_MODERATION = re.compile(r"/verwaltung/moderation/V-[\d-]+(/schwaerzung)?$|/verwaltung/beschwerden/\d+$")


@pytest.fixture
def covered():
    """A contribution whose original, translation and heading held the marker, condensed and followed."""
    event = EventFactory()
    table = ThemeTableFactory(event=event, section=working_section())
    proposal = ProposalFactory(
        content=f"Пан {MARKER} хоче курси ввечері. Так.",
        language="uk",
        german=f"Herr {MARKER} will Kurse am Abend. Ja.",
        title=f"Was {MARKER} will",
        state=ProposalState.RECEIVED,
        event=event,
        table=table,
        section=table.section,
    )
    FollowFactory(text=proposal.text, email="folgt@example.org")
    db.session.add(Contributor(proposal=proposal, email="b@example.org", email_confirmed_at=now()))
    db.session.commit()
    moderation.release([proposal], by=AccountFactory(roles=(Role.MODERATOR,)))
    assert [each.id for each in similar_to(f"{MARKER} will Kurse am Abend").proposals] == [proposal.id]
    redactions.redact(proposal, [MARKER], reason="Der Name einer Person.", by=None)
    condensation.condense(
        wording="Kurse am Abend", sources=[Source(Span.whole(proposal.text.current))], section=table.section, by=None
    )
    return proposal


def readable(app, proposal):
    """Addresses of every page, feed and file that reads without a value, and those of this contribution."""
    known = {
        "reference": proposal.reference,
        "token": intake.own_link(proposal),
        "event_id": proposal.event_id,
        "condensation_id": 1,
        "slug": "arbeitsfassung",
    }
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static" and rule.arguments <= set(known):
            yield rule.endpoint, rule.build({name: known[name] for name in rule.arguments})[1]


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role.value if role else "visitor")
def test_nothing_that_can_be_read_tells_a_covered_word(app, client, covered, role):
    if role:
        client.sign_in(AccountFactory(roles=(role,)))
    told = []
    read = 0
    for endpoint, address in readable(app, covered):
        answer = client.get(address, query_string={"suche": "Kurse"})
        read += answer.status_code == 200
        if MARKER.encode() in answer.data and endpoint != "contributions.show":
            told.append(address)

    assert read > 30
    assert [address for address in told if not (role and FOR_MODERATION.search(address))] == []
    assert bool(told) is (role in {Role.MODERATOR, Role.ORGANISER})


def test_nobody_finds_a_covered_word(client, covered):
    page = client.page(f"/vorschlaege?suche={MARKER}")
    found = similar_to(f"Wo steht der {MARKER}")

    assert page.select(".contributions .quote") == []
    assert list(found.proposals) == []


def test_no_mail_tells_a_covered_word(covered, mails):
    notices.tell_followers(at=now() + 7 * UNDO_WITHIN)

    received = mails()
    assert {mail.to for mail in received} == {"folgt@example.org", "b@example.org"}
    assert [mail.subject for mail in received if MARKER in mail.message.as_string()] == []


def test_no_export_tells_a_covered_word(app, covered, command, client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    told = {}
    for ending in ("csv", "json", "xlsx"):
        path = app.url_map.bind("").build("contributions_desk.export", {"ending": ending})
        data = client.get(path).data
        if ending == "xlsx":
            with ZipFile(BytesIO(data)) as book:
                data = b"".join(book.read(name) for name in book.namelist())
        told[ending] = (b"Kurse am Abend" in data, MARKER.encode() in data)

    assert told == dict.fromkeys(("csv", "json", "xlsx"), (True, False))
    assert MARKER not in command("export", "person", "b@example.org").output


def test_its_author_reads_what_they_wrote(client, covered):
    page = client.page(f"/vorschlaege/mein/{intake.own_link(covered)}")

    assert MARKER in page.main.text
    assert "Der Name einer Person." in page.main.text


def test_the_thread_quotes_the_covered_passage_black(client, covered):
    page = client.page(f"/vorschlaege/{covered.reference}/weg")

    assert "„Пан ███████████ хоче курси ввечері. Так.“" in page.main.text
