"""The programme of an event."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events import queries, rules, services
from app.events.errors import ItemInUse, OutsideTheEvent
from app.events.forms import ItemForm
from app.events.models import PERSON_ROLE_LABELS, ProgrammeItem
from app.events.views_desk.events import get_or_404
from app.registrations import services as registrations
from app.registrations.errors import CapacityTaken
from app.web.access import current_account, requires

bp = Blueprint("programme_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/programm")


@bp.get("")
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    return render_template("events/desk/programme.html", event=get_or_404(event_id), roles=PERSON_ROLE_LABELS)


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def add(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    last = event.programme[-1].ends_at if event.programme else event.starts_at
    form = ItemForm(starts_at=min(last, event.ends_at), ends_at=event.ends_at).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            services.add_item(event, by=current_account(), **form.fields)
        except OutsideTheEvent as error:
            form.starts_at.errors = [str(error)]
        else:
            return _back(event_id)
    return render_template("events/desk/item.html", event=event, form=form, item=None), 422 if form.errors else 200


@bp.route("/<int:item_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(event_id: int, item_id: int) -> ResponseReturnValue:
    item = _get_item(event_id, item_id)
    form = ItemForm.of(item).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            registrations.change_item(item, by=current_account(), **form.fields)
        except OutsideTheEvent as error:
            form.starts_at.errors = [str(error)]
        except CapacityTaken as error:
            form.capacity.errors = [str(error)]
        except ItemInUse as error:
            form.is_bookable.errors = [str(error)]
        else:
            return _back(event_id)
    page = render_template("events/desk/item.html", event=item.event, form=form, item=item, remove_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<int:item_id>/entfernung")
@requires(rules.can_edit_events)
def remove(event_id: int, item_id: int) -> ResponseReturnValue:
    services.remove_item(_get_item(event_id, item_id), by=current_account())
    flash(_("Der Programmpunkt ist entfernt."))
    return _back(event_id)


def _get_item(event_id: int, item_id: int) -> ProgrammeItem:
    item = queries.get_item(item_id)
    if item is None or item.event_id != event_id:
        abort(404)
    return item


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("programme_desk.index", event_id=event_id), 303)
