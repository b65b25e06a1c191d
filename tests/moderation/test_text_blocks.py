import pytest

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.db import db
from app.moderation import queries
from app.moderation.models import BlockKind, TextBlock
from app.moderation.services import text_blocks
from app.texts.errors import TextEmpty
from tests.factories import AccountFactory
from tests.moderation.factories import TextBlockFactory

DESK = "/verwaltung/textbausteine"


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_add_gives_each_block_an_address_of_its_own():
    account = AccountFactory()

    first, second = (
        text_blocks.add(kind=BlockKind.REASON, title=" Werbung ", content="Das ist Werbung.", by=account)
        for _ in range(2)
    )

    assert [(each.slug, each.title, each.is_active) for each in (first, second)] == [
        ("werbung", "Werbung", True),
        ("werbung-2", "Werbung", True),
    ]
    assert db.session.query(AuditEntry).filter_by(action="moderation.add_text_block").count() == 2


def test_add_refuses_an_empty_block():
    with pytest.raises(TextEmpty):
        text_blocks.add(kind=BlockKind.REASON, title="Leer", content=" \0 ", by=None)

    assert db.session.query(TextBlock).count() == 0


def test_revise_keeps_what_it_said_before():
    block = TextBlockFactory(content="Alt.")

    text_blocks.revise(block, title="Neu", content="Neu.", is_active=False, by=None)

    assert [version.content for version in block.text.versions] == ["Alt.", "Neu."]
    assert (block.title, block.is_active) == ("Neu", False)


@pytest.mark.parametrize("count", [1, 3])
def test_text_blocks_are_those_of_a_kind_that_are_offered(count_queries, count):
    wanted = [TextBlockFactory(title=f"Grund {number}") for number in range(count)]
    TextBlockFactory(kind=BlockKind.ANSWER)
    TextBlockFactory(is_active=False)
    db.session.expire_all()

    with count_queries() as statements:
        found = queries.text_blocks(BlockKind.REASON)
        assert [each.text.current.content for each in found] != []
    assert (found, len(statements)) == (wanted, 3)


def test_desk_makes_a_block_and_changes_it(client, moderator):
    page = client.page(f"{DESK}/neu", 422, "POST", data={"kind": "reason", "title": "", "content": "Das ist Werbung."})
    assert page.select_one("#title-error") is not None
    assert page.select_one("#content").text.strip() == "Das ist Werbung."
    answer = client.post(f"{DESK}/neu", data={"kind": "answer", "title": "Zuständig", "content": "Das macht das Land."})
    assert (answer.status_code, answer.location) == (303, DESK)
    page = client.page(DESK)
    assert [link["href"] for link in page.select("h3 a")] == [f"{DESK}/zustaendig"]

    client.page(f"{DESK}/zustaendig")
    client.post(f"{DESK}/zustaendig", data={"title": "Zuständig", "content": "Dafür ist das Land zuständig."})

    [block] = db.session.query(TextBlock)
    assert (block.kind, block.is_active, block.text.current.content) == (
        *(BlockKind.ANSWER, False, "Dafür ist das Land zuständig."),
    )
    page = client.page(f"{DESK}/zustaendig")
    assert [each.text for each in page.select(".contributions li p:first-child")] == ["Das macht das Land."]
    client.page(f"{DESK}/gibt-es-nicht", 404)
