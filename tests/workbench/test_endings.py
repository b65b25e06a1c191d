from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from app.accounts.models import Role
from app.db import db, now
from app.decisions import queries as decided
from app.decisions.services import decisions
from app.errors import ReasonMissing
from app.proposals import queries as contributions
from app.proposals import thread
from app.proposals.models import Condensation, DecisionOutcome, Ending, EndingKind, FollowNotice, NewsKind
from app.proposals.outcomes import outcomes_of
from app.proposals.services import intake, notices
from app.texts.models import LinkKind, ThreadLink
from app.texts.services import Span
from app.workbench.errors import CondensationDecided, CondensationEnded, PassagesLeft, TooFewParts
from app.workbench.services import condensation as condensing
from app.workbench.services import endings
from app.workbench.services.condensation import Source
from app.workbench.services.endings import Part
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import FollowFactory, ProposalFactory
from tests.threads import at_once


def passage(proposal, quote):
    return Span.of(proposal.text.current, quote)


@pytest.fixture
def bench():
    return ProposalFactory(content="Mehr Bänke. Und Licht.")


@pytest.fixture
def park():
    return ProposalFactory(content="Mehr Parks.")


@pytest.fixture
def sources(bench, park):
    return [Source(passage(bench, "Mehr Bänke."), "Bänke"), Source(passage(park, "Mehr Parks."), "Parks")]


@pytest.fixture
def condensation(sources):
    return condensing.condense(wording="Bänke in Parks", sources=sources, section=SectionFactory(), by=None)


def told():
    return [notice.kind for notice in db.session.scalars(select(FollowNotice).order_by(FollowNotice.id))]


def test_dissolve_frees_the_passages_and_keeps_every_word(condensation, bench):
    moderator = AccountFactory(roles=(Role.MODERATOR,))

    endings.dissolve(condensation, reason=" Zwei Anliegen. ", by=moderator)

    assert not outcomes_of([bench])[bench.id].is_condensed
    assert decided.undecided() == []
    assert len(contributions.sources_of(condensation)) == 2
    [said, _, condensed, ended] = [
        step for step in thread.of_proposal(bench).steps if not isinstance(step, thread.Moderated)
    ]
    assert (said.proposal, condensed.condensation) == (bench, condensation)
    assert (ended.ending.kind, ended.ending.reason, ended.ending.role) == (
        EndingKind.DISSOLVED,
        "Zwei Anliegen.",
        "moderator",
    )


def test_dissolve_refuses_without_reason_and_twice(condensation):
    with pytest.raises(ReasonMissing):
        endings.dissolve(condensation, reason=" ", by=None)
    endings.dissolve(condensation, reason="Nein", by=None)

    with pytest.raises(CondensationEnded):
        endings.dissolve(condensation, reason="Nein", by=None)


@pytest.mark.parametrize("is_released", [False, True])
def test_dissolve_refuses_what_is_decided_even_as_a_draft(condensation, is_released):
    decision = decisions.decide(
        condensation, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=AccountFactory(roles=(Role.ORGANISER,))
    )
    if is_released:
        decisions.release_decision(decision, by=AccountFactory())

    with pytest.raises(CondensationDecided):
        endings.dissolve(condensation, reason="Nein", by=None)

    assert db.session.scalars(select(Ending)).all() == []


def test_what_ended_is_neither_decided_nor_reworded(condensation, sources):
    endings.dissolve(condensation, reason="Nein", by=None)

    with pytest.raises(CondensationEnded):
        decisions.decide(condensation, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=AccountFactory())
    with pytest.raises(CondensationEnded):
        condensing.reword_condensation(condensation, wording="Anders", sources=sources, by=None)


def test_what_was_dissolved_can_be_condensed_again(condensation, sources):
    endings.dissolve(condensation, reason="Nein", by=None)

    again = condensing.condense(wording="Bänke in Parks", sources=sources, by=None)

    assert again.is_standing


def test_split_gives_each_passage_to_a_part_and_leads_from_the_old_to_the_new(condensation, sources, bench, park):
    other = SectionFactory()
    first, second = endings.split(
        condensation,
        parts=[Part("Bänke", sources[:1]), Part("Parks", [Source(sources[1].passage)], other)],
        reason="Zwei Anliegen.",
        by=None,
    )

    assert [(each.text.current.content, each.section) for each in (first, second)] == [
        ("Bänke", condensation.section),
        ("Parks", other),
    ]
    links = db.session.scalars(select(ThreadLink).where(ThreadLink.kind == LinkKind.DERIVED)).all()
    assert [(link.source, link.target) for link in links] == [
        (condensation.text.current, each.text.current) for each in (first, second)
    ]
    assert condensation.ending.kind is EndingKind.SPLIT
    assert set(decided.undecided()) == {first, second}
    steps = thread.of_proposal(park).steps
    assert [type(step).__name__ for step in steps if not isinstance(step, thread.Said)] == [
        *("Condensed", "Ended", "Condensed", "Condensed"),
    ]
    [ended] = [step for step in steps if isinstance(step, thread.Ended)]
    assert (ended.ending.condensation, ended.parts) == (condensation, 2)
    assert outcomes_of([bench])[bench.id].is_condensed


