"""Public pages about structures: who existed when, each body, partners and associations."""

from datetime import date
from itertools import groupby

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.concept import queries as concept
from app.concept.models import SECTION_KIND_LABELS
from app.council import queries as council
from app.db import now
from app.distribution import queries as distribution
from app.local_time import day_of
from app.structures import lifelines, queries, rules
from app.structures.models import BODIES, KIND_LABELS, OrganizationKind, OrganizationState
from app.web.access import current_account, public

bp = Blueprint("structures", __name__)

PUBLIC_BODIES = tuple(kind for kind in OrganizationKind if kind not in queries.CIVIL_SOCIETY)


@bp.get("/gremien")
@public
def index() -> ResponseReturnValue:
    day = _chosen_day()
    organizations = queries.organizations(PUBLIC_BODIES)
    bodies = [each for each in organizations if each.kind in BODIES]
    return render_template(
        "structures/index.html",
        chart=lifelines.draw(bodies, council.meeting_days(bodies), day),
        groups=[(kind, list(members)) for kind, members in groupby(organizations, key=lambda each: each.kind)],
        labels=KIND_LABELS,
        day=day,
        states=OrganizationState,
        can_edit=rules.can_edit_structures(current_account()),
    )


@bp.get("/gremien/<string:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    organization = queries.find_organization(slug) or abort(404)
    today = day_of(now())
    meetings = council.meetings_of(organization)
    return render_template(
        "structures/show.html",
        organization=organization,
        kind=KIND_LABELS[organization.kind],
        state=organization.state_on(today),
        states=OrganizationState,
        is_body=organization.kind in BODIES,
        sections=concept.sections_of(organization),
        section_kinds=SECTION_KIND_LABELS,
        functions=queries.functions_of(organization),
        responsibilities=queries.responsibilities_of(organization),
        coming=[meeting for meeting in meetings if meeting.day >= today],
        past=[meeting for meeting in reversed(meetings) if meeting.day < today],
        papers=council.papers(body=organization),
        results=council.results_about(organization),
        presented=distribution.presented_to(organization),
        can_edit=rules.can_edit_structures(current_account()),
    )


@bp.get("/organisationen")
@public
def organizations() -> ResponseReturnValue:
    found = queries.civil_society()
    groups = [(KIND_LABELS[kind], list(members)) for kind, members in groupby(found, key=lambda each: each.kind)]
    return render_template("structures/organizations.html", groups=groups)


def _chosen_day() -> date:
    """`?am=2016-06-30` shows the structures as they were on that day."""
    try:
        return date.fromisoformat(request.args.get("am", ""))
    except ValueError:
        return day_of(now())
