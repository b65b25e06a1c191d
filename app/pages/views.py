"""Home, the desk's overview, and what the law asks for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts import rules
from app.web.access import public, requires

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    return render_template("pages/home.html")


@bp.get("/verwaltung")
@requires(rules.can_open_desk)
def desk() -> ResponseReturnValue:
    return render_template("pages/desk.html")
