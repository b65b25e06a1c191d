import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.council.models import FinancialEffect, Meeting, Paper, PaperKind
from app.db import db
from app.demo import council, loading, structures
from app.demo.cli import FOLDER
from app.demo.files import DataError
from app.demo.world import World
from app.process_date import ProcessDate
from app.structures.models import Municipality, OrganizationState


def load(folder):
    world = World(today=date(2026, 1, 15))
    structures.load(folder, world)
    council.load(folder, world)
    return world


@pytest.fixture
def world():
    return load(FOLDER)


def test_load_brings_the_paper_of_2016(world):
    paper = db.session.scalars(select(Paper).where(Paper.number == "2016/114")).one()

    assert (paper.kind, paper.dated_on, paper.organization.name) == (
        PaperKind.RESOLUTION_PROPOSAL,
        date(2016, 6, 16),
        "Amt für Migration und Integration",
    )
    assert paper.financial_effect is FinancialEffect.NOT_QUANTIFIABLE
    assert paper.proposal.current.content == (
        "Dem „Rahmenkonzept zur Integration von Geflüchteten und Asylsuchenden im Landkreis“ wird zugestimmt."
    )
    assert paper.facts.current.content.startswith("In der Sitzung des Kreistags vom 21.03.2016 berichtete")
    assert paper.facts.current.content.endswith("in die Politik tragen.")
    assert paper.financial.current.content == (
        "Derzeit nicht bezifferbar; Kosten sind abhängig von der Umsetzung einzelner Maßnahmen."
    )
    assert [
        (each.organization.name, each.is_public, each.agenda_item, [sitting.meeting.day for sitting in each.sittings])
        for each in paper.consultations
    ] == [
        ("Sozialausschuss", True, "1", [date(2016, 7, 4)]),
        ("Kreistag", True, "1", [date(2016, 7, 25)]),
    ]
    assert [(annex.number, annex.title) for annex in paper.annexes] == [
        (1, "Rahmenkonzept zur Integration von Geflüchteten und Asylsuchenden im Landkreis Konstanz")
    ]


def test_load_brings_the_paper_without_a_number(world):
    paper = world.papers["integrationskonzept-2017"]

    assert (paper.number, paper.dated_on, len(paper.annexes)) == (None, None, 2)
    committee, steering_group = paper.consultations
    assert (committee.organization.name, committee.is_public) == ("Sozialausschuss", None)
    assert [sitting.meeting.day for sitting in committee.sittings] == [date(2017, 11, 27)]
    assert (steering_group.organization.name, steering_group.planned) == (
        "Steuerungsgruppe Integration",
        ProcessDate("2017-12"),
    )


def test_load_brings_the_meetings_with_their_results(world):
    statement = select(Meeting).where(Meeting.is_example.is_(False)).order_by(Meeting.day)

    assert [
        (meeting.organization.label, meeting.day, len(meeting.results)) for meeting in db.session.scalars(statement)
    ] == [
        ("Kreistag", date(2016, 3, 21), 1),
        ("Steuerungsgruppe", date(2016, 3, 29), 10),
        ("Sozialausschuss", date(2016, 4, 25), 1),
        ("Steuerungsgruppe", date(2016, 6, 14), 1),
        ("Sozialausschuss", date(2016, 7, 4), 0),
        ("Kreistag", date(2016, 7, 25), 4),
        ("Sozialausschuss", date(2017, 11, 27), 1),
    ]


def test_load_brings_the_structures(world):
    steering_group = world.organizations["steuerungsgruppe-integration"]

    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 25
    assert steering_group.founded == ProcessDate("2016-03-29")
    assert [(seat.category, seat.is_voluntary) for seat in steering_group.seats] == [
        ("Landkreisverwaltung", False),
        ("Große Kreisstädte", False),
        ("Gemeindetag", False),
        ("Kreistagsfraktionen", True),
    ]
    assert [leadership.lead.short_name for leadership in steering_group.leaderships] == ["AMI"]


