"""Lebenslagen and target groups at the desk: since when each holds, what it became, why."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import rules, services
from app.concept.errors import ChangedMeanwhile, MergedIntoItself, TermThere, TermUsed
from app.concept.forms_vocabularies import TermForm
from app.concept.models import VOCABULARY_LABELS, LifeSituation, TargetGroup, Term, TermChange
from app.concept.stand import stand_of
from app.concept.vocabularies import changes_of, terms
from app.db import db, now
from app.local_time import day_of
from app.web.access import current_account, requires

bp = Blueprint("vocabularies_desk", __name__, url_prefix="/verwaltung/konzept/begriffe")

NOUNS: dict[str, type[Term]] = {"lebenslagen": LifeSituation, "zielgruppen": TargetGroup}
NOUN = "<any(lebenslagen, zielgruppen):noun>"


@bp.get("")
@requires(rules.can_edit_concept)
def index() -> ResponseReturnValue:
    today = day_of(now())
    found = [
        (noun, VOCABULARY_LABELS[model], [(term, term.holds_on(today)) for term in terms(model)])
        for noun, model in NOUNS.items()
    ]
    return render_template("concept/desk/vocabularies.html", vocabularies=found)


@bp.route(f"/{NOUN}/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add(noun: str) -> ResponseReturnValue:
    form = TermForm()
    del form.merged_into
    if form.validate_on_submit():
        try:
            services.add_term(
                NOUNS[noun],
                title=form.title.data,
                valid=form.valid.data,
                source=form.source.data or "",
                reason=form.reason.data,
                by=current_account(),
            )
        except TermThere:
            form.title.errors = [_("Diesen Begriff gibt es schon.")]
        else:
            flash(_("Der Begriff steht jetzt zur Wahl."))
            return redirect(url_for("vocabularies_desk.index"), 303)
    return _page(form, _("%(vocabulary)s: Begriff ergänzen", vocabulary=VOCABULARY_LABELS[NOUNS[noun]]))


@bp.route(f"/{NOUN}/<int:term_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def change(noun: str, term_id: int) -> ResponseReturnValue:
    term, meanwhile = _get(noun, term_id), ""
    form = TermForm(
        title=term.title,
        valid=term.valid,
        merged_into=term.merged_into.slug if term.merged_into else "",
        source=term.source,
        stand=stand_of(term),
    )
    form.offer(each for each in terms(NOUNS[noun]) if each.id != term.id)
    if form.validate_on_submit():
        try:
            services.change_term(
                term,
                title=form.title.data,
                valid=form.valid.data,
                merged_into=form.terms.get(form.merged_into.data),
                source=form.source.data or "",
                reason=form.reason.data,
                by=current_account(),
                expected_stand=form.expected_stand,
            )
        except TermUsed as error:
            form.title.errors = [str(error)]
        except MergedIntoItself as error:
            form.merged_into.errors = [str(error)]
        except ChangedMeanwhile:
            term = _get(noun, term_id)
            meanwhile, form.stand.data = f"{term.title}, {term.valid or _('ohne Zeit')}", stand_of(term)
        else:
            flash(_("Der Begriff ist geändert. Was ihn schon trägt, behält ihn."))
            return redirect(url_for("vocabularies_desk.index"), 303)
    return _page(form, _("„%(title)s“ ändern", title=term.title), meanwhile, changes_of(term))


def _page(form: TermForm, title: str, meanwhile: str = "", history: Sequence[TermChange] = ()) -> ResponseReturnValue:
    page = render_template("concept/desk/term.html", form=form, title=title, meanwhile=meanwhile, history=history)
    return page, 409 if meanwhile else 422 if form.errors else 200


def _get(noun: str, term_id: int) -> Term:
    return db.session.get(NOUNS[noun], term_id) or abort(404)
