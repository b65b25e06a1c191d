import os
import re
import signal
import socket
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account, Role
from app.db import db
from app.demo import loading
from app.demo.cli import FOLDER
from app.demo.errors import DatabaseNotEmpty
from tests.conftest import settings
from tests.factories import AccountFactory
from tests.servers import answer, free_port, start_command, wait_until

LINK = re.compile(r"http://127\.0\.0\.1:\d+/konto/zugang/\S+")


@pytest.fixture
def environ(databases, tmp_path):
    """Settings of an installation without a database."""
    return {**settings(tmp_path, databases.empty()), "TEILHABE_BASE_URL": f"http://127.0.0.1:{free_port()}"}


@pytest.fixture
def loaded(own_app, environ, databases):
    """The same with a database that is not empty, so that nothing is loaded."""
    environ["TEILHABE_DATABASE_URL"] = databases.copy()
    with own_app(TEILHABE_DATABASE_URL=environ["TEILHABE_DATABASE_URL"]).app_context():
        AccountFactory()


@pytest.fixture
def run(environ):
    """Start `teilhabe demo run`, wait for its last line, and return it with what it said."""
    started = []

    def start():
        process = start_command(environ, "demo", "run", "--port", environ["TEILHABE_BASE_URL"].rpartition(":")[2])
        started.append(process)
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            if "Strg+C" in line:
                break
        return process, lines

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)


def state_and_parent(process_id):
    """As /proc has it; a process that is gone has neither."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return "Z", 0
    state, parent, *_ = stat.rpartition(") ")[2].split()
    return state, int(parent)


def children(process):
    """Ids of the processes that this one started, the first one first."""
    running = sorted(int(folder.name) for folder in Path("/proc").glob("[0-9]*"))
    return [process_id for process_id in running if state_and_parent(process_id)[1] == process.pid]


def is_running(process_id):
    return state_and_parent(process_id)[0] != "Z"


def test_run_loads_the_demo_once_and_prints_a_link_for_each_role(run, environ):
    site = environ["TEILHABE_BASE_URL"]
    for is_loading in (True, False):
        process, lines = run()

        assert ("Die Demo wird geladen." in lines, f"Teilhabe läuft: {site}/" in lines) == (is_loading, True)
        links = [line for line in lines if LINK.fullmatch(line)]
        assert (len(links), [answer(link) for link in links]) == (6, [200] * 6)
        started = children(process)
        process.send_signal(signal.SIGINT)
        assert (process.wait(60), [is_running(child) for child in started]) == (0, [False, False])
        assert answer(f"{site}/healthz") == 0


@pytest.mark.parametrize("number", [0, 1])
def test_run_ends_when_one_of_its_processes_dies(loaded, run, number):
    process, _ = run()
    started = children(process)

    os.kill(started[number], signal.SIGKILL)

    assert process.wait(60) == 1
    wait_until(lambda: not any(is_running(child) for child in started))


def test_run_refuses_a_port_that_is_taken(environ):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start_command(environ, "demo", "run", "--port", str(port))
        output, _ = process.communicate(timeout=60)

    sentence = f"Der Port {port} ist belegt: Nehmen Sie einen anderen, etwa mit „make run PORT={port + 1}“.\n"
    assert (process.returncode, output) == (1, sentence)


@pytest.mark.no_database
def test_load_fills_an_empty_database_with_an_account_for_each_role(demo):
    accounts = {email: role for role, (email, _name) in loading.ACCOUNTS.items()}
    found = db.session.scalars(select(Account).where(Account.email.in_(accounts)))
    assert {account.email: account.roles for account in found} == {e: {r} for e, r in accounts.items()}
    assert set(accounts.values()) == set(Role)


def test_load_refuses_a_database_that_is_not_empty(own_app):
    app = own_app()
    with app.app_context():
        AccountFactory()
        with pytest.raises(DatabaseNotEmpty):
            loading.load(FOLDER)
        assert db.session.scalars(select(func.count()).select_from(Account)).one() == 1
