"""`make bench`: pages and mails a second, and what must be fast beside its limit; one line each."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from flask_migrate import upgrade

import config
from app import create_app
from app.accounts import services as accounts
from app.db import db
from app.mail import delivery
from bench import document, places, queue, seating, workbench
from tests.conftest import settings
from tests.servers import free_port, running_site

PEOPLE = 8
REQUESTS = 400
MAILS = 300
PAGES = ("/healthz", "/", "/konto/zugang")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="teilhabe-bench-") as folder:
        environ = settings(Path(folder))
        environ["TEILHABE_BASE_URL"] = f"http://127.0.0.1:{free_port()}"
        app = create_app(config.load(environ))
        with app.app_context():
            upgrade()
            _report("mails sent into a maildir", MAILS, _deliver_mails)
            db.engine.dispose()
        with running_site(environ):
            for path in PAGES:
                _report(f"GET {path}, {PEOPLE} at once", PEOPLE * REQUESTS, lambda path=path: _visit(environ, path))
    places.main()
    queue.main()
    workbench.main()
    seating.main()
    document.main()


def _report(what: str, count: int, measured: Callable[[], float]) -> None:
    seconds = measured()
    print(f"{count / seconds:8.0f} a second  {what}", flush=True)


def _deliver_mails() -> float:
    for number in range(MAILS):
        accounts.create_account(email=f"konto{number}@example.org", name="Beispiel")
        accounts.request_link(email=f"konto{number}@example.org")
    started = time.perf_counter()
    assert delivery.deliver().sent == MAILS
    return time.perf_counter() - started


def _visit(environ: dict[str, str], path: str) -> float:
    address = urlsplit(environ["TEILHABE_BASE_URL"])

    def visit(_number: int) -> None:
        connection = HTTPConnection(address.hostname or "", address.port)
        for _ in range(REQUESTS):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            assert response.status == 200
        connection.close()

    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(visit, range(PEOPLE)))
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
