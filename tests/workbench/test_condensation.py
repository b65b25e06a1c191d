import pytest
from sqlalchemy import select

from app.db import db
from app.proposals import queries
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation, Proposal, ProposalState
from app.proposals.outcomes import outcomes_of
from app.texts.errors import QuoteNotFound
from app.texts.models import LinkKind, TextVersion, ThreadLink
from app.texts.services import Span
from app.workbench.errors import CondensedAlready, NothingMarked, WordingChanged
from app.workbench.services import condensation as services
from app.workbench.services.condensation import Source
from tests.concept.factories import SectionFactory
from tests.proposals.factories import ProposalFactory
from tests.threads import at_once


def passage(proposal, quote):
    return Span.of(proposal.text.current, quote)


def ends(link):
    return (
        link.source.quote(link.source_start, link.source_end),
        link.target.quote(link.target_start, link.target_end),
    )


def test_condense_links_passages_to_words_and_leaves_the_originals():
    evening = ProposalFactory(content="Kurse nur am Vormittag! Bitte auch am Abend.")
    online = ProposalFactory(content="Could it be online?", language="en", is_example=True)
    section = SectionFactory()

    condensation = services.condense(
        wording="Kurse am Abend und online",
        sources=[
            Source(passage(evening, "Bitte auch am Abend."), "am Abend"),
            Source(passage(online, "Could it be online?")),
        ],
        section=section,
        by=None,
    )

    links = db.session.scalars(select(ThreadLink).order_by(ThreadLink.id)).all()
    assert [(link.kind, *ends(link)) for link in links] == [
        (LinkKind.CONDENSED, "Bitte auch am Abend.", "am Abend"),
        (LinkKind.CONDENSED, "Could it be online?", "Kurse am Abend und online"),
    ]
    assert (condensation.section, condensation.is_example) == (section, True)
    assert [len(each.text.versions) for each in (evening, online)] == [1, 1]


def test_condense_lets_one_passage_lead_to_several_words_and_condensations():
    proposal = ProposalFactory(content="Abends und online.")
    quote = passage(proposal, "Abends und online.")

    services.condense(wording="Abends", sources=[Source(quote), Source(quote)], by=None)
    services.condense(wording="Online, abends", sources=[Source(quote, "Online"), Source(quote, "abends")], by=None)

    targets = [ends(link)[1] for link in db.session.scalars(select(ThreadLink).order_by(ThreadLink.id))]
    assert targets == ["Abends", "Online", "abends"]


@pytest.mark.parametrize("state", [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN])
def test_condense_refuses_what_is_not_released(state):
    fine, hidden = ProposalFactory(), ProposalFactory(state=state, state_reason="weil")

    with pytest.raises(NotReleased):
        services.condense(
            wording="Beides", sources=[Source(Span.whole(each.text.current)) for each in (fine, hidden)], by=None
        )

    assert db.session.scalars(select(Condensation)).all() == []


def test_condense_refuses_words_that_stand_nowhere():
    proposal = ProposalFactory(content="Mehr Bänke")

    with pytest.raises(QuoteNotFound):
        services.condense(wording="Bänke", sources=[Source(Span.whole(proposal.text.current), "Parks")], by=None)
    with pytest.raises(NothingMarked):
        services.condense(wording="Bänke", sources=[], by=None)

    assert db.session.scalars(select(TextVersion.content)).all() == ["Mehr Bänke"]


def test_reword_keeps_the_links_of_the_earlier_wording():
    bench, park = ProposalFactory(content="Mehr Bänke"), ProposalFactory(content="Mehr Parks")
    condensation = services.condense(wording="Bänke", sources=[Source(passage(bench, "Bänke"))], by=None)

    version = services.reword_condensation(
        condensation,
        wording="Bänke in Parks",
        sources=[Source(passage(bench, "Bänke"), "Bänke"), Source(passage(park, "Parks"), "Parks")],
        by=None,
    )

    assert [each.content for each in condensation.text.versions] == ["Bänke", "Bänke in Parks"]
    assert version == condensation.text.current
    links = db.session.scalars(select(ThreadLink).order_by(ThreadLink.id)).all()
    assert [(link.target.number, *ends(link)) for link in links] == [
        (1, "Bänke", "Bänke"),
        (2, "Bänke", "Bänke"),
        (2, "Parks", "Parks"),
    ]
    assert [ends(link) for link in queries.sources_of(condensation)] == [("Bänke", "Bänke"), ("Parks", "Parks")]


