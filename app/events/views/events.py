"""The list of events, and one event."""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.concept.translated import languages_of_phrases
from app.db import now
from app.events import queries, rules
from app.events.documentation import documented
from app.events.forms import FilterForm
from app.events.json_ld import described
from app.events.models import ATTENDANCE_MODE_LABELS, EVENT_KIND_LABELS, STATE_LABELS, STATE_TONES, EventState
from app.events.translated import phrases_of
from app.local_time import day_of
from app.registrations.queries import occupied_online, persons_at
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
    persons, online = persons_at([event.id for event in events]), occupied_online(events)
    states = {each.id: each.state(at, persons[each.id].occupied, online.get(each.id, 0)) for each in events}
    shown = {name: value for name, value in request.args.items() if name != "seite" and value}
    html = render_template(
        "events/index.html",
        events=events,
        count=count,
        persons=persons,
        online=online,
        states=_tags(states),
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
    event = queries.get_whole_event(event_id)
    if event is None or not (event.is_public or rules.can_edit_events(current_account())):
        abort(404)
    at = now()
    persons = persons_at([event.id])[event.id]
    online = occupied_online([event]).get(event.id, 0)
    return render_template(
        "events/show.html",
        event=event,
        kind=EVENT_KIND_LABELS[event.kind],
        modes=ATTENDANCE_MODE_LABELS,
        state=event.state(at, persons.occupied, online).value,
        persons=persons,
        online=online,
        json_ld=described(event, event.places_left(persons.occupied, online)) if event.is_public else None,
        at=at,
        translations=languages_of_phrases(phrases_of(event)),
        is_documented=bool(documented([event.id])),
        beside=queries.open_beside(event, at)[:3],
        may_edit=rules.can_edit_events(current_account()),
    )


def _tags(states: Mapping[int, EventState]) -> dict[int, tuple[object, str] | tuple[None, str]]:
    """Beside each title the word for its state and its tone, where one has to know it; nothing while it is open."""
    return {
        event_id: (STATE_LABELS[state], STATE_TONES[state]) if state in STATE_TONES else (None, "neutral")
        for event_id, state in states.items()
    }
