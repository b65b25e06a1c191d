from datetime import timedelta

import pytest
from sqlalchemy import select

from app import limits
from app.accounts.models import Role
from app.concept.errors import WordingChanged
from app.concept.services import reword_goal
from app.db import db, now
from app.drafting import queries
from app.drafting.errors import (
    AlreadyAnswered,
    HearingOver,
    NotAsked,
    NotLookedAt,
    SameWords,
    StillTheSame,
    WordsMissing,
)
from app.drafting.models import DispositionOutcome, HearingBody, Suggester, SuggestionKind
from app.drafting.services import dispositions, suggestions
from app.drafting.services.suggestions import Sender
from app.errors import InvalidTransition, LinkInvalid, ReasonMissing
from app.local_time import day_of
from app.proof import Sending
from app.texts.errors import QuoteNotFound
from app.texts.models import LinkKind
from app.texts.moderated import ModerationState
from app.texts.queries import links_into
from app.texts.services import Span
from tests.council.factories import text
from tests.drafting.factories import HearingFactory, SuggestionFactory, goal, passage, reloaded, subject_of
from tests.factories import AccountFactory
from tests.structures.factories import OrganizationFactory

VISITOR = Sender()
O = DispositionOutcome  # noqa: E741


def suggest(owner, hearing, sender=VISITOR, **more):
    given = {"kind": SuggestionKind.REWORD, "wording": "Kurse kosten nichts.", "reason": "Klarer.", **more}
    return suggestions.suggest(subject_of(owner), passage(owner), hearing=hearing, sender=sender, **given)


def editor():
    return AccountFactory(roles=(Role.EDITOR,))


def undecided(suggestion):
    return [each.suggestion.id for each in queries.for_desk("offen", 1).items] == [suggestion.id]


def test_a_suggestion_from_coming_in_to_the_wording_that_took_it_in(mails):
    owner = goal()
    made = suggest(owner, HearingFactory(), Sender(email=" Person@Example.org "))
    assert (made.state, made.quote, made.words) == (
        ModerationState.RECEIVED, "Kurse sind kostenlos.", "Kurse kosten nichts."
    )  # fmt: skip
    assert queries.published_on(owner.text_id) == []
    for _again in "ab":
        suggestions.confirm_email(made.suggester)

    suggestions.publish([made], by=None)
    assert (queries.published_on(owner.text_id), undecided(made)) == ([made], True)
    assert queries.count_open_by_text() == {owner.text_id: 1}
    version = dispositions.incorporate(
        made,
        wording="Alle lernen Deutsch. Kurse kosten nichts.",
        outcome=O.ADOPTED,
        reason="Das ist klarer.",
        by=editor(),
        expected_version_id=owner.text.current.id,
    )

    assert (version.content, made.disposition.version, undecided(made)) == (
        "Alle lernen Deutsch. Kurse kosten nichts.", version, False
    )  # fmt: skip
    [link] = links_into([version.id])
    assert (link.kind, link.source.content) == (LinkKind.SUGGESTED, "Kurse kosten nichts.")
    assert version.quote(link.target_start, link.target_end) == "Kurse kosten nichts."
    _confirm, received, news = mails()
    assert (received.to, news.to) == ("person@example.org", "person@example.org")
    assert [each.rsplit(".", 2)[0] for each in received.links] == [each.rsplit(".", 2)[0] for each in news.links]
    assert "Eingearbeitet. Warum: Das ist klarer." in news.text
    assert "Dort steht jetzt: „Alle lernen Deutsch. Kurse kosten nichts.“" in news.text


def test_the_same_answer_goes_to_several_and_to_each_address_once(mails):
    owner, hearing, account = goal(), HearingFactory(), AccountFactory(email="beide@example.org")
    both = [suggest(owner, hearing, Sender(account=account), reason=reason) for reason in "ab"]
    other = suggest(owner, hearing, Sender(email="nie-bestaetigt@example.org"))
    suggestions.publish([*both, other], by=None)

    dispositions.dispose([*both, other], outcome=O.NOT_ADOPTED, reason="Das steht im Kapitel 2.", by=editor())

    assert [each.disposition.outcome for each in (*both, other)] == [O.NOT_ADOPTED] * 3
    assert {each.disposition.reason_id for each in (*both, other)} == {both[0].disposition.reason_id}
    assert [mail.to for mail in mails() if "Was aus" in mail.subject] == ["beide@example.org"]


