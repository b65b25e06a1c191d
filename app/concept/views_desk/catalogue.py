"""The working edition at the desk: what it lacks; add, reword, move and drop goals and measures."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.concept import queries, rules, services, vocabularies
from app.concept.errors import AlreadyInWorkingEdition, WordingChanged
from app.concept.forms import (
    MeasurePlaceForm,
    NewGoalForm,
    PlaceForm,
    ReasonForm,
    SectionForm,
    WordingForm,
    offer_goals,
    offer_sections,
)
from app.concept.forms_measures import NewMeasureForm
from app.concept.models import SECTION_KIND_LABELS, Goal, LifeSituation, Measure, Section, SectionKind, TargetGroup
from app.concept.passages import passages, search
from app.concept.views_desk import pages
from app.concept.views_desk.completeness import report_on
from app.concept.views_desk.conflicts import three_texts
from app.concept.views_desk.working import working_catalogue
from app.db import now
from app.drafting.views_desk.keeping import Keeping, keeping
from app.local_time import day_of
from app.slugs import slugify
from app.structures import queries as structures
from app.structures.forms import offer
from app.web.access import current_account, requires
from app.web.parameters import row_number

bp = Blueprint("concept_desk", __name__, url_prefix="/verwaltung/konzept")


class Noun(NamedTuple):
    """What can be done with goals and measures alike."""

    find: Callable[[str], Any]
    reword: Callable[..., object]
    move: Callable[..., object]
    drop: Callable[..., object]


NOUNS = {
    "ziele": Noun(queries.get_goal, services.reword_goal, services.move_goal, services.drop_goal),
    "massnahmen": Noun(queries.get_measure, services.reword_measure, services.move_measure, services.drop_measure),
}


@bp.get("")
@requires(rules.can_open_concept_desk)
def index() -> ResponseReturnValue:
    account = current_account()
    if queries.find_working_edition() is None:
        return render_template("concept/desk/begin.html", can_edit=rules.can_edit_concept(account))
    catalogue = working_catalogue()
    found = report_on(catalogue)
    asked = request.args.get("suche", "").strip()
    return render_template(
        "concept/desk/index.html",
        catalogue=catalogue,
        shortcomings=[each for rule, findings in found.found if rule.stops for each in findings],
        hints=found.how_many(stops=False),
        missing={section.slug: len(found.about(section)) for section in catalogue.sections},
        asked=asked,
        hits=search(passages(catalogue), asked) if asked else None,
        planned=queries.planned_sections(),
        groups=pages.open_to(account),
        kinds=SECTION_KIND_LABELS,
        can_edit=rules.can_edit_concept(account),
        form=FlaskForm(),
    )


@bp.get("/stelle/<string:code>")
@requires(rules.can_open_concept_desk)
def find(code: str) -> ResponseReturnValue:
    """Where a goal or measure stands today: its line on the page of its section."""
    section = working_catalogue().section_of(code) or abort(404)
    return _back(section.slug, code)


@bp.route("/themen/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add_section() -> ResponseReturnValue:
    planned = _planned(request.args.get("thema"))
    form = SectionForm(obj=planned)
    if form.validate_on_submit():
        try:
            section = services.add_section(
                slug=slugify(form.title.data),
                kind=form.kind.data,
                title=form.title.data.strip(),
                position=_after_its_kind(form.kind.data),
                icon=form.icon.data,
                by=current_account(),
            )
        except AlreadyInWorkingEdition as error:
            form.title.errors = [str(error)]
        else:
            flash(_("Das Thema steht jetzt in der Arbeitsfassung."))
            return _back(section.slug)
    return _page(form, _("Thema ergänzen"), _("In die Arbeitsfassung aufnehmen"))


@bp.route("/ziele/neu", methods=["GET", "POST"])
@requires(rules.can_add_to_concept)
def add_goal() -> ResponseReturnValue:
    sections = working_catalogue().sections
    if not sections:
        return _first(_("Ziele gehören zu einem Thema. Ergänzen Sie zuerst eines."))
    form = NewGoalForm(section=request.args.get("thema"))
    offer_sections(form.section, sections)
    kept = keeping(form)
    if form.validate_on_submit():
        section = _section(form.section.data)
        goal = kept.send(
            lambda: services.add_goal(
                section=section,
                kind=form.kind.data,
                wording=form.wording.data,
                reason=form.reason.data,
                by=current_account(),
            )
        )
        flash(_("Das Ziel %(code)s steht jetzt in der Arbeitsfassung.", code=goal.code))
        return _back(form.section.data, goal.code)
    return _page(form, _("Ziel ergänzen"), _("In die Arbeitsfassung aufnehmen"), kept=kept)


@bp.route("/massnahmen/neu", methods=["GET", "POST"])
@requires(rules.can_add_to_concept)
def add_measure() -> ResponseReturnValue:
    catalogue = working_catalogue()
    known = {each.slug: each for each in structures.choosable()}
    if not any(section.sub_goals for section in catalogue.sections):
        return _first(_("Maßnahmen gehören zu einem Unterziel. Ergänzen Sie zuerst eines."))
    if not known:
        return _first(
            _(
                "Für jede Maßnahme ist jemand verantwortlich. Legen Sie zuerst eine Organisation an, unter "
                "„Gremien und Organisationen“."
            )
        )
    form = NewMeasureForm(section=request.args.get("thema"))
    offer_sections(form.section, catalogue.sections)
    offer_goals(form.goals, catalogue.goals)
    offer(form.partners, known.values())
    form.offer_facts(
        known.values(),
        vocabularies.choosable(LifeSituation, on=day_of(now())),
        vocabularies.choosable(TargetGroup, on=day_of(now())),
        queries.indicators(),
    )
    kept = keeping(form)
    if form.validate_on_submit():
        measure = kept.send(
            lambda: services.add_measure(
                form.facts(),
                section=_section(form.section.data),
                goals=_goals(form.goals.data),
                wording=form.wording.data,
                partners=[known[slug] for slug in form.partners.data],
                reason=form.reason.data,
                by=current_account(),
            )
        )
        flash(_("Die Maßnahme %(code)s steht jetzt in der Arbeitsfassung.", code=measure.code))
        return _back(form.section.data, measure.code)
    return _page(form, _("Maßnahme ergänzen"), _("In die Arbeitsfassung aufnehmen"), kept=kept)


@bp.route("/<any(ziele,massnahmen):noun>/<string:code>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def reword(noun: str, code: str) -> ResponseReturnValue:
    item = _item(noun, code)
    current = item.text.current
    form = WordingForm(wording=current.content, version_id=str(current.id))
    kept = keeping(form)
    if form.validate_on_submit():
        try:
            kept.send(
                lambda: NOUNS[noun].reword(
                    item,
                    wording=form.wording.data,
                    reason=form.reason.data,
                    expected_version_id=form.expected_version_id,
                    by=current_account(),
                )
            )
        except WordingChanged as error:
            return _show_conflict(noun, code, form, error, kept)
        else:
            flash(_("Der Wortlaut ist gespeichert."))
            return _back(item.placement.section.slug, code)
    return _page(form, _("Wortlaut von %(code)s ändern", code=code), _("Wortlaut speichern"), item, kept)


@bp.route("/<any(ziele,massnahmen):noun>/<string:code>/platz", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def move(noun: str, code: str) -> ResponseReturnValue:
    item, catalogue = _item(noun, code), working_catalogue()
    placement = item.placement
    place = {"section": placement.section.slug, "position": placement.position}
    if isinstance(item, Measure):
        form = MeasurePlaceForm(**place, goals=[link.goal.code for link in placement.goals])
        offer_goals(form.goals, catalogue.goals)
    else:
        form = PlaceForm(**place)
    offer_sections(form.section, catalogue.sections)
    if form.validate_on_submit():
        more = {"goals": _goals(form.goals.data)} if isinstance(item, Measure) else {}
        NOUNS[noun].move(
            item,
            section=_section(form.section.data),
            position=form.position.data,
            reason=form.reason.data,
            by=current_account(),
            **more,
        )
        flash(_("%(code)s steht jetzt an seinem neuen Platz.", code=code))
        return _back(form.section.data, code)
    return _page(form, _("%(code)s umstellen", code=code), _("Umstellen"), item)


@bp.route("/<any(ziele,massnahmen):noun>/<string:code>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def drop(noun: str, code: str) -> ResponseReturnValue:
    item = _item(noun, code)
    form, section = ReasonForm(), item.placement.section
    if form.validate_on_submit():
        NOUNS[noun].drop(item, reason=form.reason.data, by=current_account())
        flash(_("%(code)s steht nicht mehr in der Arbeitsfassung. Frühere Fassungen behalten es.", code=code))
        return _back(section.slug)
    page = render_template("concept/desk/drop.html", form=form, item=item, code=code, is_goal=isinstance(item, Goal))
    return page, 422 if form.errors else 200


def _show_conflict(
    noun: str, code: str, form: WordingForm, error: WordingChanged, kept: Keeping
) -> ResponseReturnValue:
    """What was typed stays in the form; saving it again is then a choice made with all texts in view."""
    item = _item(noun, code)
    beside = three_texts(item.text, row_number(form.version_id.data), form.wording.data)
    form.version_id.data = str(item.text.current.id)
    page = render_template(
        "concept/desk/conflict.html",
        form=form,
        item=item,
        noun=noun,
        code=code,
        error=error,
        beside=[beside],
        keeping=kept,
    )
    return page, 409


def _page(
    form: FlaskForm,
    title: str,
    submit: str,
    item: Goal | Measure | None = None,
    kept: Keeping | None = None,
) -> ResponseReturnValue:
    page = render_template("concept/desk/form.html", form=form, title=title, submit=submit, item=item, keeping=kept)
    return page, 422 if form.errors else 200


def _first(sentence: str) -> Response:
    """What has to be there before; the desk of the concept leads to it."""
    flash(sentence, "warning")
    return redirect(url_for("concept_desk.index"), 303)


def _back(section_slug: str, code: str = "") -> Response:
    return redirect(url_for("sections_desk.show", slug=section_slug, _anchor=code or None), 303)


def _planned(slug: str | None) -> Section | None:
    section = queries.find_section(slug) if slug else None
    return section if section is not None and section.is_planned else None


def _after_its_kind(kind: SectionKind) -> int | None:
    """The place behind the last section of the same kind, where people look for it; it can be moved from there."""
    places = [place for place, section in enumerate(working_catalogue().sections, 1) if section.kind is kind]
    return places[-1] + 1 if places else None


def _item(noun: str, code: str) -> Any:  # noqa: ANN401 -- a Goal or a Measure
    item = NOUNS[noun].find(code)
    return item if item is not None and item.placement is not None else abort(404)


def _section(slug: str) -> Section:
    return queries.find_section(slug) or abort(404)


def _goals(codes: list[str]) -> list[Goal]:
    return [queries.get_goal(code) or abort(404) for code in codes]
