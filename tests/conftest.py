"""Fixtures for all tests: one migrated database per run, one rolled-back transaction per test."""

import contextvars
import itertools
import mailbox
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_binary_file
from email.message import EmailMessage
from email.policy import default as email_policy
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event, make_url
from sqlalchemy.orm import Session

import config
from app import create_app
from app.accounts.models import Account
from app.cli import commands
from app.db import db
from app.mail import delivery
from app.proposals import similar
from tests.pages import Page
from tests.servers import running_postgresql

READING = {"GET", "HEAD"}
WRITES = ("INSERT", "UPDATE", "DELETE")


def pytest_addoption(parser):
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="where the tests run")
    parser.addoption("--soak", action="store_true", help="full numbers of examples, threads and rounds: takes long")


def pytest_configure(config):
    hypothesis.settings.register_profile("quick", deadline=None)
    hypothesis.settings.register_profile("soak", deadline=None, max_examples=5000)
    hypothesis.settings.load_profile("soak" if config.getoption("--soak") else "quick")


def pytest_collection_modifyitems(config, items):
    """What no database can change is shown once, in the run on SQLite."""
    if config.getoption("--database") == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if is_shown_once(item)])
        items[:] = [item for item in items if not is_shown_once(item)]


def is_shown_once(item: pytest.Function) -> bool:
    needs_none = "no_database" in item.keywords and "databases" not in item.fixturenames
    return needs_none or "one_database" in item.keywords


@contextmanager
def counted_commits() -> Iterator[list[Session]]:
    commits: list[Session] = []

    def record(session):
        commits.append(session)

    event.listen(Session, "after_commit", record)
    try:
        yield commits
    finally:
        event.remove(Session, "after_commit", record)


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """Every statement of the block but the ones that handle savepoints."""
    statements: list[str] = []

    def record(connection, cursor, statement, *args):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    target = db.engines[None]
    event.listen(target, "before_cursor_execute", record)
    try:
        yield statements
    finally:
        event.remove(target, "before_cursor_execute", record)


class Client(FlaskClient):
    """Requests run in a context and session of their own, commit at most once, and on GET neither commit nor write."""

    def open(self, *args, **kwargs):
        with counted_commits() as commits, recorded_statements() as statements:
            response = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.expire_all()
        is_reading = response.request.method in READING
        assert len(commits) <= (0 if is_reading else 1), f"{response.request} committed {len(commits)} times"
        if is_reading:
            assert [s for s in statements if s.startswith(WRITES)] == [], f"{response.request} writes"
        return response

    def page(self, url: str, status: int = 200, method: str = "GET", **kwargs) -> Page:
        response = self.open(url, method=method, **kwargs)
        assert response.status_code == status, (response.status_code, response.location)
        return Page(response.text, url)

    def sign_in(self, account: Account) -> None:
        with self.session_transaction() as session:
            session.update(_user_id=account.get_id(), _fresh=True)


class ReceivedMail(NamedTuple):
    number: int
    to: str
    subject: str
    text: str
    message: EmailMessage

    @classmethod
    def of(cls, message: EmailMessage) -> "ReceivedMail":
        number = int(message["Message-ID"].split("-")[1].split("@")[0])
        text = message.get_body(("plain",)).get_content()
        return cls(number, message["To"], message["Subject"], text, message)

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://\S+", self.text)


def _parse(file) -> EmailMessage:
    return message_from_binary_file(file, policy=email_policy)


def settings(instance_path: Path, database_url: str = "") -> dict[str, str]:
    return {
        "TEILHABE_INSTANCE_PATH": str(instance_path),
        "TEILHABE_DATABASE_URL": database_url,
        "TEILHABE_SECRET_KEY": "a key for tests, long enough to be taken",
        "TEILHABE_ENCRYPTION_KEY": "YSBrZXkgZm9yIHRlc3RzIG9mIGp1c3QgMzIgYnl0ZXM=",
        "TEILHABE_BASE_URL": "http://127.0.0.1:8000",
        "TEILHABE_MAIL_URL": f"maildir:{instance_path / 'mail'}",
        "TEILHABE_MAIL_FROM": "integration@example.org",
    }


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of the run: each of them would do so anew."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def application(environ: Mapping[str, str], configuration: Mapping[str, object] = MappingProxyType({})) -> Flask:
    app = create_app({**config.load(environ), **configuration})
    app.jinja_env.bytecode_cache = COMPILED
    return app


