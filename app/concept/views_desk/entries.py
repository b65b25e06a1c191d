"""The glossary, figures, steps, tasks and binding definitions at the desk: what chapters are made from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy import select

from app.concept import queries, rules, services
from app.concept.errors import ChangedMeanwhile, StepThere, TermThere
from app.concept.forms_desk import REPEATS, DefinitionForm, EntryForm, IndicatorForm, StepForm, TaskForm, TermForm
from app.concept.models import Definition, GlossaryTerm, Indicator, ProcessStep, RoadmapTask
from app.concept.stand import stand_of
from app.concept.views_desk.working import check_begun
from app.council import queries as council
from app.db import db
from app.drafting.views_desk.keeping import Keeping, keeping
from app.errors import DomainError
from app.structures import queries as structures
from app.web.access import current_account, requires
from app.web.filters import number, short_day

bp = Blueprint("document_entries_desk", __name__, url_prefix="/verwaltung/konzept")


@dataclass(frozen=True)
class Noun:
    """A kind of rows: what they are called, their form, in which order they stand and what a list shows of them."""

    model: Any
    form: type[EntryForm]
    title: object
    add: object
    order: Any
    name: Callable[[Any], str]
    about: Callable[[Any], str]
    given: Callable[[Any], dict[str, object]]


NOUNS = {
    "glossar": Noun(
        GlossaryTerm,
        TermForm,
        lazy_gettext("Glossar"),
        lazy_gettext("Begriff ergänzen"),
        GlossaryTerm.term,
        lambda row: row.term,
        lambda row: row.plain,
        lambda row: {"term": row.term, "plain": row.plain, "easy": row.easy},
    ),
    "kennzahlen": Noun(
        Indicator,
        IndicatorForm,
        lazy_gettext("Kennzahlen"),
        lazy_gettext("Kennzahl ergänzen"),
        Indicator.id,
        lambda row: row.title,
        lambda row: f"{number(row.value)} {row.unit}, {row.as_of:%d.%m.%Y}",
        lambda row: {
            "title": row.title,
            "value": row.value,
            "unit": row.unit,
            "as_of": row.as_of,
            "source": row.source,
            "municipality": row.municipality.ags if row.municipality else "",
        },
    ),
    "ablauf": Noun(
        ProcessStep,
        StepForm,
        lazy_gettext("Die Schritte der Beteiligung"),
        lazy_gettext("Schritt ergänzen"),
        ProcessStep.number,
        lambda row: f"{row.number}. {row.title}",
        lambda row: str(row.held) if row.held else _("noch offen"),
        lambda row: {
            "number": row.number,
            "title": row.title,
            "held": row.held,
            "note": row.note,
            "organization": row.organization.slug if row.organization else "",
            "paper": row.paper.slug if row.paper else "",
            "edition": row.edition.slug if row.edition else "",
        },
    ),
    "aufgaben": Noun(
        RoadmapTask,
        TaskForm,
        lazy_gettext("Die nächsten Schritte"),
        lazy_gettext("Schritt ergänzen"),
        RoadmapTask.position,
        lambda row: row.title,
        lambda row: ", ".join(_about_task(row)),
        lambda row: {
            "title": row.title,
            "due": row.due,
            "responsible": row.responsible.slug if row.responsible else "",
            "repeats_months": row.repeats_months or 0,
        },
    ),
}
NOUN = "<any(glossar, kennzahlen, ablauf, aufgaben):noun>"
AT: dict[type[DomainError], str] = {TermThere: "term", StepThere: "number"}  # the field that is refused


@bp.get(f"/{NOUN}")
@requires(rules.can_edit_concept)
def index(noun: str) -> ResponseReturnValue:
    kind = NOUNS[noun]
    rows: Sequence[Any] = db.session.scalars(select(kind.model).order_by(kind.order, kind.model.id)).all()
    return render_template("concept/desk/entries.html", noun=noun, kind=kind, rows=rows, confirm=FlaskForm())


@bp.route(f"/{NOUN}/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add(noun: str) -> ResponseReturnValue:
    check_begun()
    form = _offered(NOUNS[noun].form(), None)
    kept = keeping(form)
    if form.validate_on_submit():
        try:
            kept.send(lambda: services.add_entry(NOUNS[noun].model, by=current_account(), **form.values()))
        except (TermThere, StepThere) as error:
            form[AT[type(error)]].errors = [str(error)]
        else:
            return _saved(noun)
    return _page(form, noun, None, kept)


@bp.route(f"/{NOUN}/<int:entry_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def edit(noun: str, entry_id: int) -> ResponseReturnValue:
    entry = _get(noun, entry_id)
    form = _offered(NOUNS[noun].form(**NOUNS[noun].given(entry), stand=stand_of(entry)), entry)
    kept = keeping(form)
    if form.validate_on_submit():
        values, stand = form.values(), form.expected_stand
        try:
            kept.send(lambda: services.change_entry(entry, by=current_account(), expected_stand=stand, **values))
        except (TermThere, StepThere) as error:
            form[AT[type(error)]].errors = [str(error)]
        except ChangedMeanwhile as error:
            entry = _get(noun, entry_id)
            form.stand.data = stand_of(entry)
            return _page(form, noun, entry, kept, meanwhile=error)
        else:
            return _saved(noun)
    return _page(form, noun, entry, kept)


@bp.route(f"/{NOUN}/<int:entry_id>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def remove(noun: str, entry_id: int) -> ResponseReturnValue:
    entry, form = _get(noun, entry_id), FlaskForm()
    if form.validate_on_submit():
        services.remove_entry(entry, by=current_account())
        flash(_("Das steht nicht mehr in der Arbeitsfassung. Frühere Fassungen behalten es."))
        return redirect(url_for("document_entries_desk.index", noun=noun), 303)
    return render_template("concept/desk/remove_entry.html", form=form, noun=noun, entry=entry, kind=NOUNS[noun])


@bp.route("/verstaendnis/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add_definition() -> ResponseReturnValue:
    check_begun()
    form = DefinitionForm()
    kept = keeping(form)
    if form.validate_on_submit():
        given = {"title": form.title.data, "wording": form.wording.data, "source": form.source.data or ""}
        kept.send(lambda: services.add_definition(**given, by=current_account()))
        flash(_("Das Verständnis steht jetzt in der Arbeitsfassung."))
        return redirect(url_for("chapters_desk.index"), 303)
    page = render_template("concept/desk/add_definition.html", form=form, keeping=kept)
    return page, 422 if form.errors else 200


@bp.route("/verstaendnis/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def reword_definition(slug: str) -> ResponseReturnValue:
    definition = _definition(slug)
    given = {"title": definition.title, "wording": definition.text.current.content, "source": definition.source}
    form = DefinitionForm(**given, stand=stand_of(definition))
    meanwhile, kept = None, keeping(form)
    if form.validate_on_submit():
        try:
            kept.send(
                lambda: services.reword_definition(
                    definition,
                    title=form.title.data,
                    wording=form.wording.data,
                    source=form.source.data or "",
                    by=current_account(),
                    expected_stand=form.expected_stand,
                )
            )
        except ChangedMeanwhile as error:
            definition, meanwhile = _definition(slug), error
            form.stand.data = stand_of(definition)
        else:
            flash(_("Der Wortlaut ist gespeichert."))
            return redirect(url_for("chapters_desk.index"), 303)
    page = render_template(
        "concept/desk/definition.html", form=form, definition=definition, meanwhile=meanwhile, keeping=kept
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _page(
    form: EntryForm,
    noun: str,
    entry: Any,  # noqa: ANN401 -- a row of one of the nouns, or None
    kept: Keeping,
    meanwhile: ChangedMeanwhile | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "concept/desk/entry.html",
        form=form,
        noun=noun,
        kind=NOUNS[noun],
        entry=entry,
        meanwhile=meanwhile,
        keeping=kept,
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def _offered(form: EntryForm, entry: Any) -> EntryForm:  # noqa: ANN401 -- as below
    """With what can be chosen; a step of the past belongs to a body of the past."""
    if isinstance(form, IndicatorForm):
        form.offer(structures.municipalities())
    if isinstance(form, TaskForm):
        form.offer(structures.choosable(kept=[entry.responsible] if entry else []))
    if isinstance(form, StepForm):
        form.offer(structures.organizations(), council.papers(with_drafts=True), queries.all_editions())
    return form


def _get(noun: str, entry_id: int) -> Any:  # noqa: ANN401 -- a row of one of the nouns
    return db.session.get(NOUNS[noun].model, entry_id) or abort(404)


def _definition(slug: str) -> Definition:
    return db.session.scalars(select(Definition).where(Definition.slug == slug)).one_or_none() or abort(404)


def _saved(noun: str) -> ResponseReturnValue:
    flash(_("Das ist gespeichert."))
    return redirect(url_for("document_entries_desk.index", noun=noun), 303)


def _about_task(task: RoadmapTask) -> Iterator[str]:
    """When, how often, and whether it was done."""
    if task.is_open:
        yield str(task.due) if task.due else _("noch ohne Termin")
    if task.repeats_months:
        yield str(REPEATS.get(task.repeats_months, _("alle %(months)s Monate", months=task.repeats_months)))
    if task.done_on:
        when = short_day(task.done_on)
        yield _("zuletzt erledigt am %(day)s", day=when) if task.is_open else _("erledigt am %(day)s", day=when)
