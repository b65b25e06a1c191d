"""All dates of one's own as a calendar to subscribe to: behind one's registration, or one's account."""

from hashlib import sha256

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.accounts.rules import has_account
from app.calendars import feed as ical
from app.calendars import queries, services
from app.calendars.models import PersonalFeed
from app.calendars.views import bp
from app.db import now
from app.registrations import services as registrations
from app.web.access import current_account, public, requires, signed_link


@bp.get("/kalender/mein/<string:token>.ics")
@public
def personal(token: str) -> ResponseReturnValue:
    """Whoever knows the address reads the dates; nothing in them leads to a registration."""
    found = queries.find_personal_feed(services.digest_of(token)) or abort(404)
    content = ical.write(_("Meine Termine"), queries.personal_entries(found, now()))
    response = make_response(content)
    response.mimetype = "text/calendar"
    response.set_etag(sha256(content).hexdigest()[:32])
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response.make_conditional(request)


@bp.get("/anmeldungen/<string:token>/kalender")
@signed_link
def show_own(token: str) -> ResponseReturnValue:
    return _page(_address_behind(token), _own_places(token))


@bp.post("/anmeldungen/<string:token>/kalender")
@signed_link
def create_own(token: str) -> ResponseReturnValue:
    email = _address_behind(token)
    return _page(email, _own_places(token), services.create_feed(email))


@bp.post("/anmeldungen/<string:token>/kalender/<int:feed_id>/erneuerung")
@signed_link
def renew_own(token: str, feed_id: int) -> ResponseReturnValue:
    email = _address_behind(token)
    return _page(email, _own_places(token), services.renew_feed(_feed_of(email, feed_id)))


@bp.post("/anmeldungen/<string:token>/kalender/<int:feed_id>/ende")
@signed_link
def end_own(token: str, feed_id: int) -> ResponseReturnValue:
    services.end_feed(_feed_of(_address_behind(token), feed_id))
    flash(_("Diese Adresse führt jetzt nirgends mehr hin."))
    return redirect("../../kalender", 303)  # addresses with the token stand in no redirect


@bp.get("/konto/kalender")
@requires(has_account)
def show_accounts() -> ResponseReturnValue:
    return _page(current_account().email, _account_places())


@bp.post("/konto/kalender")
@requires(has_account)
def create_accounts() -> ResponseReturnValue:
    email = current_account().email
    return _page(email, _account_places(), services.create_feed(email))


@bp.post("/konto/kalender/<int:feed_id>/erneuerung")
@requires(has_account)
def renew_accounts(feed_id: int) -> ResponseReturnValue:
    email = current_account().email
    return _page(email, _account_places(), services.renew_feed(_feed_of(email, feed_id)))


@bp.post("/konto/kalender/<int:feed_id>/ende")
@requires(has_account)
def end_accounts(feed_id: int) -> ResponseReturnValue:
    services.end_feed(_feed_of(current_account().email, feed_id))
    flash(_("Diese Adresse führt jetzt nirgends mehr hin."))
    return redirect(url_for("calendars.show_accounts"), 303)


def _page(email: str, places: dict[str, str], token: str | None = None) -> str:
    """The address is shown only here, once: it is kept nowhere."""
    address = links.absolute_url("calendars.personal", token=token) if token else ""
    return render_template(
        "calendars/personal.html",
        email=email,
        feeds=queries.personal_feeds_of(email),
        address=address,
        webcal="webcal:" + address.partition(":")[2],
        form=FlaskForm(),
        **places,
    )


def _own_places(token: str) -> dict[str, str]:
    here = url_for("calendars.show_own", token=token)
    return {"here": here, "back": url_for("registrations.show", token=token), "back_label": _("Zu Ihrer Anmeldung")}


def _account_places() -> dict[str, str]:
    return {
        "here": url_for("calendars.show_accounts"),
        "back": url_for("accounts.show"),
        "back_label": _("Zu Ihrem Konto"),
    }


def _address_behind(token: str) -> str:
    """Whoever holds the link reads the mails of this address; people without one have no feed."""
    return registrations.find_by_link(token).email or abort(404)


def _feed_of(email: str, feed_id: int) -> PersonalFeed:
    return next((feed for feed in queries.personal_feeds_of(email) if feed.id == feed_id), None) or abort(404)
