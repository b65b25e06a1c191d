"""How fast the queue of moderation opens with 5,000 contributions on PostgreSQL, beside the bare statement."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import text

import config
from app import create_app
from app.accounts.models import Role
from app.db import db
from app.proposals.models import ProposalState
from tests.conftest import settings
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.servers import running_postgresql

WAITING = 5000
A_SESSION_HOLDS = 100
TIMES = 30
BARE = text(
    "SELECT proposal.id, text_version.content FROM proposal JOIN text_version USING (text_id)"
    " WHERE state = 'received' ORDER BY received_at, proposal.id LIMIT 50"
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="teilhabe-bench-") as folder, running_postgresql() as server:
        app = create_app(config.load(settings(Path(folder), server.create("queue"))))
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            upgrade()
            for _ in range(WAITING // A_SESSION_HOLDS):
                ProposalFactory.create_batch(A_SESSION_HOLDS, state=ProposalState.RECEIVED)
                db.session.commit()
                db.session.expunge_all()  # each flush looks at all that a session holds
            account_id = AccountFactory(roles=(Role.MODERATOR,)).get_id()
            db.session.commit()
            db.session.execute(text("ANALYZE"))
            bare = _milliseconds(lambda: db.session.execute(BARE).all())
            db.session.rollback()
        client = app.test_client()
        with client.session_transaction() as session:
            session.update(_user_id=account_id, _fresh=True)
        first = _milliseconds(lambda: client.get("/verwaltung/moderation"))
        last = _milliseconds(lambda: client.get("/verwaltung/moderation?seite=100"))
        with app.app_context():
            db.engine.dispose()
    print(f"{first:8.1f} ms  first page of {WAITING} to moderate (wanted: below 100; bare statement: {bare:.1f})")
    print(f"{last:8.1f} ms  last page of them", flush=True)


def _milliseconds(measured: Callable[[], object]) -> float:
    measured()
    started = time.perf_counter()
    for _ in range(TIMES):
        measured()
    return (time.perf_counter() - started) / TIMES * 1000


if __name__ == "__main__":
    main()
