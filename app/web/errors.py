"""Pages for what went wrong: what happened, what is kept, what to do."""

import logging

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.errors import DomainError
from app.limits import LimitReached

logger = logging.getLogger(__name__)
PAGES = frozenset({403, 404, 405, 413, 429, 500, 503})


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _refuse)
    app.register_error_handler(LimitReached, _ask_to_wait)
    app.register_error_handler(CSRFError, _ask_to_send_again)
    for busy in (OperationalError, PoolTimeout):
        app.register_error_handler(busy, _ask_to_try_again)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(500, _explain)


def _refuse(error: DomainError) -> ResponseReturnValue:
    return render_template("errors/409.html", error=error), 409


def _ask_to_wait(error: LimitReached) -> ResponseReturnValue:
    return render_template("errors/429.html", error=error), 429


def _ask_to_send_again(error: CSRFError) -> ResponseReturnValue:
    return render_template("errors/400.html", error=error), 400


def _ask_to_try_again(error: OperationalError | PoolTimeout) -> ResponseReturnValue:
    """The database is busy or away, or all connections to it are in use; nothing was saved."""
    cause = error.orig if isinstance(error, OperationalError) else error
    logger.error("database: %s on %s", type(cause).__name__, request.path, exc_info=error)
    g.without_account = True
    return render_template("errors/503.html"), 503, {"Retry-After": "5"}


def _explain(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:  # a redirect
        return error
    if code >= 500:
        g.without_account = True
    page = code if code in PAGES else 400
    return render_template(f"errors/{page}.html", error=error), code
