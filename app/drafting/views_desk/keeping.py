"""What is typed into a form of the desk is kept on the server, offered again, and gone once it was sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.accounts.models import Account
from app.accounts.rules import can_open_desk
from app.db import now
from app.drafting import queries
from app.drafting.models import DeskDraft
from app.drafting.services import drafts
from app.web.access import current_account, requires
from app.web.filters import clock

bp = Blueprint("desk_drafts", __name__, url_prefix="/verwaltung/zwischenstand")

DESK = "/verwaltung/"
LONGEST = 200  # as the column is wide
TAKEN_UP = "entwurf"  # in the address: what was kept stands in the form again
T = TypeVar("T")


@dataclass(frozen=True)
class Keeping:
    """For one form: what was kept of it, whether it stands in it again, and who else is writing there."""

    page: str
    account: Account
    kept: DeskDraft | None
    is_taken_up: bool
    others: Sequence[DeskDraft]

    @property
    def keep_url(self) -> str:
        return url_for("desk_drafts.keep", seite=self.page)

    @property
    def drop_url(self) -> str:
        return url_for("desk_drafts.drop", seite=self.page)

    @property
    def take_up_url(self) -> str:
        return _taken_up(self.page)

    def send(self, use_case: Callable[[], T]) -> T:
        """Do what the form asks for, and forget what was kept of it, both or neither."""
        return drafts.sending(self.account, self.page, use_case)


def keeping(form: FlaskForm, page: str = "") -> Keeping:
    """Of the form of this page, or of another; when the address asks for it, what was kept stands in it again."""
    account, page = current_account(), page or _this_page()
    kept = queries.draft_of(account, page) if request.method == "GET" else None  # what was sent stands in it already
    is_taken_up = kept is not None and TAKEN_UP in request.args
    if kept is not None and is_taken_up:
        form.process(formdata=MultiDict([(name, each) for name, values in kept.fields.items() for each in values]))
    return Keeping(page, account, kept, is_taken_up, queries.others_writing(account, page, now()))


@bp.post("")
@requires(can_open_desk)
def keep() -> ResponseReturnValue:
    """By a script every few seconds, without one by a button."""
    page = _page()
    fields = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    if not FlaskForm().validate_on_submit():
        abort(422)
    saved_at = drafts.keep(current_account(), page, fields)
    said = _("Zwischengespeichert um %(clock)s Uhr.", clock=clock(saved_at))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(said=said)
    flash(said)
    return redirect(_taken_up(page), 303)


@bp.post("/verwerfen")
@requires(can_open_desk)
def drop() -> ResponseReturnValue:
    page = _page()
    if FlaskForm().validate_on_submit():
        drafts.drop(current_account(), page)
        flash(_("Der Entwurf ist verworfen."))
    return redirect(page, 303)


def _this_page() -> str:
    """Its path, and what its address chooses: into how many parts, which goals together."""
    chosen = [(name, value) for name, value in request.args.items(multi=True) if name != TAKEN_UP]
    page = f"{request.path}?{urlencode(chosen)}" if chosen else request.path
    return page if len(page) <= LONGEST else request.path


def _taken_up(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}{TAKEN_UP}=1"


def _page() -> str:
    """A page of the desk and nothing else."""
    page = request.args.get("seite", "")
    if not page.startswith(DESK) or len(page) > LONGEST or not page.isprintable():
        abort(404)
    return page
