"""What an event asks consent to, and in which words: the organisers' pages."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events.models import Event
from app.events.queries import get_event
from app.registrations import questionnaire, rules
from app.registrations.consent_words import DEFAULT_WORDS, NAMES, PURPOSES
from app.registrations.forms import ConsentTextForm
from app.registrations.models import CONSENT_PURPOSE_LABELS
from app.registrations.services import consents
from app.web.access import current_account, requires

bp = Blueprint("consents_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/einwilligungen")
PURPOSE = f"<any({','.join(PURPOSES)}):purpose>"


@bp.get("")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    return render_template(
        "registrations/desk/consents.html",
        event=event,
        current=questionnaire.current_consents(event.id),
        history=questionnaire.consent_history(event.id),
        labels=CONSENT_PURPOSE_LABELS,
        words=DEFAULT_WORDS,
        names=NAMES,
        form=FlaskForm(),
    )


@bp.route(f"/{PURPOSE}", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def write(event_id: int, purpose: str) -> ResponseReturnValue:
    event = _get_event(event_id)
    wanted = PURPOSES[purpose]
    current = questionnaire.current_consents(event.id).get(wanted)
    form = ConsentTextForm(text=current.text if current else str(DEFAULT_WORDS[wanted]))
    if form.validate_on_submit():
        consents.write_consent(event, wanted, form.text.data, by=current_account())
        flash(_("Gespeichert. Wer sich ab jetzt anmeldet, liest diesen Wortlaut."))
        return redirect(url_for("consents_desk.index", event_id=event_id), 303)
    page = render_template(
        "registrations/desk/consent.html", event=event, form=form, label=CONSENT_PURPOSE_LABELS[wanted]
    )
    return page, 422 if form.errors else 200


@bp.post(f"/{PURPOSE}/ende")
@requires(rules.can_manage_registrations)
def ask_no_more(event_id: int, purpose: str) -> ResponseReturnValue:
    consents.ask_no_more(_get_event(event_id), PURPOSES[purpose], by=current_account())
    flash(_("Danach wird nicht mehr gefragt. Wer schon zugestimmt hat: Das bleibt."))
    return redirect(url_for("consents_desk.index", event_id=event_id), 303)


def _get_event(event_id: int) -> Event:
    return get_event(event_id) or abort(404)