class Databases:
    """Copies of one migrated database, on the kind of server this run is about."""

    def __init__(self, folder: Path, postgresql=None) -> None:
        self.folder = folder
        self.postgresql = postgresql
        self.numbers = itertools.count(1)
        self.template_url = postgresql.create("template") if postgresql else f"sqlite:///{folder / 'template.db'}"
        app = application(settings(folder / "template", self.template_url))
        with app.app_context():
            upgrade()
            db.engine.dispose()

    @property
    def kind(self) -> str:
        return "postgresql" if self.postgresql else "sqlite"

    def empty(self) -> str:
        number = next(self.numbers)
        return self.postgresql.create(f"empty{number}") if self.postgresql else f"sqlite:///{self.folder}/{number}.db"

    def copy(self, original: str = "") -> str:
        """Of a database that nobody is connected to; without its address, of the one without rows."""
        number = next(self.numbers)
        source = make_url(original or self.template_url).database
        if self.postgresql:
            return self.postgresql.create(f"copy{number}", source)
        target = self.folder / f"copy{number}.db"
        shutil.copyfile(source, target)
        return f"sqlite:///{target}"


@pytest.fixture(scope="session")
def databases(request, tmp_path_factory) -> Iterator[Databases]:
    folder = tmp_path_factory.mktemp("databases")
    if request.config.getoption("--database") == "postgresql":
        with running_postgresql() as postgresql:
            yield Databases(folder, postgresql)
    else:
        yield Databases(folder)


@pytest.fixture(scope="session")
def app(databases, tmp_path_factory) -> Iterator[Flask]:
    app = application(settings(tmp_path_factory.mktemp("instance"), databases.copy()))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Client
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def own_app(databases, tmp_path) -> Iterator[Callable[..., Flask]]:
    """Applications on databases of their own, where commits are real: for threads, processes and browsers."""
    apps: list[Flask] = []

    def create(configuration: Mapping[str, object] = MappingProxyType({}), **more: str) -> Flask:
        instance = tmp_path / f"instance{len(apps)}"
        environ = {"TEILHABE_DATABASE_URL": databases.copy(), **more}
        app = application({**settings(instance), **environ}, configuration)
        apps.append(app)
        return app

    yield create
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def demo_settings(databases, tmp_path_factory) -> Callable[[], dict[str, str]]:
    """Settings of one more installation with the whole demo, which its command loads once; the others are copies."""
    loaded = settings(tmp_path_factory.mktemp("demo"), databases.copy())
    app = application(loaded)
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    assert (result.exit_code, result.output) == (0, "Die Demo ist geladen.\n")
    with app.app_context():
        db.engine.dispose()

    def copy() -> dict[str, str]:
        folder = shutil.copytree(loaded["TEILHABE_INSTANCE_PATH"], tmp_path_factory.mktemp("demo") / "instance")
        return settings(folder, databases.copy(loaded["TEILHABE_DATABASE_URL"]))

    return copy


@pytest.fixture(scope="session")
def demo_app(demo_settings) -> Iterator[Flask]:
    """The whole demo; tests only read it."""
    app = application(demo_settings())
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def demo(demo_app) -> Iterator[None]:
    """Inside of it; the test is marked `no_database`."""
    with demo_app.app_context():
        yield
        db.session.remove()


@pytest.fixture(scope="session")
def scaled(request) -> Callable[[int, int], int]:
    """A number for every day, and the full one for `make soak`."""

    def choose(small: int, full: int) -> int:
        return full if request.config.getoption("--soak") else small

    return choose


@pytest.fixture(autouse=True)
def database(request) -> Iterator[None]:
    """Everything a test writes, committed or not, is undone when it ends."""
    if "own_app" in request.fixturenames or "no_database" in request.keywords:
        yield
        return
    app = request.getfixturevalue("app")
    with app.app_context():
        engine = db.engines[None]
        app.extensions.pop(similar.EXTENSION, None)
        with engine.connect() as connection:
            transaction = connection.begin()
            db.engines[None] = connection
            db.session.remove()
            db.session.configure(join_transaction_mode="create_savepoint")
            yield
            db.session.remove()
            transaction.rollback()
        db.engines[None] = engine


@pytest.fixture
def client(app) -> Client:
    return app.test_client()


class Outcome(NamedTuple):
    status: int
    output: str
    error: str


@pytest.fixture
def command(app) -> Callable[..., Outcome]:
    """Run `teilhabe` with these arguments."""

    def run(*arguments: str, app: Flask = app) -> Outcome:
        result = app.test_cli_runner().invoke(commands, arguments)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def count_queries(database):
    return recorded_statements


@pytest.fixture
def mails(app) -> Callable[[], list[ReceivedMail]]:
    """Deliver what is in the outbox and return the mails of this test, oldest first, as email messages."""
    folder = Path(app.config["MAIL_URL"].removeprefix("maildir:"))
    shutil.rmtree(folder, ignore_errors=True)

    def read() -> list[ReceivedMail]:
        delivery.deliver()
        if not folder.exists():
            return []
        messages = mailbox.Maildir(str(folder), create=False, factory=_parse)
        return sorted(map(ReceivedMail.of, messages), key=lambda received: received.number)

    return read


os.environ.setdefault("TZ", "UTC")
