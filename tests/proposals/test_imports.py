import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import spreadsheets
from app.db import db
from app.proposals.models import Channel, Proposal, ProposalKind
from app.proposals.services import imports
from tests.concept.factories import SectionFactory
from tests.structures.factories import OrganizationFactory

REAL = Path(__file__).parents[3] / "shared" / "data" / "contributions_moers_2017.csv"


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["proposals", "import", *map(str, arguments)])


def write(folder, content, encoding="utf-8"):
    file = folder / "beitraege.csv"
    file.write_bytes(content.encode(encoding))
    return file


def lines(folder, content):
    return spreadsheets.read(write(folder, content).read_bytes(), required="text")


def test_import_takes_what_a_row_says(tmp_path):
    section, organization = SectionFactory(slug="sprache"), OrganizationFactory(name="Beispielamt")
    content = (
        "id,title,text,language,received_on,kind,section,organisation,url\n"
        "1,Kurse,Bitte abends,de,24.06.2017,measure,sprache,Beispielamt,https://example.org/1\n"
        "2,,Чи можна зробити розмовний клуб?,,,,,Beispielverein,\n"
    )

    report = imports.import_rows(lines(tmp_path, content), channel=Channel.WORKSHOP)

    first, second = db.session.scalars(select(Proposal).order_by(Proposal.received_on))
    assert report.imported == [first.reference, second.reference]
    assert (first.reference, first.title, first.kind, first.section, first.organization) == (
        *("V-2017-0001", "Kurse", ProposalKind.MEASURE, section, organization),
    )
    assert (first.identity, first.is_language_detected) == ("https://example.org/1", False)
    assert (second.identity, second.is_language_detected, second.text.current.language) == ("workshop:2", True, "uk")
    assert (second.contributor.organization_name, second.channel) == ("Beispielverein", Channel.WORKSHOP)


def test_import_refuses_rows_and_takes_the_others(tmp_path):
    content = (
        "id,text,language,received_on,kind,section,title\n"
        "1, ,,,,,\n2,a,xx,,,,\n3,a,,32.13.2017,,,\n4,a,,,wunsch,,\n5,a,,,,mond,\n,a,,,,,\n"
        f"7,a,,,,,{'t' * 201}\n8,Gut,de,,,,\n8,Noch einmal,de,,,,\n"
    )

    report = imports.import_rows(lines(tmp_path, content), channel=Channel.MAIL)

    assert (len(report.imported), report.skipped) == (1, 1)
    assert report.refused == [
        (2, "Der Text fehlt."),
        (3, "„xx“ ist keine Sprache."),
        (4, "„32.13.2017“ ist kein Datum."),
        (5, "„wunsch“ ist keine Art von Beitrag."),
        (6, "Das Thema „mond“ ist nicht bekannt."),
        (7, "Es gibt weder id noch url: So lässt sich die Zeile nicht wiedererkennen."),
        (8, "Der Titel hat mehr als 200 Zeichen."),
    ]


def test_command_reports_in_words_and_as_json(app, tmp_path):
    file = write(tmp_path, "id,text\n1,Mehr Bänke\n2,\n")

    first = run(app, file, "--channel", "letter")
    second = run(app, file, "--channel", "letter", "--json")

    assert (first.exit_code, first.output) == (
        *(0, "Zeile 3: Der Text fehlt.\n1 aufgenommen, 0 schon bekannt, 1 nicht aufgenommen\n"),
    )
    assert (second.exit_code, json.loads(second.output)) == (
        0,
        {
            "imported": 0,
            "skipped": 1,
            "refused": [{"row": 3, "reason": "Der Text fehlt."}],
            "references": [],
            "without_files": 0,
        },
    )


def test_command_refuses_a_file_it_cannot_read(app, tmp_path):
    result = run(app, tmp_path / "fehlt.csv", "--channel", "letter")

    assert result.exit_code == 1
    assert db.session.scalar(select(func.count()).select_from(Proposal)) == 0
    assert run(app, tmp_path, "--channel", "brieftaube").exit_code == 2


def test_import_takes_real_contributions_once(app):
    if not REAL.exists():
        pytest.skip("contributions_moers_2017.csv is not beside the repository: ../shared/data")

    reports = [json.loads(run(app, REAL, "--channel", "web", "--json").output) for _ in range(2)]

    assert [(report["imported"], report["skipped"]) for report in reports] == [(458, 0), (0, 458)]
    [refused] = reports[0]["refused"]
    assert refused["reason"] == "Der Text fehlt."
    identities = set(db.session.scalars(select(Proposal.identity)))
    assert len(identities) == 458
    assert not any(identity.endswith("M1840") for identity in identities)
