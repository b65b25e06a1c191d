"""What is there for towns and villages: ideas with who took them up, good practice; and saying that one does it."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts import rules as accounts
from app.accounts.models import Account
from app.concept import municipal, rules, services
from app.concept.errors import AlreadyTakenUp
from app.concept.forms_municipal import UptakeForm, offer_municipalities
from app.concept.models import MunicipalIdea
from app.db import now
from app.local_time import day_of
from app.process_date import ProcessDate
from app.structures import queries as structures
from app.structures.models import Municipality
from app.web.access import current_account, public, requires

bp = Blueprint("municipal", __name__, url_prefix="/konzept")


@bp.get("/ideen")
@public
def index() -> ResponseReturnValue:
    """Without a filter all; `feld` is the slug of a section, `gemeinde` the key of a municipality that took them up."""
    field, ags = request.args.get("feld", ""), request.args.get("gemeinde", "")
    everything = municipal.ideas()
    held = {idea.id: municipal.standing(idea.uptakes) for idea in everything}
    found = [
        idea
        for idea in everything
        if (not field or idea.section.slug == field)
        and (not ags or any(each.municipality.ags == ags for each in held[idea.id]))
    ]
    return render_template(
        "concept/ideas.html",
        ideas=found,
        held=held,
        sections=list(dict.fromkeys(idea.section for idea in everything)),
        municipalities=sorted(
            {each.municipality for uptakes in held.values() for each in uptakes}, key=lambda each: each.name
        ),
        field=field,
        ags=ags,
        may_speak=bool(_municipalities_of(current_account())),
    )


@bp.get("/praxisbeispiele")
@public
def list_practice() -> ResponseReturnValue:
    """Good practice, by field and municipality."""
    field, ags = request.args.get("feld", ""), request.args.get("gemeinde", "")
    everything = municipal.good_practice()
    found = [
        each
        for each in everything
        if (not field or each.section.slug == field) and (not ags or each.municipality.ags == ags)
    ]
    return render_template(
        "concept/practice.html",
        practice=found,
        sections=list(dict.fromkeys(each.section for each in everything)),
        municipalities=sorted({each.municipality for each in everything}, key=lambda each: each.name),
        field=field,
        ags=ags,
    )


@bp.route("/ideen/<int:idea_id>/uebernahme", methods=["GET", "POST"])
@requires(accounts.has_account)
def take_up(idea_id: int) -> ResponseReturnValue:
    """For whoever acts for a municipality's administration; the desk does it for all."""
    idea = _get(idea_id)
    known = {each.ags: each for each in _municipalities_of(current_account())} or abort(403)
    form = UptakeForm(municipality=next(iter(known)), since=ProcessDate.on(day_of(now())))
    offer_municipalities(form.municipality, known.values())
    if form.validate_on_submit():
        chosen = known[form.municipality.data]
        try:
            services.take_up_idea(
                idea,
                municipality=chosen,
                since=form.since.data,
                sentence=form.sentence.data or "",
                by=current_account(),
            )
        except AlreadyTakenUp as error:
            form.municipality.errors = [str(error)]
        else:
            flash(_("Danke! Jetzt steht bei der Idee: übernommen von %(name)s.", name=chosen.name))
            return redirect(url_for("municipal.index", _anchor=f"idee-{idea.id}"), 303)
    page = render_template(
        "concept/take_up.html",
        idea=idea,
        form=form,
        mine=[each for each in municipal.standing(idea.uptakes) if each.municipality.ags in known],
        undo=FlaskForm(),
    )
    return page, 422 if form.errors else 200


@bp.post("/ideen/<int:idea_id>/uebernahme/<string:ags>/ende")
@requires(accounts.has_account)
def take_back(idea_id: int, ags: str) -> ResponseReturnValue:
    idea = _get(idea_id)
    known = {each.ags: each for each in _municipalities_of(current_account())}
    if ags not in known:
        abort(403)
    services.take_back_idea(idea, municipality=known[ags], by=current_account())
    flash(_("Das ist zurückgenommen."))
    return redirect(url_for("municipal.index", _anchor=f"idee-{idea.id}"), 303)


def _get(idea_id: int) -> MunicipalIdea:
    idea = municipal.find_idea(idea_id)
    return idea if idea is not None and idea.dropped_at is None else abort(404)


def _municipalities_of(account: Account | None) -> Sequence[Municipality]:
    """For whom this account may speak: the desk for all, others for those whose administration they act for."""
    if rules.can_open_concept_desk(account):
        return structures.municipalities()
    return municipal.represented_by(account)
