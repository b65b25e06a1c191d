"""What an event is attached to: measures, bodies, municipalities."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from app.events import queries, rules
from app.events.forms import AttachForm
from app.events.models import Event
from app.events.views_desk.events import get_or_404
from app.registrations import services as registrations
from app.web.access import current_account, requires

bp = Blueprint("attachments_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/zuordnung")


class Noun(NamedTuple):
    """One kind of what an event can be attached to: its collection, and what its rows name."""

    label: object
    collection: str
    target: str
    known: Callable[[], Mapping[str, Any]]


NOUNS = {
    "massnahmen": Noun(_("Maßnahmen"), "measures", "measure", queries.named_measures),
    "gremien": Noun(_("Gremien und Organisationen"), "bodies", "organization", queries.named_organizations),
    "gemeinden": Noun(_("Städte und Gemeinden"), "municipalities", "municipality", queries.named_municipalities),
}
KIND = "<any(massnahmen,gremien,gemeinden):kind>"


@bp.get("")
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    return _page(get_or_404(event_id), {})


@bp.post(f"/{KIND}")
@requires(rules.can_edit_events)
def add(event_id: int, kind: str) -> ResponseReturnValue:
    event, noun = get_or_404(event_id), NOUNS[kind]
    form = AttachForm(prefix=kind).choose_from(noun.known())
    if not form.validate_on_submit():
        return _page(event, {kind: form}), 422
    _attach(event, noun, [*_attached(event, noun), form.chosen])
    flash(gettext("Zugeordnet."))
    return redirect(url_for("attachments_desk.index", event_id=event_id), 303)


@bp.post(f"/{KIND}/<int:row_id>/entfernung")
@requires(rules.can_edit_events)
def remove(event_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    event, noun = get_or_404(event_id), NOUNS[kind]
    attached = _attached(event, noun)
    kept = [each for each in attached if each.id != row_id]
    if kept == attached:
        abort(404)
    _attach(event, noun, kept)
    flash(gettext("Die Zuordnung ist entfernt."))
    return redirect(url_for("attachments_desk.index", event_id=event_id), 303)


def _page(event: Event, filled: Mapping[str, AttachForm]) -> str:
    areas = []
    for kind, noun in NOUNS.items():
        words = {row.id: name for name, row in noun.known().items()}
        form = filled.get(kind) or AttachForm(formdata=None, prefix=kind)
        attached = {each.id: words[each.id] for each in _attached(event, noun)}
        areas.append({"kind": kind, "label": noun.label, "form": form, "attached": attached, "known": words.values()})
    return render_template(
        "events/desk/attachments.html", event=event, areas=areas, remove_form=FlaskForm(formdata=None)
    )


def _attached(event: Event, noun: Noun) -> list[Any]:
    return [getattr(each, noun.target) for each in getattr(event, noun.collection)]


def _attach(event: Event, noun: Noun, rows: list[Any]) -> None:
    registrations.change_event(event, by=current_account(), **{noun.collection: rows})  # type: ignore[arg-type]
