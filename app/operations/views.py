"""What monitoring asks: alive and ready."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from app.operations.checks import READINESS, CheckFailed
from app.web.access import public

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """200 when database, migrations and queue answer, else 503; the names of what failed, no details."""
    failed = []
    for check in READINESS:
        try:
            check(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001 -- as in cli.py
        except CheckFailed:
            failed.append(check.__name__)
    return {"status": "failed" if failed else "ok", "failed": failed}, 503 if failed else 200
