"""Following a contribution, a table or what came of them; confirming it and ending it by the link in the mail."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import limits
from app.accounts.rules import has_account
from app.capture.services import tables
from app.concept import municipal
from app.concept import queries as concept
from app.events.models import ThemeTable
from app.proposals import news_items, queries, results, rules
from app.proposals.forms import FollowForm, RhythmForm
from app.proposals.models import Follow, Result
from app.proposals.services import follows
from app.proposals.views.proposals import find_readable
from app.texts.models import Text
from app.web.access import current_account, public, requires, signed_link

bp = Blueprint("follows", __name__)


@bp.post("/vorschlaege/<string:reference>/folgen")
@public
def create_for_proposal(reference: str) -> ResponseReturnValue:
    proposal = find_readable(reference)
    if not rules.can_read(current_account(), proposal):
        abort(404)
    back = url_for("proposals.show", reference=reference)
    return _follow(_("Beitrag %(reference)s", reference=reference), back, text=proposal.text)


@bp.post("/ziele/<string:code>/folgen")
@public
def create_for_goal(code: str) -> ResponseReturnValue:
    return _follow_result(concept.get_goal(code) or abort(404))


@bp.post("/massnahmen/<string:code>/folgen")
@public
def create_for_measure(code: str) -> ResponseReturnValue:
    return _follow_result(concept.get_measure(code) or abort(404))


@bp.post("/konzept/ideen/<int:idea_id>/folgen")
@public
def create_for_idea(idea_id: int) -> ResponseReturnValue:
    return _follow_result(municipal.find_idea(idea_id) or abort(404))


@bp.post("/konzept/praxisbeispiele/<int:practice_id>/folgen")
@public
def create_for_practice(practice_id: int) -> ResponseReturnValue:
    return _follow_result(municipal.find_practice(practice_id) or abort(404))


def _follow_result(result: Result) -> ResponseReturnValue:
    page = results.shown(result)
    return _follow(page.name, url_for(page.page, **page.known_by), text=result.text)


@bp.route("/tisch/<string:token>", methods=["GET", "POST"])
@signed_link
def create_for_table(token: str) -> ResponseReturnValue:
    table = tables.read_link(token, tables.FOLLOW_TABLE)
    name = _("Tisch %(number)s: %(title)s", number=table.number, title=table.title)
    if request.method == "POST":
        return _follow(name, url_for("proposals.index", tisch=table.id), table=table)
    return render_template("proposals/table.html", table=table, name=name, form=FollowForm())


@bp.get("/folgen/gesendet")
@public
def sent() -> ResponseReturnValue:
    return render_template("proposals/follow_sent.html")


@bp.get("/folgen/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    follow = follows.read_follow_link(token)
    return _page(token, follow, RhythmForm(rhythm=follow.rhythm)), 200


def _page(token: str, follow: Follow, rhythm_form: RhythmForm) -> str:
    return render_template(
        "proposals/follows.html",
        rhythm_form=rhythm_form,
        token=token,
        follow=follow,
        subject=news_items.subject_of(follow),
        active=[(each, news_items.subject_of(each), follows.follow_link(each)) for each in queries.followed_by(follow)],
        form=FlaskForm(),
    )


@bp.post("/folgen/<string:token>/bestaetigung")
@signed_link
def confirm(token: str) -> ResponseReturnValue:
    follow, form = follows.read_follow_link(token), RhythmForm()
    follows.confirm_follow(follow, rhythm=form.rhythm.data if form.validate() else None)
    flash(_("Danke. Wir schreiben Ihnen, sobald sich etwas tut."))
    return redirect(url_for("follows.show", token=token), 303)


@bp.post("/folgen/<string:token>/rhythmus")
@signed_link
def set_rhythm(token: str) -> ResponseReturnValue:
    follow, form = follows.read_follow_link(token), RhythmForm()
    if not form.validate_on_submit():
        return _page(token, follow, form), 422
    follows.set_rhythm(follow, form.rhythm.data)
    flash(_("Gespeichert. So oft schreiben wir Ihnen ab jetzt."))
    return redirect(url_for("follows.show", token=token), 303)


@bp.post("/folgen/<string:token>/ende")
@signed_link
def end(token: str) -> ResponseReturnValue:
    follows.end_follow(follows.read_follow_link(token))
    flash(_("Beendet. Dazu schreiben wir Ihnen nicht mehr."))
    return redirect(url_for("follows.show", token=token), 303)


@bp.post("/folgen/<string:token>/abbestellung")
@signed_link
def end_all(token: str) -> ResponseReturnValue:
    """What mail programs send (RFC 8058): no cookie, no token of a form, an answer nobody reads."""
    follows.end_all(follows.read_follow_link(token))
    return render_template("proposals/follow_ended.html")


@bp.post("/konto/folgen/<int:follow_id>/ende")
@requires(has_account)
def end_for_account(follow_id: int) -> ResponseReturnValue:
    account = current_account()
    found = next((each for each in queries.followed_by_account(account) if each.id == follow_id), None) or abort(404)
    follows.end_follow(found)
    flash(_("Beendet. Dazu schreiben wir Ihnen nicht mehr."))
    return redirect(news_items.followed_address(found), 303)


def _follow(name: str, back: str, *, text: Text | None = None, table: ThemeTable | None = None) -> ResponseReturnValue:
    """Who is signed in follows with one click; everyone else by an address that is confirmed."""
    account = current_account()
    if account is not None:
        follows.follow(text=text, table=table, by=account, language=str(get_locale() or "de"))
        flash(_("Sie hören von uns, sobald sich etwas tut."))
        return redirect(back, 303)
    form = FollowForm()
    if not form.validate_on_submit():
        return render_template("proposals/follow.html", form=form, name=name), 422
    if not form.website.data:
        source = limits.source_of(request.remote_addr)
        follows.follow(email=form.email.data, text=text, table=table, language=str(get_locale() or "de"), source=source)
    return redirect(url_for("follows.sent"), 303)
