"""Ideas for municipalities and good practice at the desk: add, reword or change, move, drop."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.concept import municipal, queries, rules, services
from app.concept.errors import ChangedMeanwhile, WordingChanged
from app.concept.forms import offer_sections
from app.concept.forms_municipal import (
    DropForm,
    IdeaPlaceForm,
    IdeaWordingForm,
    NewIdeaForm,
    PracticeForm,
    offer_fields,
    offer_municipalities,
    offer_pictures,
)
from app.concept.models import GoodPractice, MunicipalIdea, Section, SectionKind
from app.concept.services import PracticeFacts
from app.concept.stand import stand_of
from app.concept.views_desk.working import working_catalogue
from app.drafting.views_desk.keeping import Keeping, keeping
from app.structures import queries as structures
from app.web.access import current_account, requires

bp = Blueprint("municipal_desk", __name__, url_prefix="/verwaltung/konzept")


@bp.route("/ideen/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add_idea() -> ResponseReturnValue:
    fields = working_catalogue().of_kind(SectionKind.FIELD)
    if not fields:
        return _first(_("Ideen gehören zu einem Handlungsfeld. Ergänzen Sie zuerst eines."))
    form = NewIdeaForm(section=request.args.get("thema"))
    offer_fields(form.section, fields)
    kept = keeping(form)
    if form.validate_on_submit():
        section = _section(form.section.data)
        kept.send(lambda: services.add_idea(section=section, wording=form.wording.data, by=current_account()))
        return _back(section.slug, "ideen", _("Die Idee steht jetzt in der Arbeitsfassung."))
    return _page(form, _("Idee ergänzen"), _("In die Arbeitsfassung aufnehmen"), kept=kept)


@bp.route("/ideen/<int:idea_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def reword_idea(idea_id: int) -> ResponseReturnValue:
    idea, meanwhile = _idea(idea_id), ""
    current = idea.text.current
    form = IdeaWordingForm(wording=current.content, version_id=str(current.id))
    kept = keeping(form)
    if form.validate_on_submit():
        wording, seen = form.wording.data, form.expected_version_id
        try:
            kept.send(
                lambda: services.reword_idea(idea, wording=wording, expected_version_id=seen, by=current_account())
            )
        except WordingChanged:
            current = _idea(idea_id).text.current
            meanwhile, form.version_id.data = current.content, str(current.id)
        else:
            return _back(idea.section.slug, "ideen", _("Der Wortlaut ist gespeichert."))
    submit = _("Meinen Text speichern") if meanwhile else _("Wortlaut speichern")
    return _page(form, _("Idee anders fassen"), submit, idea.section.slug, meanwhile=meanwhile, kept=kept)


@bp.route("/ideen/<int:idea_id>/platz", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def move_idea(idea_id: int) -> ResponseReturnValue:
    idea = _idea(idea_id)
    form = IdeaPlaceForm(section=idea.section.slug, position=idea.position)
    offer_fields(form.section, working_catalogue().sections)
    if form.validate_on_submit():
        section = _section(form.section.data)
        services.move_idea(idea, section=section, position=form.position.data, by=current_account())
        return _back(section.slug, "ideen", _("Die Idee steht jetzt an ihrem neuen Platz."))
    return _page(form, _("Idee umstellen"), _("Umstellen"), idea.section.slug)


@bp.route("/ideen/<int:idea_id>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def drop_idea(idea_id: int) -> ResponseReturnValue:
    return _drop(_idea(idea_id), services.drop_idea, _("Idee streichen"), "ideen")


@bp.route("/praxisbeispiele/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add_practice() -> ResponseReturnValue:
    if not working_catalogue().sections:
        return _first(_("Praxisbeispiele gehören zu einem Thema. Ergänzen Sie zuerst eines."))
    if not structures.municipalities():
        return _first(
            _(
                "Praxisbeispiele gehören zu einer Stadt oder Gemeinde. Tragen Sie sie zuerst ein, unter "
                "„Städte und Gemeinden“."
            )
        )
    form = _offered(PracticeForm(section=request.args.get("thema")))
    kept = keeping(form)
    if form.validate_on_submit():
        facts = _facts(form)
        kept.send(lambda: services.add_practice(facts, contact=form.contact(), by=current_account()))
        return _back(facts.section.slug, "beispiele", _("Das Beispiel steht jetzt in der Arbeitsfassung."))
    return _page(form, _("Praxisbeispiel ergänzen"), _("In die Arbeitsfassung aufnehmen"), kept=kept)


@bp.route("/praxisbeispiele/<int:practice_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def change_practice(practice_id: int) -> ResponseReturnValue:
    practice, meanwhile = _practice(practice_id), ""
    form = _offered(PracticeForm(**_given(practice)))
    kept = keeping(form)
    if form.validate_on_submit():
        facts, contact, stand = _facts(form), form.contact(), form.expected_stand
        try:
            kept.send(
                lambda: services.change_practice(
                    practice, facts, contact=contact, by=current_account(), expected_stand=stand
                )
            )
        except ChangedMeanwhile:
            practice = _practice(practice_id)
            meanwhile, form.stand.data = practice.text.current.content, stand_of(practice)
        else:
            return _back(facts.section.slug, "beispiele", _("Das Beispiel ist gespeichert."))
    submit = _("Meinen Text speichern") if meanwhile else _("Speichern")
    return _page(form, _("Praxisbeispiel ändern"), submit, practice.section.slug, meanwhile=meanwhile, kept=kept)


@bp.route("/praxisbeispiele/<int:practice_id>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def drop_practice(practice_id: int) -> ResponseReturnValue:
    return _drop(_practice(practice_id), services.drop_practice, _("Praxisbeispiel streichen"), "beispiele")


def _drop(
    item: MunicipalIdea | GoodPractice, drop: Callable[..., None], title: str, anchor: str
) -> ResponseReturnValue:
    form = DropForm()
    if form.validate_on_submit():
        drop(item, reason=form.reason.data, by=current_account())
        return _back(item.section.slug, anchor, _("Das steht nicht mehr in der Arbeitsfassung."))
    return _page(form, title, _("Aus der Arbeitsfassung nehmen"), item.section.slug, lead=item.text.current.content)


def _given(practice: GoodPractice) -> dict[str, Any]:
    contact = practice.contact
    return {
        "title": practice.title,
        "section": practice.section.slug,
        "municipality": practice.municipality.ags,
        "organization_name": practice.organization_name,
        "since": practice.since,
        "wording": practice.text.current.content,
        "picture": str(practice.picture.number) if practice.picture else "",
        "picture_alt": practice.picture_alt,
        "name": contact.name if contact else "",
        "email": contact.email if contact else "",
        "phone": contact.phone if contact else "",
        "may_be_named": bool(contact and contact.may_be_named),
        "stand": stand_of(practice),
    }


def _facts(form: PracticeForm) -> PracticeFacts:
    number = int(form.picture.data or 0)
    return PracticeFacts(
        section=_section(form.section.data),
        municipality=structures.find_municipality(form.municipality.data) or abort(404),
        title=form.title.data,
        wording=form.wording.data,
        organization_name=form.organization_name.data or "",
        since=form.since.data,
        picture=municipal.pictures([number]).get(number),
        picture_alt=form.picture_alt.data or "",
    )


def _offered(form: PracticeForm) -> PracticeForm:
    offer_sections(form.section, working_catalogue().sections)
    offer_municipalities(form.municipality, structures.municipalities())
    offer_pictures(form.picture, queries.concept_pictures())
    return form


def _first(sentence: str) -> Response:
    """What has to be there before; the desk of the concept leads to it."""
    flash(sentence, "warning")
    return redirect(url_for("concept_desk.index"), 303)


def _page(
    form: FlaskForm,
    title: str,
    submit: str,
    slug: str = "",
    *,
    meanwhile: str = "",
    lead: str = "",
    kept: Keeping | None = None,
) -> ResponseReturnValue:
    back = url_for("sections_desk.show", slug=slug) if slug else url_for("concept_desk.index")
    page = render_template(
        "concept/desk/section_form.html",
        form=form,
        title=title,
        submit=submit,
        back=back,
        meanwhile=meanwhile,
        lead=lead,
        keeping=kept,
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _back(slug: str, anchor: str, said: str) -> Response:
    flash(said)
    return redirect(url_for("sections_desk.show", slug=slug, _anchor=anchor), 303)


def _idea(idea_id: int) -> MunicipalIdea:
    idea = municipal.find_idea(idea_id)
    return idea if idea is not None and idea.dropped_at is None else abort(404)


def _practice(practice_id: int) -> GoodPractice:
    practice = municipal.find_practice(practice_id)
    return practice if practice is not None and practice.dropped_at is None else abort(404)


def _section(slug: str) -> Section:
    return queries.find_section(slug) or abort(404)
