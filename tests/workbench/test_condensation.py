import pytest
from sqlalchemy import select

from app.db import db
from app.proposals import queries
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation, ProposalState
from app.texts.errors import QuoteNotFound
from app.texts.models import LinkKind, TextVersion, ThreadLink
from app.texts.services import Span
from app.workbench.errors import NothingMarked
from app.workbench.services import condensation as services
from app.workbench.services.condensation import Source
from tests.concept.factories import SectionFactory
from tests.proposals.factories import ProposalFactory


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


def test_reword_to_the_same_words_adds_only_new_sources():
    bench, park = ProposalFactory(content="Mehr Bänke"), ProposalFactory(content="Bänke im Park")
    sources = [Source(passage(bench, "Bänke"))]
    condensation = services.condense(wording="Bänke", sources=sources, by=None)

    services.reword_condensation(
        condensation, wording="Bänke", sources=[*sources, Source(passage(park, "Bänke"))], by=None
    )

    assert len(condensation.text.versions) == 1
    assert [link.source.content for link in queries.sources_of(condensation)] == ["Mehr Bänke", "Bänke im Park"]


def test_not_condensed_leaves_out_what_is_used():
    used, other_section, free = ProposalFactory(), ProposalFactory(section=SectionFactory()), ProposalFactory()
    ProposalFactory(state=ProposalState.RECEIVED)
    services.condense(wording="Eins", sources=[Source(Span.whole(used.text.current))], by=None)

    assert set(queries.not_condensed()) == {other_section, free}
    assert queries.not_condensed(other_section.section.slug) == [other_section]
