"""Calendar files and feeds, and how to subscribe to them."""

from hashlib import sha256

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app import links
from app.calendars import feed as ical
from app.calendars import queries
from app.calendars.contents import Feed
from app.db import now
from app.events.documentation import documented
from app.events.models import Event
from app.events.queries import get_event
from app.registrations import services as registrations
from app.web.access import public, signed_link

bp = Blueprint("calendars", __name__)


@bp.get("/kalender")
@public
def index() -> ResponseReturnValue:
    return render_template("calendars/index.html", feeds=queries.all_feeds(), address=_address, webcal=_webcal)


@bp.get("/kalender/alle.ics")
@public
def everything() -> ResponseReturnValue:
    return _answer(Feed(with_cancelled=_with_cancelled()))


@bp.get("/kalender/feld/<string:slug>.ics")
@public
def section(slug: str) -> ResponseReturnValue:
    found = queries.find_section(slug) or abort(404)
    return _answer(Feed(section=found, with_cancelled=_with_cancelled()))


@bp.get("/kalender/gremium/<string:slug>.ics")
@public
def organization(slug: str) -> ResponseReturnValue:
    found = queries.find_organization(slug) or abort(404)
    return _answer(Feed(organization=found, with_cancelled=_with_cancelled()))


@bp.get("/kalender/gemeinde/<string:ags>.ics")
@public
def municipality(ags: str) -> ResponseReturnValue:
    found = queries.find_municipality(ags) or abort(404)
    return _answer(Feed(municipality=found, with_cancelled=_with_cancelled()))


@bp.get("/veranstaltungen/<int:event_id>.ics")
@public
def event(event_id: int) -> ResponseReturnValue:
    found = get_event(event_id)
    if found is None or not found.is_public:
        abort(404)
    return _file(found)


@bp.get("/anmeldungen/<string:token>.ics")
@signed_link
def registration(token: str) -> ResponseReturnValue:
    found = get_event(registrations.find_by_link(token).event_id) or abort(404)
    response = _file(found)
    response.cache_control.private = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _with_cancelled() -> bool:
    return request.args.get("abgesagt") != "weglassen"


def _answer(feed: Feed) -> Response:
    """The feed, or 304 when the program has it already: then it is not even written."""
    at = now()
    revisions = queries.revisions(feed, at)
    response = make_response()
    response.set_etag(_digest(feed.title, *revisions))
    if revisions:
        response.last_modified = ical.whole_second(max(revision.revised_at for revision in revisions))
    response.cache_control.no_cache = True
    response.mimetype = "text/calendar"
    response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(ical.write(feed.title, queries.entries(feed, at)))
    return response


def _file(event: Event) -> Response:
    response = make_response(
        ical.write(event.title, [queries.entry_of(event, is_documented=bool(documented([event.id])))])
    )
    response.mimetype = "text/calendar"
    response.set_etag(_digest(event.id, event.revised_at, event.sequence))
    response.last_modified = ical.whole_second(event.revised_at)
    response.cache_control.no_cache = True
    response.headers["Content-Disposition"] = f'attachment; filename="veranstaltung-{event.id}.ics"'
    response.make_conditional(request)
    return response


def _digest(*state: object) -> str:
    """The same rows in the same words: the same tag, on every server."""
    words = [ical.VERSION, current_app.config["BASE_URL"], str(get_locale()), *map(str, state)]
    return sha256("\n".join(words).encode()).hexdigest()[:32]


def _address(endpoint: str, **values: object) -> str:
    return links.absolute_url(f"calendars.{endpoint}", **values)


def _webcal(endpoint: str, **values: object) -> str:
    return "webcal:" + _address(endpoint, **values).partition(":")[2]
