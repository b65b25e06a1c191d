"""A process that registers and is killed before each of its statements in turn; run by test_killed.py.

Prints one JSON document: for each attempt whether it was killed, and how many rows there are in all afterwards.
"""

import json
import os
import signal
import sys

from flask import Flask
from sqlalchemy import event as events
from sqlalchemy import func, select

import config
from app import create_app
from app.db import db
from app.events.models import Event, ProgrammeItem
from app.mail.models import OutgoingMail
from app.registrations import services
from app.registrations.models import (
    Answer,
    Attendee,
    Booking,
    Consent,
    ConsentText,
    Need,
    NeedKind,
    Question,
    QuestionOption,
    Registration,
)
from app.registrations.services import Companion

MODELS = (Registration, Attendee, Booking, Answer, Consent, Need, OutgoingMail)


def register(event_id: int) -> None:
    services.register(
        db.session.get_one(Event, event_id),
        name="Beispielperson",
        email="person@example.org",
        persons=2,
        companions=[Companion("Kind", is_child=True)],
        items=db.session.scalars(select(ProgrammeItem)).all(),
        options=db.session.scalars(select(QuestionOption)).all(),
        answers=dict.fromkeys(db.session.scalars(select(Question).where(Question.position == 1)), "Wohnen"),
        consents=db.session.scalars(select(ConsentText)).all(),
        needs=[{"kind": NeedKind.CHILDCARE, "language": "", "persons": 1, "ages": [4], "note": ""}],
    )


def die_before(number: int) -> None:
    """The commit is a statement, too."""
    left = [number]

    def count(*_arguments: object) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        events.listen(db.engine, name, count)


def attempt(app: Flask, event_id: int, number: int) -> bool:
    """Whether it was killed."""
    child = os.fork()
    if not child:
        with app.app_context():
            die_before(number)
            register(event_id)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        found = {
            model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) or 0 for model in MODELS
        }
        db.session.remove()
        db.engine.dispose()
        return found


def main() -> None:
    app = create_app(config.load(os.environ))
    attempts = []
    while not attempts or attempts[-1]["killed"]:
        killed = attempt(app, int(sys.argv[1]), len(attempts) + 1)
        attempts.append({"killed": killed, **counts(app)})
    json.dump(attempts, sys.stdout)


if __name__ == "__main__":
    main()
