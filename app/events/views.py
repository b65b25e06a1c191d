"""Pages about events."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.db import now
from app.events import queries, rules
from app.events.forms import FilterForm
from app.events.models import EVENT_KIND_LABELS
from app.local_time import day_of
from app.registrations.queries import persons_at
from app.web.access import current_account, public
from app.web.parameters import whole

bp = Blueprint("events", __name__, url_prefix="/veranstaltungen")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    at = now()
    form = FilterForm(request.args).choose_from(queries.choices_with_events())
    is_valid = form.validate()
    page = max(request.args.get("seite", 1, type=whole), 1)
    wanted = form.wanted if is_valid else queries.Wanted()
    events, count = queries.find_events(wanted, at, page=page)
    shown = {name: value for name, value in request.args.items() if name != "seite" and value}
    html = render_template(
        "events/index.html",
        events=events,
        count=count,
        persons=persons_at([event.id for event in events]),
        form=form,
        is_narrowed=bool(shown),
        at=at,
        today=day_of(at),
        page=page,
        last_page=-(-count // queries.PAGE_SIZE),
        address=lambda number: url_for("events.index", **{**shown, "seite": number}),
    )
    return html, 200 if is_valid else 422


@bp.get("/<int:event_id>")
@public
def show(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(event_id)
    if event is None or not (event.is_public or rules.can_edit_events(current_account())):
        abort(404)
    at = now()
    return render_template(
        "events/show.html",
        event=event,
        kind=EVENT_KIND_LABELS[event.kind],
        persons=persons_at([event.id])[event.id],
        at=at,
        beside=queries.open_beside(event, at)[:3],
        may_edit=rules.can_edit_events(current_account()),
    )
