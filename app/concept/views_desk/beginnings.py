"""How a concept comes here: founded at the desk, or taken in from the file of another installation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import importing, queries, rules, services
from app.concept.catalogue import WORKING
from app.concept.errors import FileRefused, NumberTaken, SlugTaken
from app.concept.forms_beginning import LARGEST_FILE, SENT_AGAIN, ConceptFileForm, ConceptForm, TakeInForm
from app.concept.models import ConceptKind
from app.web.access import current_account, requires
from app.web.parameters import takes_up_to

bp = Blueprint("concepts_desk", __name__, url_prefix="/verwaltung/konzept")


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def create() -> ResponseReturnValue:
    concepts = {each.slug: each for each in queries.concepts()}
    working = queries.find_working_edition()
    form = ConceptForm(
        predecessor=working.concept.slug if working else "",
        kind=ConceptKind.CONTINUATION if working else ConceptKind.FRAMEWORK,
    )
    form.offer(concepts.values())
    if form.validate_on_submit():
        concept = services.found_concept(
            title=form.title.data,
            kind=form.kind.data,
            predecessor=concepts.get(form.predecessor.data),
            reason=form.reason.data or "",
            by=current_account(),
        )
        flash(_("Das Konzept „%(title)s“ ist angelegt. Was Sie jetzt schreiben, gehört zu ihm.", title=concept.title))
        return redirect(url_for("concept_desk.index"), 303)
    page = render_template("concept/desk/found.html", form=form, working=working)
    return page, 422 if form.errors else 200


@bp.route("/einlesen", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
@takes_up_to(LARGEST_FILE + 1024 * 1024)
def take_in() -> ResponseReturnValue:
    """First the file and what it would make, then a second page that makes it."""
    form = ConceptFileForm()
    if form.validate_on_submit():
        try:
            report = importing.preview(form.content)
        except (FileRefused, SlugTaken, NumberTaken) as error:
            form.file.errors = [str(error)]
        else:
            again = TakeInForm.of(form.content)
            return render_template("concept/desk/take_in_preview.html", report=report, form=again)
    return render_template("concept/desk/take_in.html", form=form), 422 if form.errors else 200


@bp.post("/einlesen/uebernahme")
@requires(rules.can_edit_concept)
@takes_up_to(SENT_AGAIN, in_fields=True)
def accept() -> ResponseReturnValue:
    form = TakeInForm()
    refused: list[str] = []
    if form.validate_on_submit():
        try:
            report = importing.take_in(form.content, by=current_account())
        except (FileRefused, SlugTaken, NumberTaken) as error:
            refused = [str(error)]
        else:
            flash(_("„%(title)s“ ist eingelesen.", title=report.title))
            is_working = report.slug == WORKING
            return redirect(
                url_for("concept_desk.index") if is_working else url_for("editions.show", slug=report.slug), 303
            )
    empty = ConceptFileForm(formdata=None)
    empty.file.errors = refused or [message for messages in form.errors.values() for message in messages]
    return render_template("concept/desk/take_in.html", form=empty), 422
