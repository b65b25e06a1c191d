from datetime import timedelta

import pytest

from app.accounts.models import Role
from app.db import db, now
from app.proposals.models import ProposalKind
from app.proposals.subjects import subject_of
from app.texts.services import write
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.proposals.test_thread import Story


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture
def goal():
    return Story().goal


def about(goal, kind=ProposalKind.CHANGE, **more):
    wording = goal.text.current.content
    return ProposalFactory(
        **{"goal": goal, "kind": kind, "content": f"{wording} Auch samstags.", "received_at": now(), **more}
    )


def test_change_shows_the_text_of_then_and_word_by_word_what_is_new(client, goal):
    wording = goal.text.current.content
    proposal = about(goal)
    write("Ganz anders", language="de", text=goal.text)
    db.session.commit()
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    for address in (f"/vorschlaege/{proposal.reference}", f"/verwaltung/moderation/{proposal.reference}"):
        page = client.page(address)
        assert wording in texts(page, "main blockquote")
        assert texts(page, "main ins") == ["neu: Auch samstags.;"]


def test_reason_to_drop_stands_beside_the_text(client, goal):
    page = client.page(f"/vorschlaege/{about(goal, ProposalKind.DROP, content='Ist erreicht.').reference}")

    assert (goal.text.current.content in texts(page, "main blockquote"), page.select("main ins")) == (True, [])


def test_change_in_another_language_is_not_compared_word_by_word(goal):
    assert subject_of(about(goal, content="Also on Saturdays", language="en")).changes == ()


def test_goal_younger_than_the_contribution_is_shown_as_it_began(goal):
    proposal = about(goal, received_at=now() - timedelta(days=900))

    assert subject_of(proposal).wording == goal.text.versions[0].content


def test_contribution_about_nothing_in_particular_has_no_subject():
    assert subject_of(ProposalFactory()) is None
