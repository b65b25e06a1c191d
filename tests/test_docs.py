"""What the documents promise, and what no file of the project may hold."""

import re

import click
import pytest

import config
from app.cli import commands
from tests.tree import ROOT, files

pytestmark = pytest.mark.one_database

DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "operations.md"]
# Flask-Migrate brings two dozen commands for developers; an installation needs one of them.
NOT_DOCUMENTED = {"db"}
TEXT = (
    "*.py",
    "*.md",
    "*.toml",
    "*.txt",
    "*.json",
    "*.html",
    "*.css",
    "*.js",
    "*.mjs",
    "*.csv",
    "*.cfg",
    "*.ini",
    "*.yml",
)
NAMED = ("Makefile", ".npmrc", ".gitignore", "run")


def documented():
    return "\n".join(document.read_text() for document in DOCUMENTS)


def all_commands(group, prefix="teilhabe"):
    """Each command with its words: `teilhabe accounts create`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}"


@pytest.mark.parametrize("setting", config.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting):
    assert f"`{setting.name}`" in documented()


def test_every_setting_that_is_documented_exists():
    names = set(re.findall(r"TEILHABE_[A-Z_]+", documented()))

    assert names - {setting.name for setting in config.SETTINGS} == set()


def test_every_command_is_documented(app):
    app.cli.list_commands(click.Context(commands))
    names = {name for name in all_commands(app.cli) if name.split()[1] not in NOT_DOCUMENTED} | {"teilhabe db upgrade"}
    missing = [name for name in sorted(names) if not re.search(rf"`{name}\b", documented())]

    assert missing == []


def test_every_target_is_documented():
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert [target for target in targets if f"`make {target}" not in documented()] == []


def test_links_between_documents_lead_somewhere():
    links = [
        (document, link)
        for document in files("*.md")
        for link in re.findall(r"\]\(([^)#\s]+)", document.read_text())
        if not link.startswith(("http", "mailto:"))
    ]

    assert [(str(document), link) for document, link in links if not (document.parent / link).exists()] == []


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in files("docs/adr/*.md")]

    assert (len(numbers), [number for number in numbers if not number.isdecimal()]) == (len(set(numbers)), [])


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    hosts = (r"registry\.npm" + r"js", r"\bpypi\." + "org", "files.python" + "hosted", r"deb\.debian\." + "org")
    paths = ("/" + r"work/(?:main|shared)", "/" + r"root/", "/" + r"home/\w+/")
    pattern = re.compile("|".join((*hosts, *paths)))
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:100]}"
        for path in files(*TEXT, *NAMED)
        for line in path.read_text().splitlines()
        if pattern.search(line)
    ]

    assert found == []


def test_locks_carry_no_addresses():
    locks = list(files("requirements*.txt", "package-lock.json"))
    pattern = re.compile(r'"resolved"|--(?:extra-)?index-url|--find-links|@ (?:http|file)|\bhttps?://\S+\.(?:tgz|whl)')

    assert [path.name for path in locks] == ["package-lock.json", "requirements-test.txt", "requirements.txt"]
    assert [path.name for path in locks if pattern.search(path.read_text())] == []


def test_every_locked_requirement_has_its_hash():
    for name in ("requirements.txt", "requirements-test.txt"):
        blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().partition("-o ")[2].partition("\n")[2])
        assert [block.splitlines()[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []
