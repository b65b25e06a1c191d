"""The queue of moderation: several from a page, all that the filters show, who reads what, the last step back."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.calls.queries import published_calls
from app.capture.queries import open_tables
from app.db import now
from app.local_time import day_of
from app.moderation import periods, queries, signals
from app.moderation.forms import BulkForm, UpToForm
from app.moderation.models import BlockKind
from app.moderation.queries import QueueFilters
from app.moderation.services import moderation
from app.proposals import languages, rules
from app.proposals import queries as proposals
from app.proposals.entries import source_of
from app.proposals.models import CHANNEL_LABELS, Channel, Proposal, ProposalState
from app.web.access import current_account, requires
from app.web.parameters import whole

RECEIVED = ProposalState.RECEIVED

bp = Blueprint("moderations_desk", __name__, url_prefix="/verwaltung/moderation")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    filters = filters_of_request()
    waiting = queries.waiting(filters, request.args.get("seite", 1, type=whole))
    form = BulkForm(
        [proposal.id for proposal in waiting.items], queries.text_blocks(BlockKind.REASON), queries.colleagues()
    )
    if form.validate_on_submit():
        chosen = [proposal for proposal in waiting.items if proposal.id in form.chosen.data]
        message = _act(form, chosen)
        if message:
            flash(message)
            return redirect(url_for("moderations_desk.index", **address(filters)), 303)
    page = render_template(
        "moderation/queue.html",
        waiting=waiting,
        filters=filters,
        narrowed=address(filters),
        address=lambda number: url_for("moderations_desk.index", seite=number, **address(filters)),
        form=form,
        plain_form=FlaskForm(),
        undoable=queries.undoable(current_account(), now()),
        due_on=periods.due_on,
        today=day_of(now()),
        signals=signals.of(waiting.items),
        sections=[(section.slug, section.title) for section in proposals.sections()],
        channels=[(channel.value, label) for channel, label in CHANNEL_LABELS.items()],
        language_choices=[(code, languages.name_of(code)) for code in proposals.languages_in_use(RECEIVED)],
        call_choices=[(call.slug, call.title) for call in published_calls()],
        events=[(str(event.id), event.title) for event in queries.events_in_queue()],
        elsewhere=queries.count_elsewhere(),
        writing=open_tables(),
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.route("/alle", methods=["GET", "POST"])
@requires(rules.can_moderate)
def release_all() -> ResponseReturnValue:
    """All that the filters show, up to the newest that was there when the page was read."""
    filters = filters_of_request()
    form = UpToForm()
    if form.validate_on_submit():
        chosen = queries.waiting_up_to(filters, form.last.data)
        moderation.release(chosen, by=current_account())
        flash(_reviewed(len(chosen)))
        return redirect(url_for("moderations_desk.index", **address(filters)), 303)
    last = queries.last_waiting(filters)
    page = render_template(
        "moderation/release_all.html",
        form=UpToForm(formdata=None, last=last),
        count=len(queries.waiting_up_to(filters, last)),
        narrowed=address(filters),
    )
    return page, 422 if form.errors else 200


@bp.post("/ruecknahme")
@requires(rules.can_moderate)
def undo() -> ResponseReturnValue:
    """The last step of whoever is signed in, if it is still the one their page showed."""
    steps = queries.undoable(current_account(), now())
    shown = request.form.get("step", 0, type=whole)
    moderation.undo([step for step in steps if steps[-1].id == shown], by=current_account())
    flash(ngettext("Ein Beitrag wartet wieder.", "%(num)s Beiträge warten wieder.", len(steps)))
    narrowed = address(filters_of_request())
    if len(steps) == 1:
        return redirect(url_for("moderations_desk.show", reference=steps[0].proposal.reference, **narrowed), 303)
    return redirect(url_for("moderations_desk.index", **narrowed), 303)


def filters_of_request() -> QueueFilters:
    channel = request.args.get("kanal", "")
    whose = request.args.get("zustaendig", "")
    return QueueFilters(
        section=request.args.get("feld", ""),
        channel=channel if channel in set(Channel) else "",
        event=request.args.get("veranstaltung", 0, type=whole),
        language=request.args.get("sprache", ""),
        call=request.args.get("aufruf", ""),
        search=request.args.get("suche", "").strip(),
        assigned_to=current_account().id if whose == "mir" else 0,
        is_unassigned=whose == "niemand",
        is_overdue=request.args.get("frist", "") == "vorbei",
        by_signals=request.args.get("reihenfolge", "") == "auffaellig",
        of_closed_tables=request.args.get("tische", "") == "abgeschlossen",
    )


def address(filters: QueueFilters) -> dict[str, Any]:
    """As it stands in the address."""
    chosen = {
        "feld": filters.section,
        "kanal": filters.channel,
        "veranstaltung": filters.event,
        "sprache": filters.language,
        "aufruf": filters.call,
        "suche": filters.search,
        "zustaendig": "mir" if filters.assigned_to else "niemand" if filters.is_unassigned else "",
        "frist": "vorbei" if filters.is_overdue else "",
        "reihenfolge": "auffaellig" if filters.by_signals else "",
        "tische": "abgeschlossen" if filters.of_closed_tables else "",
    }
    return {name: value for name, value in chosen.items() if value}


def _act(form: BulkForm, chosen: list[Proposal]) -> str:
    """What the button says; empty where something is missing."""
    step = request.args.get("schritt", "")
    if step == "zuweisen":
        moderation.assign(chosen, to=form.chosen_colleague, by=current_account())
        return str(ngettext("Ein Beitrag ist zugewiesen.", "%(num)s Beiträge sind zugewiesen.", len(chosen)))
    if step != "zurueckhalten":
        moderation.release(chosen, seen=RECEIVED, by=current_account())
        return _reviewed(len(chosen))
    if not moderation.worded(form.chosen_block, form.reason.data or ""):
        form.reason.errors = [_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")]
        return ""
    moderation.withhold(
        chosen, reason=form.reason.data or "", block=form.chosen_block, seen=RECEIVED, by=current_account()
    )
    return _reviewed(len(chosen))


def _reviewed(count: int) -> str:
    return str(ngettext("Ein Beitrag ist geprüft.", "%(num)s Beiträge sind geprüft.", count))
