"""Several people at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from flask import Flask
from sqlalchemy import event, update

from app.db import Model, db


def at_once(app: Flask, *actions: Callable[[], object]) -> list[object]:
    """What each action returned or raised; all start together, each with a session of its own."""
    barrier = Barrier(len(actions))

    def run(action):
        with app.app_context():
            db.session.connection()
            db.session.remove()
            barrier.wait(10)
            try:
                return action()
            except Exception as error:  # noqa: BLE001 -- what was raised is a result here
                return error

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


@contextmanager
def as_quick(row: Model, **values: object) -> Iterator[None]:
    """Somebody else gives a stored row these values after the use case of the block looked, before it writes."""
    model, row_id = type(row), row.id

    def meanwhile(session, _context, _instances):
        session.connection().execute(update(model).where(model.id == row_id).values(values))

    event.listen(db.session, "before_flush", meanwhile, once=True)
    try:
        yield
    finally:
        if event.contains(db.session, "before_flush", meanwhile):
            event.remove(db.session, "before_flush", meanwhile)
