import json

import pytest

from app.publishing.cli import group
from tests.concept.factories import EditionFactory, WorkingEditionFactory
from tests.pdfs import failures, text_of


@pytest.fixture
def run(app):
    def invoke(*arguments):
        return app.test_cli_runner().invoke(group, ["export", *arguments])

    return invoke


def test_export_writes_json_to_standard_output(run):
    edition = EditionFactory(slug="2017-konzept-1.0")

    done = run("2017-konzept-1.0", "--format", "json")

    assert (done.exit_code, json.loads(done.stdout)["sha256"]) == (0, edition.sha256)


@pytest.mark.parametrize("ending", ["pdf", "csv", "xlsx"])
def test_export_writes_a_file(run, tmp_path, ending):
    WorkingEditionFactory()
    target = tmp_path / f"anlage.{ending}"

    done = run("arbeitsfassung", "--format", ending, "--output", str(target))

    assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    start = {"pdf": b"%PDF", "csv": b"\xef\xbb\xbf", "xlsx": b"PK"}[ending]
    assert target.read_bytes().startswith(start)
    assert ending != "pdf" or failures(target.read_bytes(), "ua1") == []


def test_export_refuses_an_unknown_edition(run):
    EditionFactory(slug="2017-konzept-1.0")

    done = run("2018-konzept", "--format", "json")

    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "Eine Fassung „2018-konzept“ gibt es nicht.\n")


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("odt", b"PK")])
def test_export_writes_the_whole_concept(run, tmp_path, frozen, ending, start):
    target = tmp_path / f"konzept.{ending}"

    done = run("2017-konzept-1.0", "--format", ending, "--language", "ar", "--look", "a5", "--output", str(target))

    assert (done.exit_code, target.read_bytes()[: len(start)]) == (0, start)


def test_export_writes_annex_2_where_that_is_asked_for(run, tmp_path, frozen):
    target = tmp_path / "anlage.pdf"

    assert run("2017-konzept-1.0", "--format", "docx", "--annex", "--output", str(target)).exit_code == 0
    assert run("2017-konzept-1.0", "--format", "pdf", "--annex", "--output", str(target)).exit_code == 0
    assert text_of(target.read_bytes()).startswith("Anlage 2")


def test_export_refuses_a_language_it_has_no_letters_for(run, frozen):
    done = run("2017-konzept-1.0", "--format", "pdf", "--language", "zh")

    assert (done.exit_code, done.stderr) == (1, "Die Sprache „zh“ gibt es nicht.\n")


def test_export_does_not_know_other_formats(run):
    EditionFactory(slug="2017-konzept-1.0")

    assert run("2017-konzept-1.0", "--format", "pptx").exit_code == 2
