"""Print jobs: planned, delivered, sent to the list, handed out."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from app.concept import queries as concept
from app.concept.forms import offer_frozen
from app.db import now
from app.distribution import labels, queries, rules, services
from app.distribution.errors import AlreadyDelivered, AlreadyPresented, NobodyChosen, NotDelivered, TooFewLeft
from app.distribution.forms import (
    DeliveryForm,
    HandOutForm,
    NewPrintJobForm,
    PresentationForm,
    PrintJobForm,
    SendForm,
)
from app.distribution.models import PRINT_FORMAT_LABELS, PrintJob, Recipient
from app.events import queries as events
from app.events.models import Event
from app.local_time import day_of
from app.spreadsheets import MIMETYPES
from app.web.access import current_account, requires
from app.web.filters import short_day
from app.web.parameters import whole

bp = Blueprint("print_jobs_desk", __name__, url_prefix="/verwaltung/druck")


@bp.get("")
@requires(rules.can_distribute)
def index() -> ResponseReturnValue:
    return render_template("distribution/desk/print_jobs.html", jobs=queries.print_jobs(), formats=PRINT_FORMAT_LABELS)


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_distribute)
def create() -> ResponseReturnValue:
    editions = {edition.slug: edition for edition in concept.all_editions()}
    form = NewPrintJobForm(edition=request.args.get("fassung", ""))
    offer_frozen(form.edition, editions.values(), or_none=False)
    if form.validate_on_submit():
        job = services.plan_print_job(editions[form.edition.data], by=current_account(), **_order(form))
        flash(_("Der Druck ist geplant."))
        return redirect(url_for("print_jobs_desk.show", job_id=job.id), 303)
    page = render_template("distribution/desk/print_job.html", form=form, title=_("Druck planen"), back=None)
    return page, 422 if form.errors else 200


@bp.get("/<int:job_id>")
@requires(rules.can_distribute)
def show(job_id: int) -> ResponseReturnValue:
    return _page(_get(job_id))


@bp.route("/<int:job_id>/bearbeitung", methods=["GET", "POST"])
@requires(rules.can_distribute)
def edit(job_id: int) -> ResponseReturnValue:
    job = _get(job_id)
    form = PrintJobForm(
        data={
            name: getattr(job, name) for name in ("title", "format", "planned", "copies", "printer", "cost", "source")
        }
    )
    if form.validate_on_submit():
        try:
            services.change_print_job(job, by=current_account(), **_order(form))
        except AlreadyDelivered as error:
            form.copies.errors = [str(error)]
        else:
            return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)
    page = render_template("distribution/desk/print_job.html", form=form, title=_("Druck bearbeiten"), back=job)
    return page, 422 if form.errors else 200


@bp.post("/<int:job_id>/verwerfung")
@requires(rules.can_distribute)
def discard(job_id: int) -> ResponseReturnValue:
    services.discard_print_job(_get(job_id), by=current_account())
    flash(_("Der geplante Druck ist verworfen."))
    return redirect(url_for("print_jobs_desk.index"), 303)


@bp.post("/<int:job_id>/lieferung")
@requires(rules.can_distribute)
def take_delivery(job_id: int) -> ResponseReturnValue:
    job, form = _get(job_id), DeliveryForm()
    if not form.validate_on_submit():
        return _page(job, delivery=form), 422
    services.take_delivery(job, copies=form.copies.data, delivered_on=form.delivered_on.data, by=current_account())
    flash(_("Die Lieferung ist eingetragen."))
    return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)


@bp.post("/<int:job_id>/versand")
@requires(rules.can_distribute)
def send(job_id: int) -> ResponseReturnValue:
    job, form = _get(job_id), SendForm()
    known = {each.id: each for group in queries.groups() for each in group.recipients}
    form.recipients.choices = [SelectChoice(each.id, each.name) for each in known.values()]
    if form.validate_on_submit():
        chosen = [known[each] for each in form.recipients.data]
        try:
            count = services.send(job, chosen, sent_on=form.sent_on.data, by=current_account())
        except (NobodyChosen, NotDelivered, TooFewLeft) as error:
            form.recipients.errors = [str(error)]
        else:
            flash(ngettext("An eine Adresse versandt.", "An %(num)s Adressen versandt.", count))
            return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)
    return _page(job, sending=form), 422


@bp.post("/<int:job_id>/ausgabe")
@requires(rules.can_distribute)
def hand_out(job_id: int) -> ResponseReturnValue:
    job, form, offered = _get(job_id), HandOutForm(), events.all_events()
    _offer_events(form.event, offered, _("keine bestimmte Veranstaltung"))
    if form.validate_on_submit():
        try:
            services.hand_out(
                job,
                copies=form.copies.data,
                purpose=form.purpose.data,
                event=_chosen(form.event.data, offered),
                sent_on=form.handed_out_on.data,
                by=current_account(),
            )
        except (NotDelivered, TooFewLeft) as error:
            form.copies.errors = [str(error)]
        else:
            flash(_("Die Ausgabe ist eingetragen."))
            return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)
    return _page(job, handing_out=form), 422


@bp.post("/<int:job_id>/versand/<int:dispatch_id>/ruecknahme")
@requires(rules.can_distribute)
def take_back(job_id: int, dispatch_id: int) -> ResponseReturnValue:
    dispatch = queries.find_dispatch(dispatch_id)
    if dispatch is None or dispatch.job_id != job_id:
        abort(404)
    services.take_back(dispatch, by=current_account())
    flash(_("Zurückgenommen. Die Exemplare sind wieder im Bestand."))
    return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)


@bp.post("/<int:job_id>/vorstellung")
@requires(rules.can_distribute)
def present(job_id: int) -> ResponseReturnValue:
    job, form, offered = _get(job_id), PresentationForm(), events.all_events()
    _offer_presenting(form, offered)
    if form.validate_on_submit():
        event = _chosen(form.occasion.data, offered) or abort(404)
        group = queries.find_group(form.group.data)
        try:
            services.present(job.edition, event, group=group, by=current_account())
        except AlreadyPresented as error:
            form.occasion.errors = [str(error)]
        else:
            flash(_("Die Vorstellung ist eingetragen."))
            return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)
    return _page(job, presenting=form), 422


@bp.post("/<int:job_id>/vorstellung/<int:presentation_id>/ruecknahme")
@requires(rules.can_distribute)
def withdraw_presentation(job_id: int, presentation_id: int) -> ResponseReturnValue:
    presentation = queries.find_presentation(presentation_id)
    if presentation is None or presentation.edition_id != _get(job_id).edition_id:
        abort(404)
    services.withdraw_presentation(presentation, by=current_account())
    flash(_("Die Vorstellung ist zurückgenommen."))
    return redirect(url_for("print_jobs_desk.show", job_id=job_id), 303)


@bp.get("/<int:job_id>/etiketten.pdf")
@requires(rules.can_distribute)
def print_labels(job_id: int) -> ResponseReturnValue:
    """For the addresses that still wait; of a group, or of all."""
    job = _get(job_id)
    sheet = labels.SHEETS.get(request.args.get("bogen", "70x36")) or abort(404)
    waiting = [each for each in queries.waiting(job, request.args.get("gruppe", "")) if each.is_complete]
    content = labels.labels_pdf(job, waiting, sheet=sheet, first=request.args.get("ab", 1, type=whole))
    return _file(content, "application/pdf", "etiketten.pdf", "inline")


@bp.get("/<int:job_id>/serienbrief.csv")
@requires(rules.can_distribute)
def download_addresses(job_id: int) -> ResponseReturnValue:
    waiting = queries.waiting(_get(job_id), request.args.get("gruppe", ""))
    return _file(labels.merge_csv(waiting), MIMETYPES["csv"], "serienbrief.csv", "attachment")


def _page(
    job: PrintJob,
    *,
    delivery: DeliveryForm | None = None,
    sending: SendForm | None = None,
    handing_out: HandOutForm | None = None,
    presenting: PresentationForm | None = None,
) -> str:
    """The job with its forms; the one that was refused as it was typed."""
    today = day_of(now())
    group = request.args.get("gruppe", "")
    waiting = queries.waiting(job, group)
    offered = events.all_events()
    sending = sending or SendForm(formdata=None, sent_on=today, recipients=[each.id for each in waiting])
    sending.recipients.choices = [SelectChoice(each.id, _in_words(each)) for each in waiting]
    handing_out = handing_out or HandOutForm(formdata=None, handed_out_on=today)
    _offer_events(handing_out.event, offered, _("keine bestimmte Veranstaltung"))
    presenting = presenting or PresentationForm(formdata=None)
    _offer_presenting(presenting, offered)
    return render_template(
        "distribution/desk/show.html",
        job=job,
        formats=PRINT_FORMAT_LABELS,
        waiting=waiting,
        groups=queries.groups(),
        group=group,
        sheets=labels.SHEETS,
        delivery=delivery or DeliveryForm(formdata=None, copies=job.copies, delivered_on=today),
        sending=sending,
        handing_out=handing_out,
        presenting=presenting,
        presentations=queries.presentations(job.edition),
        form=FlaskForm(),
    )


def _in_words(recipient: Recipient) -> str:
    copies = ngettext("ein Exemplar", "%(num)s Exemplare", recipient.copies)
    if recipient.is_complete:
        return f"{recipient.name}, {copies}"
    return str(_("%(name)s, %(copies)s, Anschrift unvollständig", name=recipient.name, copies=copies))


def _offer_events(field: SelectField, offered: Sequence[Event], empty: str) -> None:
    field.choices = [SelectChoice("", empty)] + [
        SelectChoice(str(each.id), f"{short_day(each.starts_at)} {each.title}") for each in offered
    ]


def _offer_presenting(form: PresentationForm, offered: Sequence[Event]) -> None:
    _offer_events(form.occasion, offered, _("Bitte wählen"))
    form.group.choices = [SelectChoice("", _("alle"))] + [
        SelectChoice(each.slug, each.title) for each in queries.groups()
    ]


def _chosen(value: str, offered: Sequence[Event]) -> Event | None:
    return next((each for each in offered if str(each.id) == value), None)


def _order(form: PrintJobForm) -> services.Order:
    return services.Order(
        title=form.title.data.strip(),
        format=form.format.data,
        planned=form.planned.data,
        copies=form.copies.data,
        printer=form.printer.data.strip(),
        cost=form.cost.data,
        source=form.source.data.strip(),
    )


def _get(job_id: int) -> PrintJob:
    return queries.find_job(job_id) or abort(404)


def _file(content: bytes, content_type: str, name: str, disposition: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers.set("Content-Disposition", disposition, filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
