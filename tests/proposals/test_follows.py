from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.concept import services as concept
from app.concept.facts import MeasureFacts
from app.concept.models import Effect
from app.council.models import Outcome
from app.db import db, now
from app.errors import LinkInvalid
from app.mail.models import OutgoingMail
from app.moderation.services import moderation
from app.monitoring import services as monitoring
from app.monitoring.models import Progress
from app.process_date import ProcessDate
from app.proposals.models import Follow, FollowNotice, NewsKind, ProposalState
from app.proposals.news import UNDO_WITHIN
from app.proposals.services import follows, notices
from app.registrations.models import Registration, RegistrationStatus, TableWish
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.council.factories import ConsultationFactory, PaperFactory
from tests.factories import AccountFactory
from tests.proposals.factories import FollowFactory, ProposalFactory, ThemeTableFactory, working_section
from tests.structures.factories import OrganizationFactory
from tests.threads import at_once


def outbox():
    return [(mail.template, mail.recipient) for mail in db.session.scalars(select(OutgoingMail))]


def told():
    return [(notice.follow, notice.kind) for notice in db.session.scalars(select(FollowNotice))]


def test_follow_counts_once_the_address_answered():
    proposal = ProposalFactory()

    follow = follows.follow(email=" Person@Example.org ", text=proposal.text, language="ar")

    assert outbox() == [("proposals/confirm_follow", "person@example.org")]
    assert (follow.is_active, follow.language, follow.consent) == (False, "ar", follows.CONSENT)
    follows.confirm_follow(follows.read_follow_link(follows.follow_link(follow)))
    assert follow.is_active


def test_the_link_of_a_removed_follow_opens_no_other():
    token = follows.follow_link(follows.follow(email="p@example.org", text=ProposalFactory().text))
    follows.forget_unconfirmed_before(now())
    follows.follow(email="andere@example.org", text=ProposalFactory().text)

    with pytest.raises(LinkInvalid):
        follows.read_follow_link(token)


def test_follow_again_writes_again_only_while_unconfirmed():
    proposal = ProposalFactory()
    follow = follows.follow(email="p@example.org", text=proposal.text)
    assert follows.follow(email="P@example.org", text=proposal.text) == follow
    follows.confirm_follow(follow)

    assert follows.follow(email="p@example.org", text=proposal.text) == follow

    assert outbox() == [("proposals/confirm_follow", "p@example.org")] * 2
    assert len(db.session.scalars(select(Follow)).all()) == 1


def test_follow_writes_at_most_five_mails_an_hour():
    for proposal in ProposalFactory.create_batch(6):
        follows.follow(email="p@example.org", text=proposal.text)
    follows.follow(email="p@example.org", text=proposal.text)

    assert len(outbox()) == 5
    assert len(db.session.scalars(select(Follow)).all()) == 5


def test_follow_with_an_account_needs_no_mail():
    account, table = AccountFactory(), ThemeTableFactory()

    follow = follows.follow(by=account, table=table)

    assert (follow.is_active, follow.email, follow.address) == (True, "", account.email)
    assert outbox() == []


def test_follow_at_once_by_one_address_is_one_row(own_app):
    app = own_app()
    with app.app_context():
        text_id = ProposalFactory().text_id

    def act():
        from app.texts.models import Text

        return follows.follow(email="p@example.org", text=db.session.get_one(Text, text_id)).id

    results = at_once(app, *[act] * 6)

    assert results == [results[0]] * 6


def test_end_follow_lets_follow_anew():
    proposal = ProposalFactory()
    follow = follows.follow(email="p@example.org", text=proposal.text)
    follows.confirm_follow(follow)
    follows.end_follow(follow)

    again = follows.follow(email="p@example.org", text=proposal.text)

    assert again != follow
    with pytest.raises(LinkInvalid):
        follows.confirm_follow(follow)


def test_end_all_ends_what_the_same_address_follows():
    mine = [FollowFactory(email="p@example.org", text=ProposalFactory().text) for _ in range(2)]
    other = FollowFactory(email="q@example.org", text=mine[0].text)

    follows.end_all(mine[0])

    assert [each.is_active for each in (*mine, other)] == [False, False, True]


def test_ask_again_after_24_months_and_then_again():
    follow = FollowFactory(text=ProposalFactory().text, confirmed_at=now() - timedelta(days=731))
    FollowFactory(text=follow.text, confirmed_at=now() - timedelta(days=729))
    FollowFactory(text=follow.text, confirmed_at=now() - timedelta(days=731), ended_at=now())

    assert [follows.ask_again(), follows.ask_again()] == [1, 0]
    assert outbox() == [("proposals/ask_again", follow.email)]
    assert follows.ask_again(at=now() + timedelta(days=731)) == 2


def test_forget_unconfirmed_after_a_week():
    text = ProposalFactory().text
    FollowFactory(text=text, confirmed_at=None, created_at=now() - timedelta(days=8))
    kept = FollowFactory(text=text, confirmed_at=None, created_at=now() - timedelta(days=6))
    confirmed = FollowFactory(text=text, created_at=now() - timedelta(days=8))

    assert follows.forget_unconfirmed_before(now() - timedelta(days=7)) == 1
    assert db.session.scalars(select(Follow).order_by(Follow.id)).all() == [kept, confirmed]


