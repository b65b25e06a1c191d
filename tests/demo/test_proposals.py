import shutil
from dataclasses import replace

import pytest
from sqlalchemy import func, or_, select

from app.capture.models import TableLine
from app.concept import queries as concept
from app.db import db, now, transactional
from app.demo import loading, proposals
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.demo.world import World
from app.local_time import day_of
from app.mail.models import OutgoingMail
from app.moderation import queries as moderation
from app.proposals import thread
from app.proposals.models import Condensation, Proposal, ProposalState
from app.proposals.outcomes import outcomes_of
from app.proposals.services import notices
from tests.conftest import application, settings

# What came in on a call, and what two tables write down: loaded by themselves
ELSEWHERE = or_(
    Proposal.call_id.is_not(None),
    Proposal.id.in_(select(TableLine.proposal_id)),
    Proposal.organization_id.is_not(None),
)
EDITION = "fortschreibung-beispiel-1.1"
LATER = ("fortschreibung-beispiel-1.2", "fortschreibung-beispiel-1.2.1")  # changed elsewhere


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.mark.no_database
def test_load_brings_thirty_statements_and_what_became_of_them(demo):
    states = {state: count(Proposal, Proposal.state == state, ~ELSEWHERE) for state in ProposalState}
    assert list(states.values()) == [6, 23, 1, 0]
    assert (count(Proposal, Proposal.is_example, ~ELSEWHERE), count(Condensation)) == (30, 8)
    released = select(Proposal).where(Proposal.state == ProposalState.RELEASED, ~ELSEWHERE)
    shown = outcomes_of(db.session.scalars(released).all())
    condensed = [outcome for outcome in shown.values() if outcome.is_condensed]
    assert len(condensed) == 14
    found = sorted(slug for outcome in shown.values() for slug in outcome.slugs)
    assert found == sorted(
        [
            *(["angenommen"] * 6),
            *(["teilweise"] * 2),
            *(["weitergeleitet"] * 2),
            *(["umgesetzt"] * 2),
            "zurueckgestellt",
            *(["arbeitskreis"] * 2),
            *(["offen"] * 6),
            *(["zusammengefuehrt"] * 2),
        ]
    )


@pytest.mark.no_database
def test_load_leads_two_threads_into_the_example_edition(demo):
    catalogue = concept.catalogue_of(concept.find_edition(EDITION))
    wordings = {entry.code: entry for entry in catalogue.goals}
    threads = {code: thread.of_result(concept.get_goal(code)) for code in wordings}
    grown = {code: found for code, found in threads.items() if found.voices}

    assert len(grown) == 2
    for code, found in grown.items():
        adopted = [each for each in found.steps if not isinstance(each, thread.Worded) or each.edition]  # not in work
        names = [type(step).__name__ for step in adopted]
        assert [names.count(name) for name in ("Said", "Condensed", "Decided", "Worded", "Resolved")] == [3, 1, 1, 3, 2]
        assert names.index("Condensed") < names.index("Decided") < names.index("Worded") < names.index("Resolved")
        worded = [step for step in adopted if isinstance(step, thread.Worded)]
        assert [step.edition.slug for step in worded] == [EDITION, *LATER]
        assert {step.version.id for step in worded} == {wordings[code].version_id}
        [condensed] = [step for step in found.steps if isinstance(step, thread.Condensed)]
        assert [passage.number for passage in condensed.passages] != []


@pytest.mark.no_database
def test_load_sends_no_mail(demo):
    assert count(OutgoingMail, OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None)) == 0
    assert moderation.count_waiting() == 12
    assert notices.tell_followers() == 0


@pytest.fixture(scope="module")
def before(databases, tmp_path_factory):
    """The demo up to its proposals, in a database of its own."""
    app = application(settings(tmp_path_factory.mktemp("before"), databases.copy()))
    with app.app_context():
        world = World(today=day_of(now()), accounts=loading.create_accounts())
        transactional(load_up_to)(proposals, world)
        yield world
        db.session.remove()
        db.engine.dispose()


def load_up_to(end, world):
    for loader in loading.LOADERS[: loading.LOADERS.index(end)]:
        loader.load(FOLDER, world)


def broken(tmp_path, file, old, new):
    folder = shutil.copytree(FOLDER, tmp_path / "konstanz")
    content = (folder / file).read_text()
    assert old in content
    (folder / file).write_text(content.replace(old, new))
    return folder


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        ("statements.csv", (",table,goal,sprache,", ",rauchzeichen,goal,sprache,"), "channel „rauchzeichen“"),
        ("statements.csv", ("rueckblick,1,table", "rueckblick,99,table"), "keinen Tisch 99"),
        ("condensation_passages.csv", ("verdichtung-schichtdienst,", "verdichtung-x,"), "Markieren Sie mindestens"),
        (
            "condensation_passages.csv",
            ("Geht das nicht auch", "Steht das nicht auch"),
            "Diese Stelle steht so nicht im Text",
        ),
    ],
)
def test_load_stops_at_a_broken_file(before, tmp_path, file, change, reason):
    folder = broken(tmp_path, file, *change)

    with pytest.raises(DataError) as refused:
        transactional(proposals.load)(folder, replace(before, proposals={}))

    assert str(refused.value).startswith(f"{'condensations.csv' if 'mindestens' in reason else file}, Zeile ")
    assert reason in str(refused.value)
    assert count(Proposal) == 0


def test_load_stops_at_a_broken_file_and_loads_nothing(tmp_path):
    with pytest.raises(DataError, match=r"^decisions\.csv, Zeile .*outcome „vielleicht“"):
        loading.load(broken(tmp_path, "decisions.csv", "accepted", "vielleicht"))

    assert loading.is_database_empty()
