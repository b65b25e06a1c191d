"""What is missing at the events in whose team one is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.db import now
from app.registrations import needs, rules
from app.registrations.models import NEED_KIND_LABELS
from app.web.access import current_account, requires

bp = Blueprint("gaps_desk", __name__, url_prefix="/verwaltung/bedarf")


@bp.get("")
@requires(rules.can_manage_registrations)
def index() -> ResponseReturnValue:
    found = needs.gaps_of(current_account(), now())
    return render_template("registrations/desk/gaps.html", found=found, labels=NEED_KIND_LABELS)
