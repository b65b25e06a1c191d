"""Pages of the desk that ask once more before they act: what was typed travels in hidden fields."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

CONFIRMED = "bestaetigt"  # the field that the second page sends
CHANGE = "aendern"  # the button that leads back to the form, with all that was typed
NOT_KEPT = frozenset({"csrf_token", CONFIRMED, CHANGE})


def is_confirmed() -> bool:
    return CONFIRMED in request.form


def is_to_change() -> bool:
    return CHANGE in request.form


def ask_again(template: str, form: FlaskForm, **shown: object) -> ResponseReturnValue:
    """Show what is about to happen, with everything that was typed in hidden fields."""
    given = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    return render_template(template, form=form, given=[*given, (CONFIRMED, "ja")], change=CHANGE, **shown)
