"""Send a paper with the edition it is about; record what a body decided. Both ask once more before they act."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import numbering, queries, releases, rules, services
from app.concept.catalogue import Catalogue
from app.concept.comparison import compare
from app.concept.completeness import shortcomings
from app.concept.errors import NotANumber, NumberTaken, NumberTooLow, SlugTaken
from app.concept.forms import (
    AboutForm,
    EditionForm,
    ResolutionForm,
    offer_editions,
    offer_frozen,
    offer_none,
    offer_sittings,
)
from app.concept.models import EFFECT_LABELS, Edition, Effect
from app.concept.views_desk.asking import ask_again, is_confirmed
from app.council import queries as council
from app.council import services as papers
from app.council.errors import PaperSent
from app.council.models import OUTCOME_LABELS, Consultation, ConsultationRole, Meeting, Paper
from app.db import db, now
from app.local_time import day_of
from app.web.access import current_account, requires

bp = Blueprint("sent_papers_desk", __name__, url_prefix="/verwaltung")


@bp.route("/vorlagen/<int:paper_id>/versand", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def send(paper_id: int) -> ResponseReturnValue:
    paper = council.find_paper(paper_id) or abort(404)
    if paper.is_sent:
        raise PaperSent
    catalogue = queries.working_catalogue()
    missing = shortcomings(catalogue, releases.names())
    form = _edition_form(catalogue)
    if not missing:
        del form.allow_incomplete
    if form.validate_on_submit() and _is_willing(form):
        if not is_confirmed():
            return ask_again("concept/desk/confirm_sending.html", form, paper=paper, catalogue=catalogue)
        try:
            edition = _cut(paper, form)
        except SlugTaken as error:
            form.slug.errors = [str(error)]
        except (NotANumber, NumberTaken, NumberTooLow) as error:
            form.number.errors = [str(error)]
        else:
            flash(_("Die Fassung %(number)s ist festgehalten und ändert sich nicht mehr.", number=edition.number))
            return redirect(url_for("editions.show", slug=edition.slug), 303)
    in_force = queries.edition_in_force()
    page = render_template(
        "concept/desk/send.html",
        paper=paper,
        form=form,
        catalogue=catalogue,
        shortcomings=missing,
        in_force=in_force,
        change_count=compare(queries.catalogue_of(in_force), catalogue).count if in_force else 0,
    )
    return page, 422 if form.errors else 200


@bp.route("/vorlagen/<int:paper_id>/versand/ohne-neue-fassung", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def send_about(paper_id: int) -> ResponseReturnValue:
    paper = council.find_paper(paper_id) or abort(404)
    if paper.is_sent:
        raise PaperSent
    editions = {edition.slug: edition for edition in queries.all_editions()}
    form = AboutForm()
    offer_frozen(form.edition, editions.values(), or_none=not paper.has_annex_of_concept)
    if form.validate_on_submit():
        edition = editions.get(form.edition.data)
        if not is_confirmed():
            return ask_again("concept/desk/confirm_sending_about.html", form, paper=paper, edition=edition)
        services.send_about(paper, edition, by=current_account())
        flash(_("Die Vorlage ist versandt. Sie und ihre Anlagen ändern sich nicht mehr."))
        return redirect(url_for("papers.show", paper_id=paper.id), 303)
    page = render_template("concept/desk/send_about.html", paper=paper, form=form)
    return page, 422 if form.errors else 200


@bp.route("/beratungen/<int:consultation_id>/beschluss", methods=["GET", "POST"])
@requires(rules.can_record_resolutions)
def record_resolution(consultation_id: int) -> ResponseReturnValue:
    consultation = db.session.get(Consultation, consultation_id) or abort(404)
    editions = {edition.slug: edition for edition in queries.editions_of(consultation.paper)}
    meetings = {sitting.meeting.slug: sitting.meeting for sitting in consultation.sittings}
    form = ResolutionForm(edition=next(reversed(editions), None), meeting=next(reversed(meetings), ""))
    offer_editions(form.edition, editions.values())
    offer_sittings(form.meeting, meetings.values())
    if not editions:
        del form.edition, form.effect
    elif all(each.resolution.consultation != consultation for each in queries.adoptions_of(consultation.paper)):
        offer_none(form.effect)  # what was adopted is corrected by another effect, never by none
    if form.validate_on_submit():
        if not is_confirmed():
            return _ask_about(consultation, form, editions)
        _record(consultation, form, editions, meetings.get(form.meeting.data))
        flash(_("Der Beschluss ist eingetragen."))
        return redirect(url_for("papers.show", paper_id=consultation.paper_id), 303)
    page = render_template("concept/desk/resolution.html", form=form, consultation=consultation)
    return page, 422 if form.errors else 200


def _ask_about(
    consultation: Consultation, form: ResolutionForm, editions: Mapping[str, Edition]
) -> ResponseReturnValue:
    effect = form.effect.data if editions else None
    return ask_again(
        "concept/desk/confirm_resolution.html",
        form,
        consultation=consultation,
        edition=editions[form.edition.data] if effect else None,
        outcome=OUTCOME_LABELS[form.outcome.data],
        effect=EFFECT_LABELS[effect] if effect else "",
        is_beyond_advice=consultation.role is ConsultationRole.ADVICE and effect is Effect.FINAL,
    )


def _record(
    consultation: Consultation, form: ResolutionForm, editions: Mapping[str, Edition], meeting: Meeting | None
) -> None:
    """What the body decided, and what that does to an edition where it does something to one."""
    decided = {
        "outcome": form.outcome.data,
        "decided": form.decided.data,
        "meeting": meeting,
        "wording": form.wording.data,
        "by": current_account(),
    }
    if not (editions and form.effect.data):
        papers.record_outcome(consultation, **decided)
    else:
        services.record_resolution(
            consultation, effect=form.effect.data, edition=editions[form.edition.data], **decided
        )


def _edition_form(catalogue: Catalogue) -> EditionForm:
    """With the number that comes next."""
    working = queries.find_working_edition()
    numbers = [each.number for each in working.concept.editions] if working else []
    next_ones = numbering.suggested(numbers)
    slug = f"{day_of(now()).year}-{catalogue.concept}-{next_ones.minor}"
    form = EditionForm(title=catalogue.title, number=next_ones.minor, slug=slug)
    if numbers:
        form.number.description = _(
            "Als Nächstes %(minor)s, oder %(major)s, wenn vieles neu ist.", minor=next_ones.minor, major=next_ones.major
        )
    return form


def _is_willing(form: EditionForm) -> bool:
    """Something is missing: whoever sends it all the same has to say so."""
    if "allow_incomplete" not in form or form.allow_incomplete.data:
        return True
    form.allow_incomplete.errors = [
        _("Ergänzen Sie, was fehlt, oder sagen Sie hier, dass es trotzdem hinausgehen soll.")
    ]
    return False


def _cut(paper: Paper, form: EditionForm) -> Edition:
    return services.send_paper(
        paper,
        slug=form.slug.data.strip(),
        number=form.number.data.strip(),
        title=form.title.data.strip(),
        reason=form.reason.data.strip(),
        allow_incomplete="allow_incomplete" in form,
        by=current_account(),
    )
