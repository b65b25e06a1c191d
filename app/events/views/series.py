"""A series through the years."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.db import now
from app.events import queries, rules
from app.events.documentation import documented
from app.local_time import day_of
from app.registrations.queries import occupied_online, persons_at
from app.web.access import current_account, public

bp = Blueprint("series", __name__, url_prefix="/veranstaltungen/reihen")


@bp.get("/<string:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    series = queries.find_series(slug) or abort(404)
    at = now()
    years = queries.years_of(series, day_of(at))
    events = [event for year in years for event in year.events]
    upcoming = [event for event in events if event.takes_place and not event.is_over(at)]
    return render_template(
        "events/series.html",
        series=series,
        years=years,
        following=min(upcoming, key=lambda event: event.starts_at, default=None),
        persons=persons_at([event.id for event in events]),
        online=occupied_online(events),
        documented=documented([event.id for event in events]),
        at=at,
        may_edit=rules.can_edit_events(current_account()),
    )
