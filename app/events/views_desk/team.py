"""Who is in an event's team."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events import queries, rules, services
from app.events.forms import TeamForm
from app.events.models import Event
from app.events.views_desk.events import get_or_404
from app.web.access import current_account, requires

bp = Blueprint("teams_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/team")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    members = queries.team_of(event)
    may_edit = rules.can_edit_team(current_account(), event)
    inside = {member.account_id for member in members}
    form = TeamForm().choose_from([account for account in queries.organisers() if account.id not in inside])
    if form.is_submitted() and not may_edit:
        abort(403)
    if form.validate_on_submit():
        services.add_to_team(event, form.chosen, by=current_account())
        flash(_("%(name)s gehört jetzt zum Team.", name=form.chosen.name))
        return redirect(url_for("teams_desk.index", event_id=event_id), 303)
    page = render_template(
        "events/desk/team.html",
        event=event,
        members=members,
        form=form,
        may_edit=may_edit,
        remove_form=FlaskForm(formdata=None),
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:member_id>/entfernung")
@requires(rules.can_edit_events)
def remove(event_id: int, member_id: int) -> ResponseReturnValue:
    member = queries.get_member(member_id)
    if member is None or member.event_id != event_id:
        abort(404)
    if not _may_edit(member.event):
        abort(403)
    services.remove_from_team(member, by=current_account())
    flash(_("Das Team ist kleiner."))
    return redirect(url_for("teams_desk.index", event_id=event_id), 303)


def _may_edit(event: Event) -> bool:
    return rules.can_edit_team(current_account(), event)
