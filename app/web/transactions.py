"""GET and HEAD only read: the database refuses to write in them (app/db.py)."""

from flask import Flask, request

from app.db import reads_only


def init_app(app: Flask) -> None:
    @app.before_request
    def choose_transaction() -> None:
        reads_only.set(request.method in {"GET", "HEAD", "OPTIONS"})

    @app.teardown_request
    def end_transaction(_error: BaseException | None) -> None:
        reads_only.set(False)
