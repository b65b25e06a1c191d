"""The desk's pages about structures."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.structures import queries, rules, services
from app.structures.errors import (
    EndsBeforeFounding,
    EndUnknown,
    MandateHeld,
    MunicipalityThere,
    ParentUnfit,
    SuccessorUnfit,
)
from app.structures.forms import (
    DissolutionForm,
    EditForm,
    FoundingForm,
    LeadershipForm,
    MandateForm,
    MunicipalitiesForm,
    MunicipalityChangeForm,
    MunicipalityForm,
    OrganizationForm,
    SeatForm,
    offer,
    offer_municipalities,
)
from app.structures.models import KIND_LABELS, Organization, OrganizationState
from app.web.access import current_account, requires

bp = Blueprint("structures_desk", __name__, url_prefix="/verwaltung/gremien")
municipalities_bp = Blueprint("municipalities_desk", __name__, url_prefix="/verwaltung/gemeinden")

GIVEN = ("name", "status", "post_code", "population", "population_on", "association")


@bp.get("")
@requires(rules.can_edit_structures)
def index() -> ResponseReturnValue:
    return render_template("structures/desk/index.html", organizations=queries.organizations(), labels=KIND_LABELS)


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def create() -> ResponseReturnValue:
    form = OrganizationForm()
    known = _by_slug()
    offer(form.parent, known.values(), empty=_("zu keiner anderen"))
    offer_municipalities(form.municipality, queries.municipalities())
    if form.validate_on_submit():
        organization = services.create_organization(
            name=form.name.data,
            short_name=form.short_name.data,
            kind=form.kind.data,
            parent=known.get(form.parent.data),
            municipality=queries.find_municipality(form.municipality.data),
            founded=form.founded.data,
            is_planned=form.is_planned.data,
            description=form.description.data,
            by=current_account(),
        )
        flash(_("%(name)s ist angelegt.", name=organization.name))
        return _back(organization)
    return _page(form, _("Organisation anlegen"), _("Anlegen"))


@bp.route("/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def edit(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    known = _by_slug()
    form = EditForm(
        name=organization.name,
        short_name=organization.short_name,
        parent=organization.parent.slug if organization.parent else "",
        municipality=organization.municipality.ags if organization.municipality else "",
        description=organization.description,
    )
    offer(form.parent, known.values(), empty=_("zu keiner anderen"))
    offer_municipalities(form.municipality, queries.municipalities())
    if form.validate_on_submit():
        try:
            services.edit_organization(
                organization,
                name=form.name.data,
                short_name=form.short_name.data,
                parent=known.get(form.parent.data),
                municipality=queries.find_municipality(form.municipality.data),
                description=form.description.data,
                by=current_account(),
            )
        except ParentUnfit as error:
            form.parent.errors = [str(error)]
        else:
            flash(_("Die Änderung ist gespeichert."))
            return _back(organization)
    page = render_template("structures/desk/edit.html", organization=organization, form=form, states=OrganizationState)
    return page, 422 if form.errors else 200


@bp.route("/<string:slug>/gruendung", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def found(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    form = FoundingForm()
    if form.validate_on_submit():
        services.found(organization, founded=form.founded.data, by=current_account())
        flash(_("%(name)s ist jetzt gegründet.", name=organization.name))
        return _back(organization)
    return _page(form, _("%(name)s gründen", name=organization.name), _("Gründung eintragen"), organization)


@bp.route("/<string:slug>/aufloesung", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def dissolve(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    is_civil = organization.kind in queries.CIVIL_SOCIETY
    known = {
        name: each
        for name, each in _by_slug().items()
        if each != organization and not each.dissolved and (each.kind in queries.CIVIL_SOCIETY) == is_civil
    }
    form = DissolutionForm()
    offer(form.successors, known.values())
    if form.validate_on_submit():
        try:
            services.dissolve(
                organization,
                dissolved=form.dissolved.data,
                reason=form.reason.data,
                successors=[known[name] for name in form.successors.data],
                by=current_account(),
            )
        except (EndUnknown, EndsBeforeFounding) as error:
            form.dissolved.errors = [str(error)]
        except SuccessorUnfit as error:
            form.successors.errors = [str(error)]
        else:
            flash(_("%(name)s ist aufgelöst. Alles, was war, bleibt lesbar.", name=organization.name))
            return _back(organization)
    return _page(form, _("%(name)s auflösen", name=organization.name), _("Auflösen"), organization)


@bp.route("/<string:slug>/leitung", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def add_leadership(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    known = {name: each for name, each in _by_slug().items() if each != organization}
    form = LeadershipForm()
    offer(form.lead, known.values())
    if form.validate_on_submit():
        services.add_leadership(
            organization,
            lead=known[form.lead.data],
            valid=form.valid.data,
            source=form.source.data,
            by=current_account(),
        )
        flash(_("Die Leitung ist eingetragen."))
        return _back(organization)
    return _page(form, _("Leitung von %(name)s", name=organization.name), _("Leitung eintragen"), organization)


@bp.route("/<string:slug>/sitz", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def add_seat(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    known = _by_slug()
    form = SeatForm()
    offer(form.on_behalf_of, known.values(), empty=_("nicht genannt"))
    if form.validate_on_submit():
        services.add_seat(
            organization,
            category=form.category.data,
            on_behalf_of=known.get(form.on_behalf_of.data),
            is_voluntary=form.is_voluntary.data,
            valid=form.valid.data,
            source=form.source.data,
            by=current_account(),
        )
        flash(_("Der Sitz ist eingetragen."))
        return _back(organization)
    return _page(form, _("Sitz in %(name)s", name=organization.name), _("Sitz eintragen"), organization)


@bp.route("/<string:slug>/mandate", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def grant_mandate(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    form = MandateForm()
    if form.validate_on_submit():
        account = accounts.find_by_email(form.email.data)
        if account is None or not account.is_active:
            form.email.errors = [_("Zu dieser Adresse gibt es kein offenes Konto.")]
        else:
            try:
                services.grant_mandate(account, organization=organization, by=current_account())
            except MandateHeld as error:
                form.email.errors = [str(error)]
            else:
                flash(_("%(account)s handelt jetzt für %(name)s.", account=account.name, name=organization.name))
                return redirect(url_for("structures_desk.grant_mandate", slug=slug), 303)
    page = render_template(
        "structures/desk/mandates.html",
        organization=organization,
        mandates=queries.mandates_of(organization),
        form=form,
        revoke_form=FlaskForm(),
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:slug>/mandate/<int:mandate_id>/ende")
@requires(rules.can_edit_structures)
def revoke_mandate(slug: str, mandate_id: int) -> ResponseReturnValue:
    mandate = queries.find_mandate(mandate_id)
    if mandate is None or mandate.organization.slug != slug:
        abort(404)
    services.revoke_mandate(mandate, by=current_account())
    flash(
        _("%(account)s handelt nicht mehr für %(name)s.", account=mandate.account.name, name=mandate.organization.name)
    )
    return redirect(url_for("structures_desk.grant_mandate", slug=slug), 303)


@municipalities_bp.get("")
@requires(rules.can_edit_structures)
def list_municipalities() -> ResponseReturnValue:
    return render_template("structures/desk/municipalities.html", municipalities=queries.municipalities())


@municipalities_bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def add_municipality() -> ResponseReturnValue:
    form = MunicipalityForm()
    if form.validate_on_submit():
        try:
            municipality = services.add_municipality(**form.values(), by=current_account())
        except MunicipalityThere as error:
            form.ags.errors = [str(error)]
        else:
            flash(_("%(name)s ist eingetragen.", name=municipality.name))
            return _to_municipalities()
    return _municipality_page(form, _("Stadt oder Gemeinde eintragen"))


@municipalities_bp.route("/mehrere", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def add_municipalities() -> ResponseReturnValue:
    form = MunicipalitiesForm()
    if form.validate_on_submit():
        made = services.add_municipalities(form.rows, by=current_account())
        flash(ngettext("Eine ist neu eingetragen.", "%(num)s sind neu eingetragen.", len(made)))
        if len(made) < len(form.rows):
            flash(_("Schlüssel, die es schon gab, sind geblieben, wie sie waren."))
        return _to_municipalities()
    return render_template("structures/desk/municipalities_form.html", form=form), 422 if form.errors else 200


@municipalities_bp.route("/<string:ags>", methods=["GET", "POST"])
@requires(rules.can_edit_structures)
def change_municipality(ags: str) -> ResponseReturnValue:
    municipality = queries.find_municipality(ags) or abort(404)
    form = MunicipalityChangeForm(
        **{name: getattr(municipality, name) for name in GIVEN},
        position=f"{municipality.latitude}, {municipality.longitude}",
    )
    if form.validate_on_submit():
        services.change_municipality(municipality, **form.values(), by=current_account())
        flash(_("Die Änderung ist gespeichert."))
        return _to_municipalities()
    return _municipality_page(form, _("%(name)s ändern", name=municipality.name))


def _municipality_page(form: FlaskForm, title: str) -> ResponseReturnValue:
    page = render_template("structures/desk/municipality.html", form=form, title=title)
    return page, 422 if form.errors else 200


def _to_municipalities() -> Response:
    return redirect(url_for("municipalities_desk.list_municipalities"), 303)


def _get(slug: str) -> Organization:
    return queries.find_organization(slug) or abort(404)


def _by_slug() -> dict[str, Organization]:
    return {organization.slug: organization for organization in queries.organizations()}


def _back(organization: Organization) -> Response:
    return redirect(url_for("structures_desk.edit", slug=organization.slug), 303)


def _page(form: FlaskForm, title: str, submit: str, organization: Organization | None = None) -> tuple[str, int]:
    page = render_template(
        "structures/desk/form.html", form=form, title=title, submit=submit, organization=organization
    )
    return page, 422 if form.errors else 200
