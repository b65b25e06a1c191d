"""Contributions in numbers: on a map of the municipalities, and as charts."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.proposals import queries, town_map
from app.proposals.charts import named, week_chart
from app.proposals.figures import figures_of
from app.proposals.models import Proposal
from app.proposals.views.proposals import bp
from app.structures.queries import municipalities
from app.web.access import public


@bp.get("/karte")
@public
def show_map() -> ResponseReturnValue:
    counts = queries.count_by_municipality()
    drawn = town_map.draw(municipalities(), counts)
    return render_template("proposals/map.html", drawn=drawn, elsewhere=counts.get(None, 0))


@bp.get("/zahlen")
@public
def show_numbers() -> ResponseReturnValue:
    figures = figures_of(select(Proposal))
    return render_template(
        "proposals/numbers.html",
        figures=figures,
        weeks=week_chart(figures.weeks, None) if figures.weeks else None,
        named=named,
        address=lambda name: lambda value: url_for("proposals.index", **{name: value}),
    )
