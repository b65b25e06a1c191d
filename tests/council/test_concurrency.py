from datetime import date
from threading import Barrier

import pytest

from app.council import queries, services
from app.council.errors import NumberTaken, PaperChanged
from app.council.models import FinancialEffect, Meeting, Paper, PaperKind, ResultKind
from app.db import db
from tests.council.factories import MeetingFactory, PaperFactory
from tests.threads import at_once


@pytest.fixture
def app_with(own_app, databases):
    """An application with a row of its own and its id; SQLite lets only one at a time begin to write."""
    if databases.postgresql is None:
        pytest.skip("two people can only be at the same point on PostgreSQL")

    def create(factory, **values):
        app = own_app()
        with app.app_context():
            return app, factory(**values).id

    return create


def test_reword_at_once_lets_one_through_and_tells_the_other(app_with):
    app, paper_id = app_with(PaperFactory, sent_at=None)
    both_have_read = Barrier(2)

    def reword():
        paper = queries.find_paper(paper_id)
        seen, _held = services.PaperVersions.of(paper), paper.facts  # or it would be loaded afresh by chance
        both_have_read.wait(10)
        services.reword_paper(paper, facts="Meine Lage.", based_on=seen, by=None)

    results = at_once(app, reword, reword)

    assert sorted(type(result) for result in results if result) == [PaperChanged]
    with app.app_context():
        assert [version.number for version in queries.find_paper(paper_id).facts.versions] == [1, 2]


def test_add_result_at_once_counts_on(app_with):
    app, meeting_id = app_with(MeetingFactory)
    both_have_read = Barrier(2)

    def add():
        meeting = db.session.get(Meeting, meeting_id)
        assert meeting.results == []
        both_have_read.wait(10)
        return services.add_result(meeting, kind=ResultKind.FIELD, text="Sprache").position

    assert sorted(at_once(app, add, add)) == [1, 2]


def test_create_paper_at_once_gives_a_number_once(app_with):
    app, paper_id = app_with(PaperFactory, number=None)
    both_have_read = Barrier(2)

    def create(title):
        organization = db.session.get(Paper, paper_id).organization
        both_have_read.wait(10)
        services.create_paper(
            kind=PaperKind.RESOLUTION_PROPOSAL,
            title=title,
            organization=organization,
            number="2016/114",
            dated_on=date(2016, 6, 16),
            proposal="Zugestimmt.",
            facts="Lage.",
            financial="Keine.",
            financial_effect=FinancialEffect.NONE,
        )

    results = at_once(app, lambda: create("Eine"), lambda: create("Andere"))

    assert sorted(type(result) for result in results if result) == [NumberTaken]
    with app.app_context():
        assert [paper.number for paper in queries.papers(with_drafts=True)].count("2016/114") == 1
