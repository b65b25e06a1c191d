"""One section at the desk: all that stands in it; rename, move, take out, say who works on it, announce one."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from app.concept import municipal, queries, rules, services
from app.concept.completeness import report
from app.concept.errors import AlreadyInWorkingEdition
from app.concept.forms import PlanForm, SectionDetailsForm, WorkingGroupsForm
from app.concept.gaps import around
from app.concept.models import GOAL_KIND_LABELS, SECTION_KIND_LABELS, Section, SectionKind
from app.concept.views_desk.completeness import link_of
from app.concept.views_desk.working import working_catalogue
from app.db import now
from app.drafting.queries import count_unanswered
from app.local_time import day_of
from app.slugs import slugify
from app.structures import queries as structures
from app.structures.models import OrganizationKind
from app.web.access import current_account, requires

bp = Blueprint("sections_desk", __name__, url_prefix="/verwaltung/konzept/themen")

WAYS = {"hoch": -1, "runter": 1}


@bp.get("/<string:slug>")
@requires(rules.can_open_concept_desk)
def show(slug: str) -> ResponseReturnValue:
    catalogue = working_catalogue()
    section = catalogue.section(slug) or abort(404)
    account = current_account()
    found = report(catalogue, around(catalogue, on=day_of(now()), unanswered=count_unanswered()))
    place = catalogue.sections.index(section)
    return render_template(
        "concept/desk/section.html",
        section=section,
        findings=[(each.sentence, link_of(each)) for each in found.about(section)],
        working_groups=queries.working_groups_of(slug),
        ideas=[(each, municipal.standing(each.uptakes)) for each in municipal.ideas() if each.section.slug == slug],
        practice=[each for each in municipal.good_practice() if each.section.slug == slug],
        goal_kinds=GOAL_KIND_LABELS,
        kind=SECTION_KIND_LABELS[section.kind],
        is_field=section.kind is SectionKind.FIELD,
        can_edit=rules.can_edit_concept(account),
        can_add=rules.can_add_to_concept(account),
        before=catalogue.sections[place - 1] if place else None,
        after=catalogue.sections[place + 1] if place + 1 < len(catalogue.sections) else None,
    )


@bp.route("/<string:slug>/angaben", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def change(slug: str) -> ResponseReturnValue:
    section = _get(slug)
    form = SectionDetailsForm(title=section.title, icon=section.icon)
    if form.validate_on_submit():
        services.change_section(section, title=form.title.data.strip(), icon=form.icon.data, by=current_account())
        flash(_("Die Angaben sind gespeichert. Frühere Fassungen behalten ihren Titel."))
        return _back(slug)
    return _page(form, _("%(title)s: Titel und Zeichen", title=section.title), _("Angaben speichern"), slug)


@bp.post("/<string:slug>/platz/<any(hoch, runter):way>")
@requires(rules.can_edit_concept)
def move(slug: str, way: str) -> ResponseReturnValue:
    section = _get(slug)
    services.shift_section(section, places=WAYS[way], by=current_account())
    flash(_("%(title)s steht jetzt an seinem neuen Platz. Die Nummern folgen.", title=section.title))
    return redirect(url_for("concept_desk.index", _anchor=f"thema-{slug}"), 303)


@bp.route("/<string:slug>/arbeitskreise", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def assign_working_groups(slug: str) -> ResponseReturnValue:
    section = _get(slug)
    held = queries.working_groups_of(slug)
    known = {each.slug: each for each in structures.organizations([OrganizationKind.WORKING_GROUP])}
    known |= {each.slug: each for each in held}
    form = WorkingGroupsForm(groups=[each.slug for each in held])
    form.groups.choices = [SelectChoice(each.slug, each.name) for each in known.values()]
    if form.validate_on_submit():
        groups = [known[name] for name in form.groups.data]
        services.assign_working_groups(section, groups, by=current_account())
        flash(_("Gespeichert ist, wer an diesem Thema arbeitet."))
        return _back(slug)
    return _page(form, _("%(title)s: Wer daran arbeitet", title=section.title), _("Speichern"), slug)


@bp.route("/<string:slug>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def remove(slug: str) -> ResponseReturnValue:
    section, form = _get(slug), FlaskForm()
    if form.validate_on_submit():
        services.remove_section(section, by=current_account())
        flash(
            _("%(title)s steht nicht mehr in der Arbeitsfassung. Frühere Fassungen behalten es.", title=section.title)
        )
        return redirect(url_for("concept_desk.index"), 303)
    held = working_catalogue().section(slug)
    return render_template("concept/desk/remove_section.html", form=form, section=section, held=held)


@bp.route("/ankuendigung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def plan() -> ResponseReturnValue:
    """A new one, or one that is announced already: `thema` names it."""
    planned = queries.find_section(request.args.get("thema", ""))
    form = PlanForm(obj=planned)
    if form.validate_on_submit():
        try:
            services.plan_section(
                slug=planned.slug if planned else slugify(form.title.data),
                kind=form.kind.data,
                title=form.title.data.strip(),
                focus=(form.focus.data or "").strip(),
                planned_for=form.planned_for.data,
                by=current_account(),
            )
        except AlreadyInWorkingEdition as error:
            form.title.errors = [str(error)]
        else:
            flash(_("Das Thema ist für später angekündigt. Alle können das lesen."))
            return redirect(url_for("concept_desk.index", _anchor="angekuendigt"), 303)
    return _page(form, _("Thema für später ankündigen"), _("Ankündigen"))


@bp.post("/<string:slug>/ankuendigung/ende")
@requires(rules.can_edit_concept)
def drop_plan(slug: str) -> ResponseReturnValue:
    section = queries.find_section(slug) or abort(404)
    services.drop_plan(section, by=current_account())
    flash(_("Das Thema ist nicht mehr angekündigt."))
    return redirect(url_for("concept_desk.index"), 303)


def _page(form: FlaskForm, title: str, submit: str, slug: str = "") -> ResponseReturnValue:
    back = url_for("sections_desk.show", slug=slug) if slug else url_for("concept_desk.index")
    page = render_template("concept/desk/section_form.html", form=form, title=title, submit=submit, back=back)
    return page, 422 if form.errors else 200


def _back(slug: str) -> Response:
    return redirect(url_for("sections_desk.show", slug=slug), 303)


def _get(slug: str) -> Section:
    """A section of the working edition."""
    section = queries.find_section(slug)
    return section if section is not None and section.placement is not None else abort(404)
