"""Start the review of goals, give the tables their links, read what they said."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.concept.queries import edition_in_force
from app.evaluation import reviews
from app.evaluation.export import review_csv
from app.evaluation.models import ReviewSheet
from app.evaluation.services.reviews import close_review, review_link, start_review
from app.events import queries as events
from app.events import rules
from app.events.models import Event
from app.web.access import current_account, requires

bp = Blueprint("reviews_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/rueckschau")


@bp.get("")
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    event = _event(event_id)
    sheet = reviews.review_of(event_id)
    tables = event.tables if sheet else []
    return render_template(
        "evaluation/desk/review.html",
        event=event,
        sheet=sheet,
        tables=[(table, links.absolute_url("reviews.edit", token=review_link(table))) for table in tables],
        results=reviews.results_of_review(sheet) if sheet else [],
        form=FlaskForm(),
    )


@bp.post("/anlage")
@requires(rules.can_edit_events)
def create(event_id: int) -> ResponseReturnValue:
    start_review(_event(event_id), edition_in_force(), by=current_account())
    flash(_("Die Rückschau ist angelegt. Geben Sie jedem Tisch seinen Link."))
    return redirect(url_for("reviews_desk.index", event_id=event_id), 303)


@bp.post("/abschluss")
@requires(rules.can_edit_events)
def close(event_id: int) -> ResponseReturnValue:
    close_review(_sheet(event_id), by=current_account())
    flash(_("Die Rückschau ist abgeschlossen."))
    return redirect(url_for("reviews_desk.index", event_id=event_id), 303)


@bp.get("/ergebnisse.csv")
@requires(rules.can_edit_events)
def download(event_id: int) -> ResponseReturnValue:
    content = review_csv(reviews.results_of_review(_sheet(event_id)))
    headers = {"Content-Disposition": f"attachment; filename=rueckschau-{event_id}.csv"}
    return Response(content, mimetype="text/csv", headers=headers)


def _event(event_id: int) -> Event:
    return events.get_event(event_id) or abort(404)


def _sheet(event_id: int) -> ReviewSheet:
    return reviews.review_of(event_id) or abort(404)