def test_tell_followers_writes_one_mail_for_all_news_once():
    moderator = AccountFactory(roles=(Role.MODERATOR,))
    table = ThemeTableFactory()
    proposals = ProposalFactory.create_batch(2, table=table, state=ProposalState.RECEIVED)
    at_table = FollowFactory(table=table, email="p@example.org")
    of_one = FollowFactory(text=proposals[0].text, email="p@example.org")
    FollowFactory(text=ProposalFactory().text)
    FollowFactory(table=ThemeTableFactory())
    FollowFactory(table=table, confirmed_at=None)
    FollowFactory(table=table, ended_at=now())

    moderation.release(proposals, by=moderator)

    later = now() + UNDO_WITHIN
    assert notices.tell_followers() == 0  # who moderates may take the step back for ten minutes
    assert [notices.tell_followers(at=later), notices.tell_followers(at=later)] == [1, 0]
    assert outbox() == [("proposals/news", "p@example.org")]
    assert told() == [(at_table, NewsKind.MODERATED)] * 2 + [(of_one, NewsKind.MODERATED)]


def test_tell_followers_knows_what_a_text_flowed_into():
    early, late = ProposalFactory(), ProposalFactory()
    follow = FollowFactory(text=early.text)
    condensed = condensation.condense(wording="Eins", sources=[Source(Span.whole(early.text.current))], by=None)
    newcomer = FollowFactory(text=late.text)
    of_condensation = FollowFactory(text=condensed.text)

    assert notices.tell_followers() == 0  # who condenses may think again for an hour
    assert notices.tell_followers(at=now() + timedelta(hours=1)) == 1
    assert told() == [(follow, NewsKind.CONDENSED)]
    assert {newcomer.is_active, of_condensation.is_active} == {True}


def test_tell_followers_says_nothing_of_what_was_before():
    proposal = ProposalFactory(state=ProposalState.RECEIVED)
    moderation.release([proposal], by=None, at=now() - timedelta(hours=1))
    FollowFactory(text=proposal.text)

    assert notices.tell_followers() == 0


def test_tell_followers_at_once_tells_each_step_once(own_app):
    app = own_app()
    with app.app_context():
        proposal = ProposalFactory(state=ProposalState.RECEIVED)
        FollowFactory(text=proposal.text, created_at=now() - timedelta(days=1))
        moderation.release([proposal], by=None, at=now() - UNDO_WITHIN)

    mails = at_once(app, *[notices.tell_followers] * 4)

    assert sorted(mails) == [0, 0, 0, 1]


def test_tell_followers_asks_as_often_for_three_as_for_one(count_queries):
    def prepare():
        proposal = ProposalFactory(state=ProposalState.RECEIVED, table=ThemeTableFactory())
        FollowFactory(text=proposal.text)
        moderation.release([proposal], by=None)

    from app.proposals import news

    prepare()
    start = now() - timedelta(days=1)
    later = now() + timedelta(minutes=30)
    with count_queries() as one:
        assert len(news.untold(news.since(start, later))) == 1
    prepare()
    prepare()
    with count_queries() as three:
        assert len(news.untold(news.since(start, later))) == 3
    assert (len(one), len(three)) == (11, 11)


def test_tell_followers_of_editions_until_a_wording_is_adopted_for_good():
    section = working_section()
    goal = concept.add_goal(section=section, wording="Kurse.", reason="", by=None)
    follow = FollowFactory(text=goal.text)

    def send(number, effect):
        paper = PaperFactory(sent_at=None)
        consultation = ConsultationFactory(paper=paper)
        concept.send_paper(paper, slug=number, number=number, title=number, reason="x", by=None, allow_incomplete=True)
        concept.record_resolution(
            consultation, outcome=Outcome.AGREED, effect=effect, decided=ProcessDate("2026-06"), by=None
        )
        notices.tell_followers()

    send("1.0", Effect.PROVISIONAL)
    send("1.1", Effect.FINAL)
    send("1.2", Effect.FINAL)

    assert told() == [(follow, kind) for kind in (NewsKind.CUT, NewsKind.ADOPTED) * 2]


def test_tell_followers_of_progress_to_the_goal_it_serves():
    section = working_section()
    goal = concept.add_goal(section=section, wording="Kurse.", reason="", by=None)
    measure = concept.add_measure(
        MeasureFacts(responsible=OrganizationFactory()),
        section=section,
        goals=[goal],
        wording="Ein Kurs",
        reason="",
        by=None,
    )
    follows_both = [FollowFactory(text=goal.text), FollowFactory(text=measure.text)]
    FollowFactory(text=concept.add_goal(section=section, wording="Andere.", reason="", by=None).text)

    monitoring.note_progress(measure, progress=Progress.STARTED, noted=ProcessDate("2026"), by=None)

    assert notices.tell_followers() == 2
    assert told() == [(follow, NewsKind.PROGRESS) for follow in follows_both]


def test_everyone_seated_who_asked_for_it_hears_of_the_table():
    table, other = ThemeTableFactory(), ThemeTableFactory()
    ProposalFactory(table=table, event=table.event)

    def seat(email, at, **more):
        more = {"wants_updates": True, "status": RegistrationStatus.CONFIRMED, "confirmed_at": now(), **more}
        registration = Registration(event=at.event, name="Beispielperson", email=email, **more)
        registration.wishes = [TableWish(table=at, rank=1)]
        db.session.add(registration)

    seat("Ja@example.org", table, language="ar")
    seat("ja@example.org", table)
    seat("nein@example.org", table, wants_updates=False)
    seat("wartet@example.org", table, status=RegistrationStatus.WAITING)
    seat("anderswo@example.org", other)
    db.session.commit()

    assert [notices.follow_seated(), notices.follow_seated()] == [1, 0]
    [follow] = db.session.scalars(select(Follow))
    assert (follow.email, follow.table, follow.language, follow.consent, follow.is_active) == (
        *("ja@example.org", table, "ar", follows.REGISTRATION_CONSENT, True),
    )
    follows.end_follow(follow)
    assert notices.follow_seated() == 0
