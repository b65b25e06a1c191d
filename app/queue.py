"""The queue (Huey): it only wakes the worker. What is to be done stands in the database, and a sweep finds it there.

Huey forgets a job when it hands it out, so a killed worker loses it; every job here is idempotent and runs
periodically as well (docs/adr/0003).
"""

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from app.db import db

logger = logging.getLogger(__name__)
WAITING = "jobs to wake"
OUT_OF_REACH = (RedisError, sqlite3.Error, OSError)
BROKER_TIMEOUTS = {"socket_connect_timeout": 1, "socket_timeout": 5}  # seconds; whoever registers waits for it


@dataclass(frozen=True)
class Job:
    """Something the worker does periodically, and at once when woken; it finds in the database what is due."""

    name: str
    run: Callable[[], object]
    minutes: str = "*"  # as in a crontab
    hours: str = "*"


def init_app(app: Flask, jobs: Sequence[Job]) -> None:
    huey = _connect(app.config["BROKER_URL"], Path(app.config["INSTANCE_PATH"]))
    app.extensions["huey"] = huey
    app.extensions["jobs"] = {
        job.name: huey.periodic_task(
            crontab(minute=job.minutes, hour=job.hours), name=job.name.replace(".", "_"), expires=3600
        )(_inside(app, job))
        for job in jobs
    }


def wake_after_commit(name: str) -> None:
    """Let the worker run this job as soon as the caller's transaction is committed."""
    db.session().info.setdefault(WAITING, set()).add(name)


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint was released, nothing is committed yet
        return
    for name in session.info.pop(WAITING, ()):
        try:
            current_app.extensions["jobs"][name]()
        except OUT_OF_REACH as error:
            logger.warning("queue out of reach (%s); the sweep will run %s", error, name)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop(WAITING, None)


def _connect(broker_url: str, instance_path: Path) -> Huey:
    if broker_url:
        pool = ConnectionPool.from_url(broker_url, retry=Retry(NoBackoff(), 0), **BROKER_TIMEOUTS)
        return RedisHuey("teilhabe", connection_pool=pool, results=False)
    return SqliteHuey("teilhabe", filename=str(instance_path / "queue.db"), results=False)


def _inside(app: Flask, job: Job) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            job.run()

    return run
