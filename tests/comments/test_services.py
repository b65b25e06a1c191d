from contextlib import suppress
from functools import partial

import pytest

from app.accounts.models import Role
from app.comments import queries, services
from app.comments.errors import NotOpen
from app.comments.models import Comment, CommentKind
from app.comments.services import Person
from app.db import db
from app.errors import InvalidTransition, LinkInvalid, ReasonMissing
from app.proposals.models import Proposal, ProposalState
from app.texts.errors import TextEmpty
from tests.comments.factories import CommentFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.threads import at_once


@pytest.fixture
def moderator():
    return AccountFactory(roles=(Role.MODERATOR,))


def told(proposal):
    """What the public reads: each comment with its answers, as words."""
    return [
        (talk.comment.text.current.content, [each.text.current.content for each in talk.answers])
        for talk in queries.talks_about(proposal)
    ]


def test_comment_waits_until_it_is_released(moderator):
    proposal = ProposalFactory()

    made = services.comment(proposal, text="Auch am Samstag, bitte.", kind=CommentKind.QUESTION)

    assert (made.state, made.text.current.language, told(proposal)) == (ProposalState.RECEIVED, "de", [])
    assert queries.for_desk("wartend", 1).items == [made]
    services.release([made], by=moderator)
    assert told(proposal) == [("Auch am Samstag, bitte.", [])]
    assert queries.for_desk("wartend", 1).items == []


@pytest.mark.parametrize("state", [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN])
def test_comment_on_what_is_not_public_is_refused(state):
    with pytest.raises(NotOpen):
        services.comment(ProposalFactory(state=state, state_reason="weil"), text="Dazu etwas")


@pytest.mark.parametrize(
    "state", [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN], ids=lambda state: state.value
)
def test_comment_answers_only_what_is_public(state):
    hidden = CommentFactory(state=state, state_reason="weil")

    with pytest.raises(NotOpen):
        services.comment(hidden.proposal, text="Dazu etwas", answers=hidden)


def test_comment_answers_one_level_deep_and_on_the_same_contribution(moderator):
    first = CommentFactory()
    answer = services.comment(first.proposal, text="Stimmt", answers=first)
    services.release([answer], by=moderator)

    for proposal, answered in ((first.proposal, answer), (ProposalFactory(), first)):
        with pytest.raises(NotOpen):
            services.comment(proposal, text="Und noch etwas", answers=answered)


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e\u200b"])
def test_comment_without_words_is_refused(text):
    with pytest.raises(TextEmpty):
        services.comment(ProposalFactory(), text=text)


def test_withhold_needs_a_public_reason_and_hides_comment_and_answers(moderator):
    comment = CommentFactory(content="Schimpft")
    services.release([services.comment(comment.proposal, text="Darauf eine Antwort", answers=comment)], by=moderator)
    with pytest.raises(ReasonMissing):
        services.withhold([comment], reason=" ", by=moderator)

    services.withhold([comment], reason="Wertet Menschen ab.", by=moderator)

    assert told(comment.proposal) == []
    assert queries.count_released([comment.proposal_id]) == {comment.proposal_id: 0}
    assert queries.reasons_of_withheld(comment.proposal) == ["Wertet Menschen ab."]
    services.release([comment], by=moderator)
    assert told(comment.proposal) == [("Schimpft", ["Darauf eine Antwort"])]


def test_release_of_several_happens_for_all_or_none(moderator):
    waiting, withdrawn = CommentFactory(state=ProposalState.RECEIVED), CommentFactory(state=ProposalState.WITHDRAWN)

    with pytest.raises(InvalidTransition):
        services.release([waiting, withdrawn], by=moderator)

    assert waiting.state is ProposalState.RECEIVED


def test_withdraw_hides_the_comment_and_forgets_the_name():
    proposal = ProposalFactory()
    made = services.comment(proposal, text="Auch samstags", person=Person(name="Beispielname"))
    services.release([made], by=None)

    services.withdraw(services.read_own_link(services.own_link(made)))

    assert (told(proposal), made.state, made.commenter) == ([], ProposalState.WITHDRAWN, None)
    with pytest.raises(InvalidTransition):
        services.withdraw(made)
    with pytest.raises(InvalidTransition):
        services.release([made], by=None)


def test_news_come_only_after_the_address_was_confirmed_and_in_one_mail(mails, moderator):
    first, second = (
        services.comment(ProposalFactory(), text=f"Satz {number}", person=Person(email="Person@Example.org"))
        for number in (1, 2)
    )
    silent = services.comment(ProposalFactory(), text="Satz 3", person=Person(email="stumm@example.org"))
    assert [mail.subject for mail in mails()] == [
        f"Ihr Kommentar zu {each.proposal.reference}: Bitte bestätigen Sie Ihre Adresse"
        for each in (first, second, silent)
    ]
    for each in (first, second):
        services.confirm_email(services.read_confirmation_link(services.confirmation_link(each)))

    services.release([first, silent], by=moderator)
    services.withhold([second], reason="Nennt eine Person.", by=moderator)

    released, withheld = mails()[3:]
    assert (released.to, withheld.to) == ("person@example.org", "person@example.org")
    assert f"Ihr Kommentar zu {first.proposal.reference} ist veröffentlicht." in released.text
    assert "Der Grund: Nennt eine Person." in withheld.text