def test_reword_to_the_same_words_from_other_passages_is_a_version_of_its_own():
    bench, park = ProposalFactory(content="Mehr Bänke"), ProposalFactory(content="Bänke im Park")
    sources = [Source(passage(bench, "Bänke"))]
    condensation = services.condense(wording="Bänke", sources=sources, by=None)

    services.reword_condensation(
        condensation, wording="Bänke", sources=[*sources, Source(passage(park, "Bänke"))], by=None
    )

    assert [version.content for version in condensation.text.versions] == ["Bänke", "Bänke"]
    assert [link.source.content for link in queries.sources_of(condensation)] == ["Mehr Bänke", "Bänke im Park"]


def test_reword_with_nothing_new_adds_nothing():
    bench = ProposalFactory(content="Mehr Bänke")
    sources = [Source(passage(bench, "Bänke"))]
    condensation = services.condense(wording="Bänke", sources=sources, by=None)

    services.reword_condensation(condensation, wording=" Bänke ", sources=sources, by=None)

    assert len(condensation.text.versions) == 1
    assert len(queries.sources_of(condensation)) == 1


def test_reword_drops_a_passage_which_is_free_again():
    bench, park = ProposalFactory(content="Mehr Bänke"), ProposalFactory(content="Mehr Parks")
    both = [Source(passage(bench, "Bänke")), Source(passage(park, "Parks"))]
    condensation = services.condense(wording="Bänke", sources=both, by=None)
    assert [outcomes_of([each])[each.id].is_condensed for each in (bench, park)] == [True, True]

    services.reword_condensation(condensation, wording="Bänke", sources=both[:1], by=None)

    assert [outcomes_of([each])[each.id].is_condensed for each in (bench, park)] == [True, False]


def test_reword_refuses_what_somebody_else_reworded_meanwhile():
    bench = ProposalFactory(content="Mehr Bänke")
    sources = [Source(passage(bench, "Bänke"))]
    condensation = services.condense(wording="Bänke", sources=sources, by=None)
    seen = condensation.text.current.id
    services.reword_condensation(condensation, wording="Bänke!", sources=sources, based_on=seen, by=None)

    with pytest.raises(WordingChanged):
        services.reword_condensation(condensation, wording="Bänke?", sources=sources, based_on=seen, by=None)


def test_condense_twice_from_the_same_passages_is_refused_and_from_others_is_not():
    bench = ProposalFactory(content="Mehr Bänke, mehr Parks")
    sources = [Source(passage(bench, "Bänke"))]
    services.condense(wording="Mehr", sources=sources, by=None)

    with pytest.raises(CondensedAlready):
        services.condense(wording=" Mehr", sources=sources, by=None)
    services.condense(wording="Mehr davon", sources=sources, by=None)
    services.condense(wording="Mehr", sources=[Source(passage(bench, "Parks"))], by=None)

    assert len(db.session.scalars(select(Condensation)).all()) == 3


def test_condense_at_once_by_two_people_makes_one(own_app):
    app = own_app()
    with app.app_context():
        proposal_id = ProposalFactory(content="Mehr Bänke").id

    def act():
        version = db.session.get_one(Proposal, proposal_id).text.current
        return services.condense(wording="Bänke", sources=[Source(Span.whole(version))], by=None).id

    results = at_once(app, *[act] * 4)

    assert sorted(type(each).__name__ for each in results) == [*["CondensedAlready"] * 3, "int"]
