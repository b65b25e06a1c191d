"""Series at the desk: what they are, and why a year had no event."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.db import now
from app.events import queries, rules, services
from app.events.forms import GapForm, SeriesForm
from app.events.models import EventSeries
from app.local_time import day_of
from app.web.access import current_account, requires

bp = Blueprint("series_desk", __name__, url_prefix="/verwaltung/reihen")


@bp.get("")
@requires(rules.can_edit_events)
def index() -> ResponseReturnValue:
    today = day_of(now())
    return render_template("events/desk/all_series.html", rows=queries.unexplained_years(today))


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def create() -> ResponseReturnValue:
    form = SeriesForm(first_year=day_of(now()).year)
    if form.validate_on_submit():
        series = services.create_series(by=current_account(), **form.fields)
        flash(_("Die Reihe ist angelegt. Ordnen Sie ihr Veranstaltungen zu: in deren Angaben unter „Reihe“."))
        return redirect(url_for("series_desk.edit", slug=series.slug), 303)
    return render_template("events/desk/create_series.html", form=form), 422 if form.errors else 200


@bp.route("/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(slug: str) -> ResponseReturnValue:
    series = _get(slug)
    form = SeriesForm.of(series)
    if form.validate_on_submit():
        services.change_series(series, by=current_account(), **form.fields)
        flash(_("Gespeichert."))
        return redirect(url_for("series_desk.edit", slug=slug), 303)
    years = queries.years_of(series, day_of(now()))
    page = render_template("events/desk/series.html", series=series, form=form, years=years)
    return page, 422 if form.errors else 200


@bp.route("/<string:slug>/jahre/<int:year>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def explain(slug: str, year: int) -> ResponseReturnValue:
    series = _get(slug)
    gap = next((gap for gap in series.gaps if gap.year == year), None)
    form = GapForm(reason=gap.reason if gap else "")
    if form.validate_on_submit():
        services.explain_gap(series, year, form.reason.data.strip(), by=current_account())
        flash(_("Der Grund steht jetzt auf der Seite der Reihe."))
        return redirect(url_for("series_desk.edit", slug=slug), 303)
    return render_template("events/desk/gap.html", series=series, year=year, form=form), 422 if form.errors else 200


def _get(slug: str) -> EventSeries:
    return queries.find_series(slug) or abort(404)
