"""Contributions in numbers: on a map of the municipalities, and as charts."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.proposals import queries, town_map
from app.proposals.views.proposals import bp
from app.structures.queries import municipalities
from app.web.access import public


@bp.get("/karte")
@public
def show_map() -> ResponseReturnValue:
    counts = queries.count_by_municipality()
    drawn = town_map.draw(municipalities(), counts)
    return render_template("proposals/map.html", drawn=drawn, elsewhere=counts.get(None, 0))
