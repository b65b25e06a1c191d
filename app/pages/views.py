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


@bp.get("/datenschutz")
@public
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html")


@bp.get("/impressum")
@public
def imprint() -> ResponseReturnValue:
    return render_template("pages/imprint.html")


@bp.get("/barrierefreiheit")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("pages/accessibility.html")


@bp.get("/leichte-sprache")
@public
def easy_language() -> ResponseReturnValue:
    return render_template("pages/easy_language.html")


@bp.get("/gebaerdensprache")
@public
def sign_language() -> ResponseReturnValue:
    return render_template("pages/sign_language.html")


@bp.get("/netiquette")
@public
def netiquette() -> ResponseReturnValue:
    return render_template("pages/netiquette.html")
