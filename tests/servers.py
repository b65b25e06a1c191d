"""Real servers for tests, each on a port of its own, started and stopped by the tests."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from aiosmtpd.controller import Controller
from sqlalchemy import URL, create_engine, text

from tests.tree import ROOT

OPENER = build_opener(ProxyHandler({}))  # whatever proxy the machine has: these servers are on it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PostgreSQL:
    """A server that forgets everything: own folder, own port, no fsync."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.binaries = _postgresql_binaries()

    def url(self, database: str) -> str:
        address = URL.create("postgresql+psycopg", "teilhabe", None, "127.0.0.1", self.port, database)
        return address.render_as_string(hide_password=False)

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "teilhabe", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off "
            "-c full_page_writes=off -c synchronous_commit=off -c max_connections=120"
        )
        self._run("pg_ctl", "-D", data, "-w", "-o", options, "-l", self.folder / "log", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def create(self, name: str, template: str = "template0") -> str:
        """A new database; returns its address."""
        admin = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        admin.dispose()
        return self.url(name)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.binaries / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        done = (
            subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
            if program != "pg_ctl"
            else _run_detached(command)
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")


def _run_detached(command: list[str]) -> subprocess.CompletedProcess[str]:
    """The server keeps the pipes of the program that starts it; a file does not wait for them."""
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=output, check=False, stdin=subprocess.DEVNULL)
        output.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, output.read(), "")


def _postgresql_binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not installed:
        raise RuntimeError("Die Tests brauchen einen PostgreSQL-Server: apt-get install postgresql")
    return installed[-1]


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    folder = Path(tempfile.mkdtemp(prefix="teilhabe-postgresql-"))
    server = PostgreSQL(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


class Relay:
    """A mail relay that answers each recipient as told, and keeps what it took."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[bytes] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.taken.append(envelope.content)
        return "250 OK"


@contextmanager
def running_relay(**options: object) -> Iterator[tuple[Relay, str]]:
    """The relay and its TEILHABE_MAIL_URL."""
    relay = Relay()
    controller = Controller(relay, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield relay, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes a connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def start_command(environ: dict[str, str], *arguments: str, folder: Path = ROOT) -> subprocess.Popen[str]:
    """The command `teilhabe` as a process of its own, from this copy of the code; its output can be read."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TEILHABE_")}
    return subprocess.Popen(
        [sys.executable, "-m", "app", *arguments],
        cwd=folder,
        env={**inherited, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.05)


def answer(url: str) -> int:
    """The status of a GET, 0 while nobody answers."""
    try:
        with OPENER.open(url, timeout=5) as response:
            return response.status
    except HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


@contextmanager
def running_site(environ: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], subprocess.Popen[str]]]:
    """The site and its worker, answering at TEILHABE_BASE_URL; ended with SIGTERM."""
    port = environ["TEILHABE_BASE_URL"].rpartition(":")[2]
    processes = (start_command(environ, "serve", "--port", port), start_command(environ, "worker"))
    try:
        wait_until(lambda: answer(f"{environ['TEILHABE_BASE_URL']}/readyz") == 200)
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.communicate(timeout=60)