def test_adopted_together_only_where_the_text_moved_on():
    owner = goal()
    one, two = SuggestionFactory.create_batch(2, owner=owner)

    with pytest.raises(StillTheSame):
        dispositions.dispose([one, two], outcome=O.PARTLY, reason="Drin.", by=editor())
    assert (one.dispositions, two.dispositions) == ([], [])
    version = reword_goal(owner, wording="Kurse kosten nichts.", reason="Kürzer", by=None)
    dispositions.dispose([one, two], outcome=O.PARTLY, reason="Drin.", by=editor())

    assert [each.disposition.version for each in (one, two)] == [version, version]
    assert {link.source_id for link in links_into([version.id])} == {one.wording.current.id, two.wording.current.id}


def test_an_answer_is_corrected_by_a_later_one():
    made = SuggestionFactory()

    for outcome, reason in ((O.NOT_ADOPTED, "Nein."), (O.NOT_ADOPTED, "Nein, weil es schon da steht.")):
        dispositions.dispose([made], outcome=outcome, reason=reason, by=None)

    assert [each.reason.current.content for each in reloaded(made).dispositions] == [
        "Nein.", "Nein, weil es schon da steht."
    ]  # fmt: skip
    assert made.disposition.reason.current.content == "Nein, weil es schon da steht."


def test_taking_in_is_refused_when_somebody_wrote_meanwhile_or_nothing_is_different():
    owner = goal()
    made = SuggestionFactory(owner=owner)
    seen = owner.text.current.id
    given = {"outcome": O.ADOPTED, "reason": "Ja.", "by": editor()}

    with pytest.raises(StillTheSame):
        dispositions.incorporate(made, wording=owner.text.current.content, expected_version_id=seen, **given)
    reword_goal(owner, wording="Anders.", reason="Kürzer", by=None)
    with pytest.raises(WordingChanged):
        dispositions.incorporate(made, wording="Alle.", expected_version_id=seen, **given)

    assert (reloaded(made).dispositions, owner.text.current.content) == ([], "Anders.")


def test_nobody_decides_on_what_nobody_looked_at():
    made = SuggestionFactory(state=ModerationState.RECEIVED)

    with pytest.raises(NotLookedAt):
        dispositions.dispose([made], outcome=O.NOT_ADOPTED, reason="Nein.", by=None)


def test_withheld_stays_hidden_and_tells_why(mails):
    owner = goal()
    made = suggest(owner, HearingFactory(), Sender(account=AccountFactory(email="wer@example.org")))

    with pytest.raises(ReasonMissing):
        suggestions.withhold([made], reason=" ", by=None)
    suggestions.withhold([made], reason="Es beleidigt eine Person.", by=None)

    assert (queries.published_on(owner.text_id), queries.reasons_of_withheld(made.hearing)) == (
        [], ["Es beleidigt eine Person."]
    )  # fmt: skip
    [_received, mail] = mails()
    assert (mail.to, "Der Grund: Es beleidigt eine Person." in mail.text) == ("wer@example.org", True)
    with pytest.raises(InvalidTransition):
        suggestions.withhold([made], reason="Noch einmal.", by=None)


