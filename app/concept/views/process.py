"""The participation process: its steps, where it stands, what comes next."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.concept import catalogue as catalogues
from app.concept import queries
from app.concept.models import STANDING_LABELS, Standing
from app.db import now
from app.local_time import day_of
from app.web.access import public

bp = Blueprint("process_steps", __name__)

PENDING = frozenset({Standing.SUBMITTED, Standing.PROVISIONAL})


@bp.get("/prozess")
@public
def index() -> ResponseReturnValue:
    editions = queries.all_editions()
    standings = queries.standings(editions)
    tasks = queries.roadmap()
    return render_template(
        "concept/process.html",
        steps=queries.process_steps(),
        tasks=[task for task in tasks if task.is_open],
        done=[task for task in tasks if not task.is_open],
        planned=queries.planned_sections(),
        today=day_of(now()),
        in_force=queries.edition_in_force(),
        pending=[(each, STANDING_LABELS[standings[each.id]]) for each in editions if standings[each.id] in PENDING],
        dates={edition.id: catalogues.date_of(edition.document) for edition in editions},
        has_working=queries.find_working_edition() is not None,
    )
