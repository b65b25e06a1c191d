"""Suggestions at the desk: look at them, publish or withhold, decide, work them into the text."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.concept.comparison import words
from app.concept.errors import NotPrintable, WordingChanged
from app.concept.rules import can_edit_concept
from app.concept.subjects import Subject, find_subject
from app.db import db
from app.drafting import queries, rules
from app.drafting.errors import NotLookedAt, StillTheSame
from app.drafting.forms import BulkForm, DispositionForm
from app.drafting.models import DispositionOutcome, Suggestion
from app.drafting.passages import Applied, apply
from app.drafting.services import dispositions, suggestions
from app.drafting.views.suggestions import labels
from app.drafting.views.words import address_of
from app.drafting.views_desk.keeping import Keeping, keeping
from app.texts.models import Text, TextVersion
from app.texts.moderated import STATE_LABELS
from app.web.access import current_account, requires
from app.web.parameters import whole

WAITING, OPEN, DECIDED, ALL = "wartend", "offen", "entschieden", "alle"

bp = Blueprint("suggestions_desk", __name__, url_prefix="/verwaltung/anregungen")


@bp.get("")
@requires(rules.can_see_suggestions)
def index() -> ResponseReturnValue:
    return _list(BulkForm())


@bp.post("/freigabe")
@requires(rules.can_publish_suggestions)
def publish() -> ResponseReturnValue:
    form, chosen = _chosen()
    if not form.validate_on_submit():
        return _list(form), 422
    suggestions.publish(chosen, by=current_account())
    flash(ngettext("Eine Anregung ist veröffentlicht.", "%(num)s Anregungen sind veröffentlicht.", len(chosen)))
    return _back()


@bp.post("/zurueckhaltung")
@requires(rules.can_publish_suggestions)
def withhold() -> ResponseReturnValue:
    form, chosen = _chosen()
    if not _is_complete(form):
        return _list(form), 422
    suggestions.withhold(chosen, reason=form.reason.data, by=current_account())
    flash(ngettext("Eine Anregung ist zurückgehalten.", "%(num)s Anregungen sind zurückgehalten.", len(chosen)))
    return _back()


@bp.post("/entscheidung")
@requires(can_edit_concept)
def dispose() -> ResponseReturnValue:
    form, chosen = _chosen()
    if not _is_complete(form):
        return _list(form), 422
    try:
        dispositions.dispose(chosen, outcome=form.outcome.data, reason=form.reason.data, by=current_account())
    except (StillTheSame, NotLookedAt) as refusal:
        form.chosen.errors = [str(refusal)]
        return _list(form), 422
    flash(ngettext("Eine Anregung ist beantwortet.", "%(num)s Anregungen sind beantwortet.", len(chosen)))
    return _back()


@bp.route("/<int:suggestion_id>", methods=["GET", "POST"])
@requires(rules.can_see_suggestions)
def show(suggestion_id: int) -> ResponseReturnValue:
    suggestion = queries.get_suggestion(suggestion_id) or abort(404)
    subject = find_subject(suggestion.version.text_id)
    current = db.session.get_one(Text, suggestion.version.text_id).current
    applied = _applied(suggestion, current)
    form = DispositionForm(wording=applied.content, version_id=str(current.id))
    may_decide = can_edit_concept(current_account())
    if request.method == "POST" and not may_decide:
        abort(403)
    kept = keeping(form)
    if form.validate_on_submit() and _is_decided(form, suggestion, subject, kept):
        flash(_("Die Anregung ist beantwortet."))
        return redirect(url_for("suggestions_desk.index", stand=OPEN), 303)
    return _page(form, suggestion, subject, applied, kept if may_decide else None), 422 if form.errors else 200


def _page(
    form: DispositionForm, suggestion: Suggestion, subject: Subject | None, applied: Applied, kept: Keeping | None
) -> str:
    """Whoever may decide has something to keep."""
    current = db.session.get_one(Text, suggestion.version.text_id).current
    if kept is None or not kept.is_taken_up:
        form.version_id.data = str(current.id)
    return render_template(
        "drafting/desk/show.html",
        form=form,
        suggestion=suggestion,
        subject=subject,
        current=current,
        applied=applied,
        changed=words(current.content, applied.content),
        moved_on=words(suggestion.version.content, current.content) if current.id != suggestion.version_id else None,
        beside=[
            each
            for each in queries.published_on(suggestion.version.text_id)
            if each.id != suggestion.id and each.disposition is None
        ],
        address=address_of(subject) if subject else None,
        may_decide=kept is not None and suggestion.is_released,
        keeping=kept,
        states=STATE_LABELS,
        **labels(),
    )


def _is_decided(form: DispositionForm, suggestion: Suggestion, subject: Subject | None, kept: Keeping) -> bool:
    """False, with the reason at the field, when it could not be; what was typed stays."""
    common = {"outcome": form.outcome.data, "reason": form.reason.data, "by": current_account()}
    try:
        if form.outcome.data is DispositionOutcome.NOT_ADOPTED or subject is None:
            kept.send(lambda: dispositions.dispose([suggestion], **common))
        else:
            wording, seen = form.wording.data, form.expected_version_id
            kept.send(lambda: dispositions.incorporate(suggestion, wording=wording, expected_version_id=seen, **common))
    except NotPrintable as refusal:
        form.wording.errors = refusal.problems
    except (WordingChanged, StillTheSame) as refusal:
        form.wording.errors = [str(refusal)]
    else:
        return True
    return False


def _applied(suggestion: Suggestion, current: TextVersion) -> Applied:
    return apply(
        suggestion.kind,
        suggestion.words,
        version=suggestion.version.content,
        start=suggestion.start,
        stop=suggestion.stop,
        present=current.content,
    )


def _is_complete(form: BulkForm) -> bool:
    is_complete = form.validate_on_submit()
    if not (form.reason.data or "").strip():
        form.reason.errors = [_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")]
        return False
    return bool(is_complete)


def _which() -> str:
    """What waits for this person first: those who moderate look, those who edit decide."""
    asked = request.args.get("stand", "")
    if asked in {WAITING, OPEN, DECIDED, ALL}:
        return asked
    return WAITING if rules.can_publish_suggestions(current_account()) else OPEN


def _chosen() -> tuple[BulkForm, list[Suggestion]]:
    """Only suggestions that are there can be chosen, wherever in the list they stand by now."""
    found = queries.chosen(request.form.getlist("chosen", type=whole))
    return BulkForm().choose_from([each.id for each in found]), list(found)


def _list(form: BulkForm) -> str:
    which = _which()
    page = queries.for_desk(which, request.args.get("seite", 1, type=whole))
    form.choose_from([each.suggestion.id for each in page.items])
    account = current_account()
    return render_template(
        "drafting/desk/index.html",
        form=form,
        page=page,
        which=which,
        tabs=[
            (WAITING, _("Zu prüfen"), queries.count_waiting()),
            (OPEN, _("Zu entscheiden"), queries.count_undecided()),
            (DECIDED, _("Entschieden"), None),
            (ALL, _("Alle"), None),
        ],
        address=lambda number: url_for("suggestions_desk.index", stand=which, seite=number),
        may_publish=rules.can_publish_suggestions(account),
        may_decide=can_edit_concept(account),
        states=STATE_LABELS,
        **labels(),
    )


def _back() -> ResponseReturnValue:
    return redirect(url_for("suggestions_desk.index", stand=_which()), 303)
