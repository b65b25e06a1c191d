import pytest
import time_machine
from sqlalchemy import insert, select

from app.accounts.models import Role
from app.db import db, now
from app.errors import ReasonMissing
from app.moderation.errors import PassageUnknown
from app.moderation.services import appeals, redactions
from app.proposals.attachments import Upload
from app.proposals.models import Contributor
from app.proposals.services import attachments
from app.texts import services as texts
from app.texts.models import Redaction, TextVersion
from tests.events.test_pictures import picture
from tests.factories import AccountFactory
from tests.moderation.factories import TextBlockFactory
from tests.proposals.factories import ProposalFactory

DESK = "/verwaltung/moderation"


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_redact_covers_every_place_in_original_translation_and_heading():
    account = AccountFactory(roles=(Role.MODERATOR,))
    block = TextBlockFactory(content="Der Name einer Person.")
    proposal = ProposalFactory(
        content="Пані Приклад каже: Приклад.", language="uk", german="Frau Prikład sagt: Prikład.", title="Von Prikład"
    )
    texts.write("Frau Prikład sagt es.", language="de", text=proposal.translation)

    made = redactions.redact(
        proposal, ["Приклад", "Frau Prikład", "Prikład"], reason="Nur so.", block=block, by=account
    )

    assert proposal.text.current.content == "Пані ███████ каже: ███████."
    assert [version.content for version in proposal.translation.versions] == [
        "████████████ sagt: ███████.",
        "████████████ sagt es.",
    ]
    assert proposal.title == "Von ███████"
    assert {(each.reason, each.role) for each in made} == {("Der Name einer Person. Nur so.", "moderator")}
    assert proposal.text.current.original == "Пані Приклад каже: Приклад."


@pytest.mark.parametrize(
    ("content", "passage", "left"),
    [
        ("Ali und Alina.", "Ali", "███ und Alina."),
        ("Alis Bruder.", "Ali", "███s Bruder."),  # nowhere by itself, so where it stands inside another word
        ("Herr\n  Beispiel ging.", "Herr Beispiel", "███████████████ ging."),
        ("Beispiel, Beispielweg 5", "Beispielweg 5", "Beispiel, █████████████"),
        ("ruf an: 07531/12", "07531/12", "ruf an: ████████"),
    ],
)
def test_redact_takes_whole_words_where_there_are_any(content, passage, left):
    proposal = ProposalFactory(content=content)

    redactions.redact(proposal, [passage], reason="Name", by=None)

    assert proposal.text.current.content == left


def test_redact_refuses_what_stands_nowhere_and_then_covers_nothing():
    proposal = ProposalFactory(content="Frau Beispiel ging.")

    with pytest.raises(PassageUnknown, match="Muster"):
        redactions.redact(proposal, ["Frau Beispiel", "Muster"], reason="Name", by=None)
    with pytest.raises(ReasonMissing):
        redactions.redact(proposal, ["Frau Beispiel"], reason=" ", by=None)

    assert proposal.text.current.content == "Frau Beispiel ging."
    assert db.session.scalars(select(Redaction)).all() == []


def test_what_is_covered_goes_for_good_when_the_time_to_appeal_is_over():
    proposal, disputed = (ProposalFactory(content=f"Frau Beispiel {number}") for number in range(2))
    for each in (proposal, disputed):
        redactions.redact(each, ["Frau Beispiel"], reason="Name", by=None)
    appeals.appeal(disputed, words="Das bin ich selbst.")

    assert appeals.forget_kept_before(now()) == 0
    with time_machine.travel(now().replace(year=now().year + 1)):
        assert appeals.forget_kept_before(now()) == 1

    assert (proposal.text.current.original, disputed.text.current.original) == ("█████████████ 0", "Frau Beispiel 1")


