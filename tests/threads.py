"""Several people at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from app.db import db


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
