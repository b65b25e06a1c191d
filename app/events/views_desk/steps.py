"""What happens to an event as a whole: published, closed, postponed, cancelled; and a new one made from it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events import rules, services
from app.events.errors import ChangesTooLate, ClosesTooLate, NewTimeNeeded, OpensTooLate, OutsideTheEvent
from app.events.forms import CloneForm, RescheduleForm
from app.events.views_desk.events import bp, get_or_404
from app.registrations import services as registrations
from app.registrations.queries import persons_at
from app.web.access import current_account, requires


@bp.post("/<int:event_id>/veroeffentlichung")
@requires(rules.can_edit_events)
def publish(event_id: int) -> ResponseReturnValue:
    services.publish(get_or_404(event_id), by=current_account())
    return _done(event_id, _("Die Veranstaltung ist veröffentlicht."))


@bp.post("/<int:event_id>/schliessung")
@requires(rules.can_edit_events)
def close(event_id: int) -> ResponseReturnValue:
    registrations.close_event(get_or_404(event_id), by=current_account())
    return _done(event_id, _("Die Anmeldung ist geschlossen. Wer auf der Warteliste steht, bekommt eine Mail."))


@bp.post("/<int:event_id>/oeffnung")
@requires(rules.can_edit_events)
def reopen(event_id: int) -> ResponseReturnValue:
    registrations.reopen_event(get_or_404(event_id), by=current_account())
    return _done(event_id, _("Die Anmeldung ist wieder offen. Wer auf der Warteliste steht, bekommt eine Mail."))


@bp.route("/<int:event_id>/verschiebung", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def postpone(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    form = FlaskForm()
    if form.validate_on_submit():
        registrations.postpone_event(event, by=current_account())
        return _done(event_id, _("Die Veranstaltung ist verschoben. Wer angemeldet ist, bekommt eine Mail."))
    persons = persons_at([event.id])[event.id]
    return render_template("events/desk/postpone.html", event=event, form=form, persons=persons)


@bp.route("/<int:event_id>/neuer-termin", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def reschedule(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    form = RescheduleForm()
    if form.validate_on_submit():
        try:
            registrations.reschedule_event(
                event,
                starts_at=form.starts_at.data,
                ends_at=form.ends_at.data,
                registration_closes_at=form.registration_closes_at.data,
                by=current_account(),
            )
        except NewTimeNeeded as error:
            form.starts_at.errors = [str(error)]
        except (ClosesTooLate, OpensTooLate) as error:
            form.registration_closes_at.errors = [str(error)]
        except (ChangesTooLate, OutsideTheEvent) as error:
            form.ends_at.errors = [str(error)]
        else:
            return _done(event_id, _("Der neue Termin steht. Wer angemeldet ist, bekommt eine Mail."))
    return render_template("events/desk/reschedule.html", event=event, form=form), 422 if form.errors else 200


@bp.route("/<int:event_id>/absage", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def cancel(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    form = FlaskForm()
    if form.validate_on_submit():
        registrations.cancel_event(event, by=current_account())
        return _done(event_id, _("Die Veranstaltung ist abgesagt. Wer angemeldet ist, bekommt eine Mail."))
    persons = persons_at([event.id])[event.id]
    return render_template("events/desk/cancel.html", event=event, form=form, persons=persons)


@bp.route("/<int:event_id>/kopie", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def clone(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    form = CloneForm(title=event.title)
    if form.validate_on_submit():
        copy = registrations.clone_event(
            event, title=form.title.data.strip(), starts_at=form.starts_at.data, by=current_account()
        )
        return _done(copy.id, _("Die Kopie ist angelegt. Öffentlich wird sie erst, wenn Sie sie veröffentlichen."))
    return render_template("events/desk/clone.html", event=event, form=form), 422 if form.errors else 200


def _done(event_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("events_desk.edit", event_id=event_id), 303)
