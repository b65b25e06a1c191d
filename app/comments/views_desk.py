"""Comments at the desk: read, release, withhold, translate, answer."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.accounts.models import ROLE_LABELS
from app.comments import queries, services
from app.comments.forms import AnswerForm, BulkForm, TranslationForm
from app.comments.models import COMMENT_KIND_LABELS, Comment
from app.proposals import languages, rules
from app.proposals.entries import source_of
from app.proposals.models import STATE_LABELS
from app.web.access import current_account, requires
from app.web.parameters import whole

WAITING, REPORTED, ALL = "wartend", "gemeldet", "alle"

bp = Blueprint("comments_desk", __name__, url_prefix="/verwaltung/kommentare")


@bp.get("")
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    return _list(BulkForm())


@bp.post("/freigabe")
@requires(rules.can_moderate)
def release() -> ResponseReturnValue:
    form, chosen = _chosen()
    if not form.validate_on_submit():
        return _list(form), 422
    services.release(chosen, by=current_account())
    flash(ngettext("Ein Kommentar ist veröffentlicht.", "%(num)s Kommentare sind veröffentlicht.", len(chosen)))
    return _back()


@bp.post("/zurueckhaltung")
@requires(rules.can_moderate)
def withhold() -> ResponseReturnValue:
    form, chosen = _chosen()
    is_complete = form.validate_on_submit()
    if not (form.reason.data or "").strip():
        form.reason.errors = [_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")]
        is_complete = False
    if not is_complete:
        return _list(form), 422
    services.withhold(chosen, reason=form.reason.data, by=current_account())
    flash(ngettext("Ein Kommentar ist zurückgehalten.", "%(num)s Kommentare sind zurückgehalten.", len(chosen)))
    return _back()


@bp.get("/<int:comment_id>")
@requires(rules.can_moderate)
def show(comment_id: int) -> ResponseReturnValue:
    return _show(_get(comment_id))


@bp.post("/<int:comment_id>/uebersetzung")
@requires(rules.can_moderate)
def translate(comment_id: int) -> ResponseReturnValue:
    comment, form = _get(comment_id), TranslationForm()
    if not form.validate_on_submit():
        return _show(comment, translation_form=form), 422
    services.translate(comment, content=form.translation.data, by=current_account())
    return redirect(url_for("comments_desk.show", comment_id=comment.id), 303)


@bp.post("/<int:comment_id>/antwort")
@requires(rules.can_moderate)
def answer(comment_id: int) -> ResponseReturnValue:
    comment, form = _get(comment_id), AnswerForm()
    if not form.validate_on_submit():
        return _show(comment, answer_form=form), 422
    services.answer(comment.proposal, text=form.text.data, answers=comment, by=current_account())
    flash(_("Ihre Antwort steht jetzt beim Kommentar."))
    return redirect(url_for("comments_desk.show", comment_id=comment.id), 303)


@bp.post("/<int:comment_id>/meldungen/erledigt")
@requires(rules.can_moderate)
def settle_reports(comment_id: int) -> ResponseReturnValue:
    services.settle_reports(_get(comment_id), by=current_account())
    flash(_("Angesehen: Der Kommentar bleibt stehen."))
    return redirect(url_for("comments_desk.index", stand=REPORTED), 303)


def _which() -> str:
    asked = request.args.get("stand", WAITING)
    return asked if asked in {REPORTED, ALL} else WAITING


def _chosen() -> tuple[BulkForm, list[Comment]]:
    """Only comments that are there can be chosen, wherever in the list they stand by now."""
    ids = request.form.getlist("chosen", type=whole)
    found = queries.chosen(ids)
    return BulkForm().choose_from([comment.id for comment in found]), list(found)


def _list(form: BulkForm) -> str:
    which = _which()
    page = queries.for_desk(which, request.args.get("seite", 1, type=whole))
    form.choose_from([comment.id for comment in page.items])
    return render_template(
        "comments/desk/index.html",
        form=form,
        page=page,
        which=which,
        tabs=[
            (WAITING, _("Zu prüfen"), queries.count_waiting()),
            (REPORTED, _("Gemeldet"), queries.count_reported()),
            (ALL, _("Alle"), None),
        ],
        address=lambda number: url_for("comments_desk.index", stand=which, seite=number),
        **_words(),
    )


def _show(
    comment: Comment, *, translation_form: TranslationForm | None = None, answer_form: AnswerForm | None = None
) -> str:
    translation = comment.translation.current.content if comment.translation else ""
    return render_template(
        "comments/desk/show.html",
        comment=comment,
        translation_form=translation_form or TranslationForm(formdata=None, translation=translation),
        answer_form=answer_form or AnswerForm(formdata=None),
        form=FlaskForm(),
        source_of=source_of,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "kinds": COMMENT_KIND_LABELS,
        "states": STATE_LABELS,
        "roles": ROLE_LABELS | {services.AUTHOR: _("von wem der Kommentar ist")},
        "direction_of": languages.direction_of,
    }


def _get(comment_id: int) -> Comment:
    return queries.get(comment_id) or abort(404)


def _back() -> ResponseReturnValue:
    return redirect(url_for("comments_desk.index", stand=_which()), 303)
