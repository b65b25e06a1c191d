"""The desk's pages about papers: head, sections, Beratungsfolge, annexes. Sending one is a page of the concept."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.concept import origins
from app.concept import queries as concept
from app.council import queries, rules, services
from app.council.errors import NumberTaken, PaperChanged, PaperSent
from app.council.forms import (
    ANNEX_LABELS,
    MOST_BYTES,
    OF_YEAR,
    AnnexForm,
    ConsultationForm,
    NewPaperForm,
    PaperForm,
    SectionsForm,
    SittingForm,
    offer_meetings,
)
from app.council.models import (
    OUTCOME_LABELS,
    PAPER_KIND_LABELS,
    ROLE_LABELS,
    Consultation,
    FinancialEffect,
    Meeting,
    Paper,
    PaperKind,
)
from app.db import now
from app.drafting.views_desk.keeping import Keeping, keeping
from app.local_time import day_of
from app.publishing.passages import PASSAGES, preliminary
from app.structures import queries as structures
from app.structures.forms import offer
from app.structures.models import Organization
from app.web.access import current_account, requires
from app.web.parameters import takes_up_to

bp = Blueprint("papers_desk", __name__, url_prefix="/verwaltung/vorlagen")


INSERT = "einsetzen"  # the button that puts a passage into a section; nothing is saved by it


class Passage(NamedTuple):
    """What can be put into a section of a paper."""

    section: str
    label: object
    text: str


class PaperHead(TypedDict):
    kind: PaperKind
    title: str
    organization: Organization
    number: str | None
    dated_on: date | None
    financial_effect: FinancialEffect
    financial_amount: Decimal | None
    financial_year: int | None


@bp.get("")
@requires(rules.can_edit_papers)
def index() -> ResponseReturnValue:
    papers = queries.papers(with_drafts=True)
    return render_template(
        "council/desk/papers.html",
        drafts=[paper for paper in papers if not paper.is_sent],
        sent=[paper for paper in papers if paper.is_sent],
        kinds=PAPER_KIND_LABELS,
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
def create() -> ResponseReturnValue:
    form = NewPaperForm()
    known = _organizations()
    offer(form.organization, known.values())
    if form.validate_on_submit():
        try:
            paper = services.create_paper(
                **_head(form, known),
                proposal=form.proposal.data,
                facts=form.facts.data,
                financial=form.financial.data,
                by=current_account(),
            )
        except NumberTaken as error:
            form.number.errors = [str(error)]
        else:
            _flash_of(form, _("Die Vorlage ist angelegt."))
            return _back(paper.id)
    return render_template("council/desk/create_paper.html", form=form), 422 if form.errors else 200


@bp.get("/<int:paper_id>")
@requires(rules.can_edit_papers)
def edit(paper_id: int) -> ResponseReturnValue:
    paper = _get(paper_id)
    return render_template(
        "council/desk/edit_paper.html",
        paper=paper,
        roles=ROLE_LABELS,
        outcomes=OUTCOME_LABELS,
        contents=ANNEX_LABELS,
        amendable=_amendable(paper),
        too_early=queries.decided_too_early(paper),
        form=FlaskForm(),
    )


@bp.route("/<int:paper_id>/kopf", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
def edit_head(paper_id: int) -> ResponseReturnValue:
    paper = _get_draft(paper_id)
    known = _organizations()
    form = PaperForm(
        kind=paper.kind,
        title=paper.title,
        organization=paper.organization.slug,
        number=paper.number or "",
        dated_on=paper.dated_on,
        financial_effect=paper.financial_effect,
        financial_amount=paper.financial_amount,
        financial_year=paper.financial_year,
    )
    offer(form.organization, known.values())
    if form.validate_on_submit():
        try:
            services.edit_paper(paper, **_head(form, known), by=current_account())
        except NumberTaken as error:
            form.number.errors = [str(error)]
        else:
            _flash_of(form, _("Die Angaben sind gespeichert."))
            return _back(paper_id)
    return _page(form, paper, _("Angaben zur Vorlage"), _("Speichern"))


@bp.route("/<int:paper_id>/texte", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
def reword(paper_id: int) -> ResponseReturnValue:
    paper = _get_draft(paper_id)
    current = services.PaperVersions.of(paper)
    form = SectionsForm(
        proposal=paper.proposal.current.content,
        facts=paper.facts.current.content,
        financial=paper.financial.current.content,
        based_on="-".join(map(str, current)),
    )
    kept = keeping(form)
    passages = _passages()
    if inserted := passages.get(request.form.get(INSERT, "")):
        field = form[inserted.section]
        field.data = f"{(field.data or '').rstrip()}\n\n{inserted.text}".strip()
        return _sections_page(form, paper, passages, kept, inserted=inserted), 200
    if form.validate_on_submit():
        try:
            kept.send(
                lambda: services.reword_paper(
                    paper,
                    proposal=form.proposal.data,
                    facts=form.facts.data,
                    financial=form.financial.data,
                    based_on=form.versions,
                    by=current_account(),
                )
            )
        except PaperChanged as error:
            return _show_conflict(paper_id, form, error)
        else:
            flash(_("Der Text ist gespeichert."))
            return _back(paper_id)
    return _sections_page(form, paper, passages, kept), 422 if form.errors else 200


def _sections_page(
    form: SectionsForm,
    paper: Paper,
    passages: Mapping[str, Passage],
    kept: Keeping,
    *,
    inserted: Passage | None = None,
) -> str:
    return render_template(
        "council/desk/reword.html",
        paper=paper,
        form=form,
        keeping=kept,
        passages=passages,
        inserted=inserted,
        insert=INSERT,
    )


def _passages() -> dict[str, Passage]:
    """What can be put into a paper from the working edition as it stands now."""
    working = concept.find_working_edition()
    if working is None:
        return {}
    catalogue = concept.working_document(on=day_of(now()))
    made = {key: Passage(section, label, make(catalogue)) for key, (section, label, make) in PASSAGES.items()}
    advice = preliminary(origins.adoptions_in_progress(working.concept))
    made = {"vorberatung": Passage("facts", _("Was die Gremien vorberaten haben"), advice), **made}
    return {key: passage for key, passage in made.items() if passage.text}


def _show_conflict(paper_id: int, form: SectionsForm, error: PaperChanged) -> ResponseReturnValue:
    """What was typed stays in the form; saving it again is then a choice made with both texts in view."""
    paper = _get(paper_id)
    form.based_on.data = "-".join(map(str, services.PaperVersions.of(paper)))
    return render_template("council/desk/conflict.html", paper=paper, form=form, error=error), 409


@bp.route("/<int:paper_id>/beratungsfolge", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
def add_consultation(paper_id: int) -> ResponseReturnValue:
    paper = _get_draft(paper_id)
    bodies = {body.slug: body for body in structures.bodies()}
    body = bodies.get(request.args.get("gremium", ""))
    if body is None:
        return render_template("council/desk/choose_body.html", paper=paper, bodies=bodies.values())
    meetings = {meeting.slug: meeting for meeting in reversed(queries.meetings_of(body))}
    form = ConsultationForm()
    offer_meetings(form.meetings, meetings.values())
    if not meetings:
        del form.meetings
    if form.validate_on_submit():
        services.add_consultation(
            paper,
            organization=body,
            role=form.role.data,
            is_public=form.is_public.is_public,
            meetings=[meetings[slug] for slug in form.meetings.data] if form.meetings else (),
            agenda_item=form.agenda_item.data,
            planned=form.planned.data,
            by=current_account(),
        )
        flash(_("Die Beratung ist eingetragen."))
        return _back(paper_id)
    return _page(form, paper, _("%(body)s: Beratung eintragen", body=body.name), _("Beratung eintragen"))


@bp.route("/<int:paper_id>/beratungsfolge/<int:consultation_id>/sitzung", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
def add_sitting(paper_id: int, consultation_id: int) -> ResponseReturnValue:
    consultation = _get_consultation(paper_id, consultation_id)
    meetings: dict[str, Meeting] = {
        meeting.slug: meeting for meeting in reversed(queries.meetings_of(consultation.organization))
    }
    form = SittingForm()
    offer_meetings(form.meeting, meetings.values())
    if form.validate_on_submit():
        services.add_sitting(consultation, meeting=meetings[form.meeting.data], by=current_account())
        flash(_("Die Sitzung ist eingetragen."))
        return _back(paper_id)
    title = _("%(body)s: noch eine Sitzung", body=consultation.organization.name)
    return _page(form, consultation.paper, title, _("Sitzung eintragen"))


@bp.post("/<int:paper_id>/beratungsfolge/<int:consultation_id>/entfernung")
@requires(rules.can_edit_papers)
def remove_consultation(paper_id: int, consultation_id: int) -> ResponseReturnValue:
    services.remove_consultation(_get_consultation(paper_id, consultation_id), by=current_account())
    flash(_("Die Beratung ist aus der Beratungsfolge genommen."))
    return _back(paper_id)


@bp.route("/<int:paper_id>/anlagen", methods=["GET", "POST"])
@requires(rules.can_edit_papers)
@takes_up_to(MOST_BYTES + 1024 * 1024)
def add_annex(paper_id: int) -> ResponseReturnValue:
    paper = _get_draft(paper_id)
    form = AnnexForm()
    if form.validate_on_submit():
        services.add_annex(paper, title=form.title.data, content=form.content.data, file=form.pdf, by=current_account())
        flash(_("Die Anlage ist eingetragen."))
        return _back(paper_id)
    return _page(form, paper, _("Anlage ergänzen"), _("Anlage eintragen"), has_file=True)


@bp.post("/<int:paper_id>/anlagen/<int:annex_id>/entfernung")
@requires(rules.can_edit_papers)
def remove_annex(paper_id: int, annex_id: int) -> ResponseReturnValue:
    annex = queries.find_annex(annex_id)
    if annex is None or annex.paper_id != paper_id:
        abort(404)
    services.remove_annex(annex, by=current_account())
    flash(_("Die Anlage ist entfernt."))
    return _back(paper_id)


def _amendable(paper: Paper) -> set[int]:
    """The consultations in which a body can have changed the wording: it has met, and there is an edition."""
    if not paper.is_sent or not concept.editions_of(paper):
        return set()
    return {each.id for each in paper.consultations if each.meetings_held(now())}


def _get(paper_id: int) -> Paper:
    return queries.find_paper(paper_id) or abort(404)


def _get_draft(paper_id: int) -> Paper:
    """Nobody should fill in a form that is refused afterwards."""
    paper = _get(paper_id)
    if paper.is_sent:
        raise PaperSent
    return paper


def _get_consultation(paper_id: int, consultation_id: int) -> Consultation:
    consultation = next((each for each in _get(paper_id).consultations if each.id == consultation_id), None)
    return consultation or abort(404)


def _flash_of(form: PaperForm, done: str) -> None:
    flash(done)
    if form.unusual:
        flash(form.unusual, "warning")


def _organizations() -> dict[str, Organization]:
    return {each.slug: each for each in structures.organizations() if each.kind not in structures.CIVIL_SOCIETY}


def _head(form: PaperForm, known: dict[str, Organization]) -> PaperHead:
    effect = form.financial_effect.data
    return {
        "kind": form.kind.data,
        "title": form.title.data,
        "organization": known[form.organization.data],
        "number": form.number.data.strip() or None,
        "dated_on": form.dated_on.data,
        "financial_effect": form.financial_effect.data,
        "financial_amount": form.financial_amount.data if effect is FinancialEffect.QUANTIFIED else None,
        "financial_year": form.financial_year.data if effect in OF_YEAR else None,
    }


def _back(paper_id: int) -> Response:
    return redirect(url_for("papers_desk.edit", paper_id=paper_id), 303)


def _page(form: FlaskForm, paper: Paper, title: str, submit: str, *, has_file: bool = False) -> tuple[str, int]:
    page = render_template(
        "council/desk/form.html", form=form, paper=paper, title=title, submit=submit, has_file=has_file
    )
    return page, 422 if form.errors else 200
