"""Appeals and reports at the desk, and the words the house wants to see first."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.moderation import queries
from app.moderation.errors import NotDoneYet, WithdrawnMeanwhile
from app.moderation.forms import AppealAnswerForm, ReportAnswerForm, WatchWordForm
from app.moderation.models import REPORT_KIND_LABELS, REPORT_OUTCOME_LABELS
from app.moderation.services import appeals, reports, watch_words
from app.proposals import languages, rules
from app.proposals import queries as proposals
from app.proposals.entries import source_of
from app.proposals.models import STATE_LABELS
from app.web.access import current_account, requires

appeals_bp = Blueprint("appeals_desk", __name__, url_prefix="/verwaltung/beschwerden")
reports_bp = Blueprint("reports_desk", __name__, url_prefix="/verwaltung/meldungen")
words_bp = Blueprint("watch_words_desk", __name__, url_prefix="/verwaltung/merkwoerter")


@appeals_bp.get("")
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    return render_template("moderation/appeals.html", appeals=queries.open_appeals())


@appeals_bp.route("/<int:appeal_id>", methods=["GET", "POST"])
@requires(rules.can_moderate)
def answer(appeal_id: int) -> ResponseReturnValue:
    made = queries.get_appeal(appeal_id) or abort(404)
    form = AppealAnswerForm()
    if form.validate_on_submit():
        try:
            appeals.answer(
                made,
                is_granted=form.result.data == "yes",
                words=form.words.data,
                public=form.public.data or "",
                by=current_account(),
            )
        except WithdrawnMeanwhile as refusal:
            form.result.errors = [str(refusal)]
        else:
            flash(_("Die Beschwerde zu %(reference)s ist beantwortet.", reference=made.proposal.reference))
            return redirect(url_for("appeals_desk.index"), 303)
    page = render_template(
        "moderation/appeal.html",
        appeal=made,
        proposal=made.proposal,
        form=form,
        state=STATE_LABELS[made.proposal.state],
        is_own=current_account().id in queries.deciders(made.proposal),
        may_write=bool(made.proposal.contributor and made.proposal.contributor.is_written_to),
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@reports_bp.get("")
@requires(rules.can_moderate)
def list_reports() -> ResponseReturnValue:
    return render_template(
        "moderation/reports.html",
        reported=queries.reported(),
        kinds=REPORT_KIND_LABELS,
        source_of=source_of,
        direction_of=languages.direction_of,
    )


@reports_bp.route("/<string:reference>", methods=["GET", "POST"])
@requires(rules.can_moderate)
def answer_reports(reference: str) -> ResponseReturnValue:
    proposal = proposals.find(reference) or abort(404)
    made = queries.open_reports(proposal)
    form = ReportAnswerForm()
    if form.validate_on_submit():
        try:
            reports.answer(made, outcome=form.outcome.data, words=form.words.data, by=current_account())
        except NotDoneYet as refusal:
            form.outcome.errors = [str(refusal)]
        else:
            flash(_("Die Meldungen zu %(reference)s sind beantwortet.", reference=reference))
            return redirect(url_for("reports_desk.list_reports"), 303)
    page = render_template(
        "moderation/report_answer.html",
        proposal=proposal,
        reports=made,
        form=form,
        kinds=REPORT_KIND_LABELS,
        outcomes=REPORT_OUTCOME_LABELS,
        state=STATE_LABELS[proposal.state],
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@words_bp.route("", methods=["GET", "POST"])
@requires(rules.can_moderate)
def list_words() -> ResponseReturnValue:
    form = WatchWordForm()
    if form.validate_on_submit():
        watch_words.add(form.word.data, by=current_account())
        return redirect(url_for("watch_words_desk.list_words"), 303)
    page = render_template(
        "moderation/watch_words.html", form=form, plain_form=FlaskForm(formdata=None), words=queries.watch_words()
    )
    return page, 422 if form.errors else 200


@words_bp.post("/<int:word_id>/entfernung")
@requires(rules.can_moderate)
def remove_word(word_id: int) -> ResponseReturnValue:
    watch_words.remove(queries.get_watch_word(word_id) or abort(404), by=current_account())
    return redirect(url_for("watch_words_desk.list_words"), 303)
