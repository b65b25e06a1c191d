"""How fast one condenses with 500 statements in one section on PostgreSQL: each action, beside the bare statement."""

import csv
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import text

import config
from app import create_app
from app.accounts.models import Role
from app.db import db
from app.proposals.models import Condensation, Proposal
from tests.conftest import settings
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section
from tests.servers import running_postgresql

REAL = Path(__file__).parents[2] / "shared" / "data" / "contributions_moers_2017.csv"
STATEMENTS = 500
TIMES = 10
LIMIT = 200  # milliseconds
DESK = "/verwaltung/zusammenfuehrung"
BARE = text(
    "SELECT proposal.id, text_version.content FROM proposal JOIN text_version USING (text_id)"
    " WHERE state = 'released' ORDER BY received_on, proposal.id"
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="teilhabe-bench-") as folder, running_postgresql() as server:
        app = create_app(config.load(settings(Path(folder), server.create("workbench"))))
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            upgrade()
            section = working_section()
            for content in _statements():
                ProposalFactory(content=content, section=section)
            account_id = AccountFactory(roles=(Role.MODERATOR,)).get_id()
            slug = section.slug
            db.session.commit()
            db.session.execute(text("ANALYZE"))
            bare = _milliseconds(lambda: db.session.execute(BARE).all())
            db.session.rollback()
            versions = dict(db.session.execute(text("SELECT id, text_id FROM proposal")).all())
            db.session.rollback()
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=account_id, _fresh=True)
        print(f"{bare:8.1f} ms  bare statement that reads {STATEMENTS} statements of one section")
        _read(client, slug)
        _write(app, client, sorted(versions))
        with app.app_context():
            db.engine.dispose()


def _statements() -> list[str]:
    """Real ones where they are at hand, then some of them again in other words' order."""
    if not REAL.exists():
        return [f"In Zukunft soll es Beispiel {number % 50} an Ort {number} geben." for number in range(STATEMENTS)]
    with REAL.open(encoding="utf-8") as file:
        real = [f"{row['title']}. {row['text']}"[:4000] for row in csv.DictReader(file)]
    return (real + [f"Noch einmal: {each}"[:4000] for each in real])[:STATEMENTS]


def _read(client: FlaskClient, slug: str) -> None:
    started = time.perf_counter()
    client.get(f"{DESK}?feld={slug}")
    print(f"{(time.perf_counter() - started) * 1000:8.1f} ms  groups, the first look after a start or a new statement")
    for what, address in (
        ("groups of all statements", f"{DESK}?feld={slug}"),
        ("groups, the last page", f"{DESK}?feld={slug}&seite=99"),
        ("groups, narrowed by a word", f"{DESK}?feld={slug}&suche=Radweg"),
        ("sentences not used yet", f"{DESK}/offen?feld={slug}"),
        ("all condensations", f"{DESK}/formulierungen"),
    ):
        size = len(client.get(address).data)
        _report(_milliseconds(lambda address=address: client.get(address)), f"{what} ({size / 1000:.0f} kB)")


def _write(app: Flask, client: FlaskClient, ids: Sequence[int]) -> None:
    group = ids[:20]
    address = f"{DESK}/neu?" + "&".join(f"beitrag={each}" for each in group)
    page = client.get(address)
    _report(
        _milliseconds(lambda: client.get(address)), f"the workbench with 20 of them ({len(page.data) / 1000:.0f} kB)"
    )
    passages = re.findall(r'name="passage" value="([^"]+)"', page.text)[:40]
    numbers = iter(range(10_000))

    def condense() -> None:
        wording = f"Radwege werden breiter ({next(numbers)})"
        assert client.post(address, data={"wording": wording, "passage": passages}).status_code == 303

    _report(_milliseconds(condense), f"condense {len(passages)} passages")
    with app.app_context():
        found = [each.id for each in db.session.query(Condensation).order_by(Condensation.id)]
        assert db.session.query(Proposal).count() == STATEMENTS
    _report(_milliseconds(lambda: client.get(f"{DESK}/{found[0]}")), "one condensation with its sources")
    _report(_milliseconds(lambda: client.get(f"{DESK}/{found[0]}/wortlaut")), "its workbench")

    def reword() -> None:
        seen = re.search(r'name="based_on" type="hidden" value="(\d+)"', client.get(f"{DESK}/{found[0]}/wortlaut").text)
        assert seen is not None
        data = {"wording": f"Neu {next(numbers)}", "passage": passages, "based_on": seen[1]}
        assert client.post(f"{DESK}/{found[0]}/wortlaut", data=data).status_code == 303

    _report(_milliseconds(reword), "open it and reword it")
    waiting = iter(found[1:])

    def split() -> None:
        half = len(passages) // 2
        data = {
            "parts-0": f"Eins {next(numbers)}",
            "parts-1": f"Zwei {next(numbers)}",
            "teil-0": passages[:half],
            "teil-1": passages[half:],
            "reason": "Zwei Anliegen.",
        }
        assert client.post(f"{DESK}/{next(waiting)}/teilung", data=data).status_code == 303

    _report(_milliseconds(split, times=4), "split it in two")

    def dissolve() -> None:
        assert client.post(f"{DESK}/{next(waiting)}/aufloesung", data={"reason": "Nein."}).status_code == 303

    _report(_milliseconds(dissolve, times=4), "dissolve it")
    _report(_milliseconds(lambda: client.get(DESK)), "groups, with words used")


def _report(milliseconds: float, what: str) -> None:
    print(f"{milliseconds:8.1f} ms  {what} (wanted: below {LIMIT})", flush=True)


def _milliseconds(measured: Callable[[], object], times: int = TIMES) -> float:
    """The median: a machine that others use has slow moments."""
    measured()
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        measured()
        seconds.append(time.perf_counter() - started)
    return median(seconds) * 1000


if __name__ == "__main__":
    main()
