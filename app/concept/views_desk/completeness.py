"""The report of what is missing at the desk: to read, to print, as a table."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import spreadsheets
from app.concept import rules
from app.concept.catalogue import Catalogue
from app.concept.completeness import Completeness, Finding, Place, report
from app.concept.gaps import around
from app.concept.views_desk.working import working_catalogue
from app.db import now
from app.drafting.queries import count_unanswered
from app.links import absolute_url
from app.local_time import day_of
from app.web.access import current_account, lets_in, requires

bp = Blueprint("completeness_desk", __name__, url_prefix="/verwaltung/konzept/vollstaendigkeit")

# The page, what the key is called in its address, and what else stands there
ADDRESSES: dict[Place, tuple[str, str, dict[str, str]]] = {
    Place.CONCEPT: ("concept_desk.add_section", "", {}),
    Place.SECTION: ("sections_desk.show", "slug", {}),
    Place.WORKING_GROUPS: ("sections_desk.assign_working_groups", "slug", {}),
    Place.NEW_GOAL: ("concept_desk.add_goal", "thema", {}),
    Place.NEW_MEASURE: ("concept_desk.add_measure", "thema", {}),
    Place.NEW_IDEA: ("municipal_desk.add_idea", "thema", {}),
    Place.NEW_PRACTICE: ("municipal_desk.add_practice", "thema", {}),
    Place.MEASURE: ("concept_desk.move", "code", {"noun": "massnahmen"}),
    Place.FACTS: ("measures_desk.amend", "code", {}),
    Place.PARTNERS: ("partners_desk.index", "", {}),
    Place.CHAPTERS: ("chapters_desk.index", "", {}),
    Place.SUGGESTIONS: ("suggestions_desk.index", "", {}),
    Place.RELEASES: ("releases_desk.index", "", {}),
    Place.LANGUAGE: ("content_translations_desk.show", "language", {}),
    Place.LANGUAGES: ("content_translations_desk.index", "", {}),
}


def address_of(finding: Finding, build: Callable[..., str] = url_for) -> str:
    """Where it is mended."""
    endpoint, name, fixed = ADDRESSES[finding.place]
    return build(endpoint, **fixed, **({name: finding.key} if name else {}))


def link_of(finding: Finding) -> str:
    """The same for who is signed in; empty where somebody else mends it."""
    endpoint = ADDRESSES[finding.place][0]
    return address_of(finding) if lets_in(endpoint, current_account()) else ""


@bp.get("")
@requires(rules.can_open_concept_desk)
def show() -> ResponseReturnValue:
    found = report_on(working_catalogue())
    return render_template("concept/desk/completeness.html", report=found, link_of=link_of, today=day_of(now()))


@bp.get("/tabelle.csv")
@requires(rules.can_open_concept_desk)
def download() -> ResponseReturnValue:
    heads = (_("Regel"), _("Hält eine Vorlage auf"), _("Thema"), _("Was fehlt"), _("Wo es zu ergänzen ist"))
    rows = [
        (
            str(rule.label),
            _("ja") if rule.stops else _("nein"),
            each.section.title if each.section else "",
            each.sentence,
            address_of(each, absolute_url),
        )
        for rule, findings in report_on(working_catalogue()).found
        for each in findings
    ]
    headers = {"Content-Disposition": "attachment; filename=vollstaendigkeit.csv"}
    return Response(spreadsheets.csv_of(heads, rows), mimetype="text/csv", headers=headers)


def report_on(catalogue: Catalogue) -> Completeness:
    """Of the working edition today, with what suggestions to it still wait for."""
    return report(catalogue, around(catalogue, on=day_of(now()), unanswered=count_unanswered()))