def test_load_brings_the_body_that_was_dissolved_and_its_successors(world):
    expert_round = world.organizations["expertinnenrunde-fluechtlingsarbeit"]

    assert (expert_round.founded, expert_round.dissolved) == (ProcessDate(), ProcessDate("2016-07"))
    assert expert_round.dissolution_reason == (
        "Die Unterscheidung zwischen der Zielgruppe der Geflüchteten und der übrigen Zugewanderten wurde aufgehoben "
        "(Vorlage 2016/114)."
    )
    assert [succession.successor.name for succession in expert_round.successions] == [
        "Arbeitskreis Sprache",
        "Arbeitskreis Bildung",
        "Arbeitskreis Arbeit",
        "Arbeitskreis Wohnen",
    ]
    health = world.organizations["arbeitskreis-gesundheit"]
    assert health.state_on(world.today) is OrganizationState.PLANNED


def test_load_counts_relative_days_from_the_day_of_loading(world):
    meeting = world.meetings["sozialausschuss-beispiel"]

    assert (meeting.day, meeting.starts_at.isoformat(), meeting.is_example) == (
        date(2026, 3, 16),
        "2026-03-16T13:30:00+00:00",
        True,
    )


# file, what stands there, what stands there wrongly, where it is wrong and why
BROKEN = [
    ("seats.csv", "grosse-kreisstaedte,no", "kleine,no", "Zeile 3: on_behalf_of „kleine“ ist nicht bekannt"),
    (
        *("organizations.csv", "2016-03-29", "2016-13-29"),
        "Zeile 9: founded „2016-13-29“ ist keine Zeitangabe wie 2016-03, 2016-05/2017-07 oder 2017-04/..",
    ),
    ("meetings.csv", "2016-03-29,,", "29.03.2016,,", "Zeile 3: day „29.03.2016“ ist kein Datum"),
    ("meetings.csv", "-60 mon,14:30", "-60 mon,14.30", "Zeile 9: starts_at „14.30“ ist keine Uhrzeit"),
    (
        *("papers.csv", "financial_effect,", "financial_effects,"),
        "Zeile 1: Spalten zu viel: ['financial_effects'], Spalten fehlen: ['financial_effect']",
    ),
    ("annexes.csv", "Konstanz,document\nintegrationskonzept-2017,2", "Konstanz\n,2", "Zeile 3: 3 Zellen statt 4"),
    ("annexes.csv", "integrationskonzept-2017,2,", "integrationskonzept-2017,3,", "Zeile 4: number müsste 2 sein"),
    (
        *("consultations.csv", "yes,kreistag-2016-07-25", "yes,sozialausschuss-2016-07-04"),
        "Zeile 3: Diese Sitzung gehört zu einem anderen Gremium.",
    ),
    (
        *("papers/rahmenkonzept-2016.md", "## Sachverhalt", "## Lage"),
        "Zeile 1: die Abschnitte heißen nicht Beschlussvorschlag, Sachverhalt, Finanzielle Auswirkungen",
    ),
]


@pytest.mark.parametrize(("file", "right", "wrong", "reason"), BROKEN)
def test_load_says_where_a_file_is_broken(tmp_path, file, right, wrong, reason):
    folder = shutil.copytree(FOLDER, tmp_path / "konstanz")
    content = (folder / file).read_text()
    assert content.count(right) == 1
    (folder / file).write_text(content.replace(right, wrong))

    with pytest.raises(DataError) as refused:
        load(folder)

    assert str(refused.value) == f"{Path(file).name}, {reason}"


def test_load_leaves_nothing_of_a_broken_folder(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "konstanz")
    (folder / "annexes.csv").write_text("paper,number,title,content\nunbekannt,1,Anlage,document\n")

    with pytest.raises(DataError):
        loading.load(folder)

    assert loading.is_database_empty()
