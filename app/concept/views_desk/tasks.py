"""Next steps at the desk: those that are due, and what was done."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import rules, services
from app.concept.errors import TaskDone
from app.concept.forms_desk import DoneForm
from app.concept.models import RoadmapTask
from app.concept.tasks import due_tasks
from app.db import db, now
from app.local_time import day_of
from app.web.access import current_account, requires

bp = Blueprint("tasks_desk", __name__, url_prefix="/verwaltung/konzept/aufgaben")


@bp.get("/faellig")
@requires(rules.can_edit_concept)
def index() -> ResponseReturnValue:
    today = day_of(now())
    return render_template("concept/desk/due_tasks.html", tasks=due_tasks(today), today=today)


@bp.route("/<int:task_id>/erledigt", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def finish(task_id: int) -> ResponseReturnValue:
    task, today = _get(task_id), day_of(now())
    if not task.is_open:
        raise TaskDone
    form = DoneForm(done_on=today, due=task.due.notation)
    form.latest = today
    if form.validate_on_submit():
        services.finish_task(task, on=form.done_on.data, seen=form.due.data, by=current_account())
        flash(_("Erledigt. Der nächste Termin: %(due)s.", due=task.due) if task.is_open else _("Erledigt."))
        return redirect(url_for("document_entries_desk.index", noun="aufgaben"), 303)
    return render_template("concept/desk/finish_task.html", form=form, task=task), 422 if form.errors else 200


@bp.post("/<int:task_id>/wiederaufnahme")
@requires(rules.can_edit_concept)
def reopen(task_id: int) -> ResponseReturnValue:
    services.reopen_task(_get(task_id), by=current_account())
    flash(_("Der Schritt steht wieder bei den nächsten Schritten."))
    return redirect(url_for("document_entries_desk.index", noun="aufgaben"), 303)


def _get(task_id: int) -> RoadmapTask:
    return db.session.get(RoadmapTask, task_id) or abort(404)
