from datetime import date

import pytest
from sqlalchemy import select

from app.proposals.figures import Week, figures_of
from app.proposals.models import Channel, Proposal, ProposalState
from tests.proposals.factories import ProposalFactory
from tests.proposals.test_thread import Story
from tests.structures.factories import MunicipalityFactory

EVERYTHING = select(Proposal)


def told(bars):
    return [(bar.value, str(bar.label), bar.times) for bar in bars]


def test_figures_count_what_came_in_and_from_where():
    town = MunicipalityFactory(ags="08335043", name="Konstanz")
    ProposalFactory(received_on=date(2026, 6, 1), municipality=town)
    ProposalFactory(received_on=date(2026, 6, 7), language="uk", channel=Channel.LETTER)
    ProposalFactory(received_on=date(2026, 6, 15), municipality=town)
    other = MunicipalityFactory(name="Aach")
    for state in (ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN):
        ProposalFactory(
            state=state, state_reason="weil", municipality=other, language="ar", channel=Channel.PHONE,
            received_on=date(2025, 1, 1),
        )  # fmt: skip

    figures = figures_of(EVERYTHING)

    assert figures.total == 3
    assert figures.weeks == [Week(date(2026, 6, 1), 2), Week(date(2026, 6, 8), 0), Week(date(2026, 6, 15), 1)]
    assert told(figures.channels) == [("web", "über die Website", 2), ("letter", "per Brief", 1)]
    assert told(figures.languages) == [("de", "Deutsch", 2), ("uk", "Ukrainisch", 1)]
    assert told(figures.municipalities) == [("08335043", "Konstanz", 2), ("", "", 1)]
    assert told(figures.sections) == [("", "", 3)]
    assert [bar.share for bar in figures.municipalities] == [2 / 3, 1 / 3]


def test_figures_count_what_became_of_it():
    story = Story().finish()
    ProposalFactory(section=story.first.section)

    figures = figures_of(EVERYTHING)

    assert told(figures.outcomes) == [("angenommen", "angenommen", 2), ("offen", "noch offen", 1)]


def test_figures_keep_to_the_contributions_they_are_asked_about():
    ProposalFactory(channel=Channel.PHONE)
    ProposalFactory(channel=Channel.LETTER)

    figures = figures_of(EVERYTHING.where(Proposal.channel == Channel.LETTER).order_by(Proposal.id))

    assert (figures.total, told(figures.channels)) == (1, [("letter", "per Brief", 1)])


@pytest.mark.parametrize("number", [0, 1, 3])
def test_figures_ask_seven_times_however_many_there_are(count_queries, number):
    for each in range(number):
        ProposalFactory(municipality=MunicipalityFactory(), received_on=date(2026, 1, 1 + each))

    with count_queries() as statements:
        assert figures_of(EVERYTHING).total == number
    assert len(statements) == 7