def test_only_who_is_asked_suggests_while_the_draft_is_laid_out():
    owner, asked, other = goal(), OrganizationFactory(), OrganizationFactory()
    today = day_of(now())
    named = HearingFactory(bodies=[HearingBody(organization=asked)])
    over = HearingFactory(opens_on=today - timedelta(days=2), closes_on=today - timedelta(days=1))

    for hearing, sender, refusal in (
        (None, VISITOR, HearingOver),
        (over, Sender(), HearingOver),
        (named, Sender(), NotAsked),
        (named, Sender(organization=other), NotAsked),
    ):
        with pytest.raises(refusal):
            suggest(owner, hearing, sender)
    assert suggest(owner, named, Sender(organization=asked)).organization == asked
    office = suggest(owner, None, Sender(account=editor(), is_office=True))
    assert (office.state, office.suggester, queries.published_on(owner.text_id)) == (
        ModerationState.RELEASED, None, [office]
    )  # fmt: skip


def test_a_suggestion_that_says_nothing_is_refused():
    owner, hearing = goal(), HearingFactory()

    for more, refusal in (
        ({"wording": " "}, WordsMissing),
        ({"wording": "Kurse sind kostenlos."}, SameWords),
        ({"kind": SuggestionKind.ADD, "wording": ""}, WordsMissing),
    ):
        with pytest.raises(refusal):
            suggest(owner, hearing, **more)
    with pytest.raises(QuoteNotFound):
        suggestions.suggest(
            subject_of(owner),
            Span.whole(text("Etwas anderes").current),
            kind=SuggestionKind.DROP,
            reason="Weg.",
            hearing=hearing,
            sender=Sender(),
        )
    assert suggest(owner, hearing, kind=SuggestionKind.DROP, wording="wird nicht gebraucht").words == ""


def test_one_network_does_not_flood_the_desk(monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Action.SUGGESTION, 1)
    owner, hearing = goal(), HearingFactory()

    made = suggest(owner, hearing, sending=Sending("net", "no proof"))
    with pytest.raises(limits.LimitReached):
        suggest(owner, hearing, sending=Sending("net"))

    assert made.is_proven is False


@pytest.mark.parametrize("state", [ModerationState.RECEIVED, ModerationState.RELEASED])
def test_withdrawn_while_open_it_is_kept_and_nobody_reads_it(state, mails):
    owner = goal()
    made = SuggestionFactory(owner=owner, state=state, suggester=Suggester(email="weg@example.org"))

    suggestions.withdraw(made)
    suggestions.withdraw(made)  # a second click

    made = reloaded(made)
    assert (made.state, made.words, made.suggester) == (ModerationState.WITHDRAWN, "Kurse kosten nichts.", None)
    assert (queries.published_on(owner.text_id), queries.synopsis(made.hearing)) == ([], [])
    assert (queries.count_withdrawn(made.hearing), queries.count_undecided(), queries.count_waiting()) == (1, 0, 0)
    with pytest.raises(NotLookedAt):
        dispositions.dispose([made], outcome=O.NOT_ADOPTED, reason="Nein.", by=None)
    with pytest.raises(InvalidTransition):
        suggestions.publish([made], by=None)
    assert mails() == []


@pytest.mark.parametrize("is_answered", [True, False])
def test_what_was_answered_or_withheld_cannot_be_withdrawn(is_answered):
    made = SuggestionFactory()
    if is_answered:
        dispositions.dispose([made], outcome=O.NOT_ADOPTED, reason="Nein.", by=None)
    else:
        suggestions.withhold([made], reason="Beleidigt.", by=None)

    with pytest.raises(AlreadyAnswered):
        suggestions.withdraw(made)

    assert reloaded(made).state is not ModerationState.WITHDRAWN


def test_addresses_go_in_time():
    owner, hearing = goal(), HearingFactory()
    kept, unconfirmed = (suggest(owner, hearing, Sender(email=f"{name}@example.org")) for name in "ab")
    suggestions.confirm_email(kept.suggester)

    assert suggestions.forget_unconfirmed_before(now()) == 1
    assert [each.email for each in db.session.scalars(select(Suggester))] == ["a@example.org"]
    with pytest.raises(LinkInvalid):
        suggestions.read_confirmation_link(suggestions.confirmation_link(reloaded(unconfirmed)))
    assert suggestions.forget_suggesters_before(now()) == 1
    assert reloaded(kept).suggester is None