def test_several_released_at_once_are_told_in_one_mail(mails, moderator):
    made = [
        services.comment(ProposalFactory(), text=f"Satz {number}", person=Person(email="p@example.org"))
        for number in range(3)
    ]
    for each in made:
        services.confirm_email(each.commenter)

    services.release(made, by=moderator)

    [news] = [mail for mail in mails() if "bestätigen" not in mail.subject]
    assert news.text.count("ist veröffentlicht.") == 3


def test_who_commented_hears_of_answers_by_others_and_by_the_team(mails, moderator):
    made = services.comment(ProposalFactory(), text="Wann?", person=Person(email="p@example.org", language="de"))
    services.confirm_email(made.commenter)
    services.release([made], by=moderator)
    answer = services.comment(made.proposal, text="Im Herbst, hoffe ich.", answers=made)
    assert len(mails()) == 2

    services.release([answer], by=moderator)
    services.answer(made.proposal, text="Ab Oktober.", answers=made, by=moderator)

    others, team = mails()[2:]
    assert "Jemand hat auf Ihren Kommentar" in others.text
    assert "„Im Herbst, hoffe ich.“" in others.text
    assert "Das Team hat auf Ihren Kommentar" in team.text
    assert told(made.proposal) == [("Wann?", ["Im Herbst, hoffe ich.", "Ab Oktober."])]


def test_news_of_what_was_taken_back_before_the_mail_went_are_not_sent(mails, moderator):
    made = services.comment(ProposalFactory(), text="Wann?", person=Person(email="p@example.org"))
    services.confirm_email(made.commenter)
    mails()
    services.release([made], by=moderator)

    services.withdraw(made)

    assert len(mails()) == 1


def test_the_address_of_ones_own_account_needs_no_confirmation(mails):
    account = AccountFactory(email="person@example.org")

    made = services.comment(
        ProposalFactory(), text="Auch samstags", person=Person(email="Person@example.org"), author=account
    )

    assert made.commenter.email_confirmed_at is not None
    assert mails() == []


def test_a_link_of_somebody_who_was_erased_confirms_nothing():
    made = services.comment(ProposalFactory(), text="Wann?", person=Person(email="p@example.org"))
    token = services.confirmation_link(made)
    db.session.delete(made.commenter)
    db.session.commit()

    for wrong in (token, "falsch", services.own_link(made)):
        with pytest.raises(LinkInvalid):
            services.read_confirmation_link(wrong)


def test_reports_hide_nothing_however_many_there_are(moderator):
    comment = CommentFactory()

    for number in range(20):
        services.report(comment, reason=f"Das stimmt nicht, sage ich zum {number}. Mal")
    assert services.report(comment, reason="Das stimmt nicht, sage ich zum 7. Mal ") is None

    assert (len(told(comment.proposal)), queries.count_reported(), len(comment.reports)) == (1, 1, 20)
    services.settle_reports(comment, by=moderator)
    assert (len(told(comment.proposal)), queries.count_reported()) == (1, 0)


def test_translation_is_kept_beside_the_original(moderator):
    comment = CommentFactory(content="Так, і ввечері", language="uk")

    services.translate(comment, content="Ja, auch abends", by=moderator)
    services.translate(comment, content="Ja, und abends", by=moderator)

    assert [version.content for version in comment.text.versions] == ["Так, і ввечері"]
    assert comment.translation.current.content == "Ja, und abends"


def answer_once(number, comment_id, proposal_id):
    answered, proposal = db.session.get_one(Comment, comment_id), db.session.get_one(Proposal, proposal_id)
    if number:
        return services.comment(proposal, text=f"Antwort {number}", answers=answered).id
    return services.withhold([answered], reason="weil", by=None)


def test_answers_and_withholding_at_once_leave_nothing_in_public(own_app):
    site = own_app()
    with site.app_context():
        comment = CommentFactory()
        db.session.commit()
        ids = (comment.id, comment.proposal_id)

    at_once(site, *[partial(answer_or_refused, number, *ids) for number in range(6)])

    with site.app_context():
        proposal = db.session.get_one(Proposal, ids[1])
        assert told(proposal) == []


def answer_or_refused(number, *ids):
    with suppress(NotOpen):
        answer_once(number, *ids)


def test_every_step_of_a_comment_stays_with_who_took_it_in_which_role(moderator):
    comment = services.comment(ProposalFactory(), text="Auch am Samstag, bitte.")

    services.release([comment], by=moderator)
    services.withhold([comment], reason="Nennt einen Namen.", by=moderator)
    services.withdraw(comment)
    answer = services.answer(comment.proposal, text="Danke.", by=moderator)

    assert [(step.state.value, step.reason, step.role, step.made_by) for step in comment.steps] == [
        ("released", "", "moderator", moderator),
        ("withheld", "Nennt einen Namen.", "moderator", moderator),
        ("withdrawn", "", "author", None),
    ]
    assert [(step.state.value, step.role) for step in answer.steps] == [("released", "moderator")]