def test_redact_tells_a_confirmed_contributor_until_when_they_can_appeal(mails):
    proposal = ProposalFactory(content="Ich bin Frau Beispiel.")
    db.session.add(Contributor(proposal=proposal, email="b@example.org", email_confirmed_at=now()))
    db.session.commit()

    redactions.redact(proposal, ["Frau Beispiel"], reason="Der Name einer Person.", by=None)

    [mail] = mails()
    assert (mail.to, mail.subject) == (
        "b@example.org",
        f"In Ihrem Beitrag {proposal.reference} ist eine Stelle geschwärzt",
    )
    assert "Der Name einer Person." in mail.text
    assert "Frau Beispiel" not in mail.text
    assert "/vorschlaege/mein/" in mail.links[0]


def test_redact_tells_nobody_who_did_not_confirm(mails):
    proposal = ProposalFactory(content="Ich bin Frau Beispiel.")
    db.session.add(Contributor(proposal=proposal, email="b@example.org"))
    db.session.commit()

    redactions.redact(proposal, ["Frau Beispiel"], reason="Der Name einer Person.", by=None)

    assert mails() == []


def test_desk_covers_a_passage_and_uncovers_it(client, moderator):
    proposal = ProposalFactory(content="Frau Beispiel will Kurse.")
    block = TextBlockFactory(kind="redaction", content="Der Name einer Person.")
    address = f"{DESK}/{proposal.reference}/schwaerzung"
    client.page(address)
    page = client.page(address, 422, "POST", data={"passages": "Frau Muster", "block": block.slug})
    assert "„Frau Muster“ steht so nicht im Beitrag." in page.select_one("#passages-error").text
    assert page.select_one("#passages").text.strip() == "Frau Muster"
    client.page(address, 422, "POST", data={"passages": "Frau Beispiel"})
    client.page(address, 422, "POST", data={"passages": "", "block": block.slug})

    answer = client.post(address, data={"passages": "Frau Beispiel\n\n", "block": block.slug})

    assert (answer.status_code, answer.location) == (303, f"{DESK}/{proposal.reference}")
    assert "█████████████ will Kurse." in client.page(f"{DESK}/{proposal.reference}").select_one("blockquote").text
    assert "„Frau Beispiel“" in client.page(address).main.text
    client.post(f"{address}/aufhebung")
    assert proposal.text.current.content == "Frau Beispiel will Kurse."


def test_everyone_reads_why_something_is_covered(client):
    proposal = ProposalFactory(content="Frau Beispiel will Kurse.")
    redactions.redact(proposal, ["Frau Beispiel"], reason="Der Name einer Person.", by=None)

    page = client.page(f"/vorschlaege/{proposal.reference}")
    thread = client.page(f"/vorschlaege/{proposal.reference}/weg")

    assert "Eine Stelle ist geschwärzt. Der Name einer Person." in page.main.text
    assert "eine Stelle ist geschwärzt" in thread.main.text


def test_redact_covers_what_describes_a_file():
    proposal = ProposalFactory(content="Frau Beispiel sagt es.")
    upload = Upload.of("Foto.png", picture(kind="PNG"), description="Frau Beispiel vor dem Rathaus")
    attachments.attach(proposal, [upload])

    redactions.redact(proposal, ["Frau Beispiel", "Rathaus"], reason="Name", by=None)

    assert [each.description for each in proposal.attachments] == ["█████████████ vor dem ███████"]


def test_redact_covers_what_somebody_translated_at_the_same_time():
    proposal = ProposalFactory(content="Пані Приклад", language="uk", german="Frau Beispiel")
    [first] = proposal.translation.versions
    fields = {"number": 2, "content": "Die Frau Beispiel", "digest": "0" * 64, "salt": b"1" * 16, "translated_by": ""}
    row = {"text_id": first.text_id, "language": "de", "created_at": now(), **fields}
    db.session.execute(insert(TextVersion.__table__).values(row))

    redactions.redact(proposal, ["Beispiel"], reason="Name", by=None)

    assert [each.content for each in proposal.translation.versions] == ["Frau ████████", "Die Frau ████████"]