def test_split_refuses_to_forget_a_passage(condensation, sources):
    with pytest.raises(PassagesLeft):
        endings.split(
            condensation, parts=[Part("Bänke", sources[:1]), Part("Mehr", sources[:1])], reason="Zwei.", by=None
        )
    with pytest.raises(TooFewParts):
        endings.split(condensation, parts=[Part("Bänke", sources)], reason="Eins.", by=None)

    db.session.refresh(condensation)
    assert condensation.is_standing
    assert len(db.session.scalars(select(Condensation)).all()) == 1


def test_split_leaves_behind_what_is_no_longer_public(condensation, sources, park):
    intake.withdraw(park)

    endings.split(
        condensation, parts=[Part("Bänke", sources[:1]), Part("Andere Bänke", sources[:1])], reason="Zwei.", by=None
    )

    assert [type(step).__name__ for step in thread.of_proposal(park).steps].count("Condensed") == 3


def test_nobody_hears_of_what_stood_for_less_than_an_hour(bench, sources):
    FollowFactory(text=bench.text)
    condensation = condensing.condense(wording="Bänke in Parks", sources=sources, by=None)
    endings.dissolve(condensation, reason="Vertippt.", by=None, at=now() + timedelta(minutes=59))

    assert notices.tell_followers(at=now() + timedelta(hours=3)) == 0


def test_who_heard_of_a_wording_hears_that_it_ended(bench, sources, mails):
    FollowFactory(text=bench.text)
    condensation = condensing.condense(wording="Bänke in Parks", sources=sources, by=None)
    notices.tell_followers(at=now() + timedelta(hours=1))
    endings.dissolve(condensation, reason="Zwei Anliegen.", by=None, at=now() + timedelta(hours=2))
    notices.tell_followers(at=now() + timedelta(hours=2))

    assert told() == [NewsKind.CONDENSED, NewsKind.ENDED]
    assert "Zwei Anliegen." in mails()[-1].text


def test_a_new_wording_is_told_once_it_stood_for_an_hour(bench, sources):
    condensation = condensing.condense(
        wording="Bänke in Parks", sources=sources, by=None, at=now() - timedelta(hours=2)
    )
    follow = FollowFactory(text=bench.text, created_at=now() - timedelta(days=1))
    condensing.reword_condensation(condensation, wording="Parks, Bänke", sources=sources, by=None)

    notices.tell_followers()
    assert told() == [NewsKind.CONDENSED]
    notices.tell_followers(at=now() + timedelta(hours=1))

    assert [
        notice.kind for notice in db.session.scalars(select(FollowNotice).where(FollowNotice.follow == follow))
    ] == [
        NewsKind.CONDENSED,
        NewsKind.REWORDED,
    ]


def test_two_who_dissolve_at_once_do_it_once(own_app):
    app = own_app()
    with app.app_context():
        bench = ProposalFactory(content="Mehr Bänke.")
        condensation_id = condensing.condense(
            wording="Bänke", sources=[Source(passage(bench, "Mehr Bänke."))], by=None
        ).id

    def dissolve():
        return endings.dissolve(db.session.get_one(Condensation, condensation_id), reason="Nein", by=None).id

    def split():
        condensation = db.session.get_one(Condensation, condensation_id)
        sources = [
            Source(Span(link.source, link.source_start, link.source_end))
            for link in contributions.sources_of(condensation)
        ]
        return len(
            endings.split(condensation, parts=[Part("Eins", sources), Part("Zwei", sources)], reason="x", by=None)
        )

    results = at_once(app, dissolve, split, dissolve, split)

    assert sorted(type(each).__name__ for each in results) == [*["CondensationEnded"] * 3, "int"]
    with app.app_context():
        assert len(db.session.scalars(select(Ending)).all()) == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE condensation_ending SET reason = 'x'", "DELETE FROM condensation_ending"]
)
def test_database_keeps_an_ending(condensation, statement):
    endings.dissolve(condensation, reason="Nein", by=None)

    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(db.text(statement))
