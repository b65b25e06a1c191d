"""The desk's pages about meetings: schedule, move, cancel, write down results."""

from datetime import date, datetime, time

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.council import queries, rules, services
from app.council.errors import BodyDissolved, EndsBeforeStart
from app.council.forms import MeetingForm, NewMeetingForm, ResultForm
from app.council.models import Meeting
from app.db import now
from app.local_time import BERLIN, at_berlin, day_of
from app.structures import queries as structures
from app.structures.forms import offer
from app.web.access import current_account, requires

bp = Blueprint("meetings_desk", __name__, url_prefix="/verwaltung/sitzungen")


@bp.get("")
@requires(rules.can_edit_meetings)
def index() -> ResponseReturnValue:
    today = day_of(now())
    meetings = queries.meetings()
    return render_template(
        "council/desk/meetings.html",
        coming=[meeting for meeting in meetings if meeting.day >= today],
        past=[meeting for meeting in reversed(meetings) if meeting.day < today],
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_meetings)
def create() -> ResponseReturnValue:
    form = NewMeetingForm()
    bodies = {body.slug: body for body in structures.bodies() if not body.dissolved}
    offer(form.organization, bodies.values())
    if form.validate_on_submit():
        try:
            meeting = services.schedule_meeting(
                organization=bodies[form.organization.data],
                title=form.title.data,
                day=form.day.data,
                starts_at=_moment(form.day.data, form.starts_at.data),
                ends_at=_moment(form.day.data, form.ends_at.data),
                place=form.place.data,
                is_public=form.is_public.is_public,
                by=current_account(),
            )
        except EndsBeforeStart as error:
            form.ends_at.errors = [str(error)]
        else:
            flash(_("Die Sitzung ist eingetragen."))
            return redirect(url_for("meetings_desk.edit", slug=meeting.slug), 303)
    return render_template("council/desk/create_meeting.html", form=form), 422 if form.errors else 200


@bp.route("/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_edit_meetings)
def edit(slug: str) -> ResponseReturnValue:
    meeting = _get(slug)
    form = MeetingForm(
        title=meeting.title,
        day=meeting.day,
        starts_at=_clock(meeting.starts_at),
        ends_at=_clock(meeting.ends_at),
        place=meeting.place,
        is_public=meeting.is_public,
    )
    if form.validate_on_submit():
        try:
            services.move_meeting(
                meeting,
                title=form.title.data,
                day=form.day.data,
                starts_at=_moment(form.day.data, form.starts_at.data),
                ends_at=_moment(form.day.data, form.ends_at.data),
                place=form.place.data,
                is_public=form.is_public.is_public,
                by=current_account(),
            )
        except EndsBeforeStart as error:
            form.ends_at.errors = [str(error)]
        except BodyDissolved as error:
            form.day.errors = [str(error)]
        else:
            flash(_("Die Sitzung ist gespeichert."))
            return redirect(url_for("meetings_desk.edit", slug=slug), 303)
    page = render_template("council/desk/edit_meeting.html", meeting=meeting, form=form, cancel_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<string:slug>/absage")
@requires(rules.can_edit_meetings)
def cancel(slug: str) -> ResponseReturnValue:
    services.cancel_meeting(_get(slug), by=current_account())
    flash(_("Die Sitzung ist abgesagt. In Kalendern steht sie als abgesagt."))
    return redirect(url_for("meetings_desk.edit", slug=slug), 303)


@bp.route("/<string:slug>/ergebnis", methods=["GET", "POST"])
@requires(rules.can_edit_meetings)
def add_result(slug: str) -> ResponseReturnValue:
    meeting = _get(slug)
    known = {organization.slug: organization for organization in structures.organizations()}
    form = ResultForm()
    offer(form.organization, known.values(), empty=_("keine bestimmte Organisation"))
    if form.validate_on_submit():
        services.add_result(
            meeting,
            kind=form.kind.data,
            text=form.text.data,
            organization=known.get(form.organization.data),
            source=form.source.data,
            by=current_account(),
        )
        flash(_("Das Ergebnis ist eingetragen."))
        return redirect(url_for("meetings.show", slug=slug), 303)
    return render_template("council/desk/add_result.html", meeting=meeting, form=form), 422 if form.errors else 200


def _get(slug: str) -> Meeting:
    return queries.find_meeting(slug) or abort(404)


def _moment(day: date, clock: time | None) -> datetime | None:
    return at_berlin(datetime.combine(day, clock)) if clock else None


def _clock(moment: datetime | None) -> time | None:
    return moment.astimezone(BERLIN).time() if moment else None
