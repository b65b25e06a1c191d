"""Chapters at the desk: write with a look at the result, move, take out."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.concept import queries, rules, services
from app.concept.blocks import Blocks
from app.concept.catalogue import WORKING
from app.concept.errors import ChangedMeanwhile, NotPrintable
from app.concept.forms_desk import ChapterForm, PositionForm
from app.concept.markup import parse
from app.concept.models import CHAPTER_CONTENT_LABELS, Chapter
from app.concept.references import places
from app.concept.stand import stand_of
from app.concept.views_desk.conflicts import three_texts
from app.concept.views_desk.working import check_begun
from app.db import db
from app.drafting.views_desk.keeping import Keeping, keeping
from app.languages import SOURCE
from app.publishing.document import finished, quoted
from app.publishing.views.documents import addresses_of, find_document
from app.publishing.voice import speaking
from app.texts.models import Text
from app.web.access import current_account, requires
from app.web.parameters import row_number

bp = Blueprint("chapters_desk", __name__, url_prefix="/verwaltung/konzept/kapitel")


@bp.get("")
@requires(rules.can_edit_concept)
def index() -> ResponseReturnValue:
    check_begun()
    chapters = queries.chapters()
    return render_template(
        "concept/desk/chapters.html",
        chapters=chapters,
        forms={each.id: PositionForm(formdata=None, position=each.number) for each in chapters},
        definitions=queries.definitions(),
        labels=CHAPTER_CONTENT_LABELS,
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def add() -> ResponseReturnValue:
    check_begun()
    form = ChapterForm()
    kept = keeping(form)
    if form.validate_on_submit():
        written = form.written()
        try:
            chapter = kept.send(lambda: services.add_chapter(written, by=current_account()))
        except NotPrintable as error:
            form.body.errors = error.problems
        else:
            flash(_("Das Kapitel steht jetzt in der Arbeitsfassung."))
            return _back(chapter)
    return _page(form, None, kept=kept)


@bp.route("/<int:chapter_id>", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def edit(chapter_id: int) -> ResponseReturnValue:
    chapter = _get(chapter_id)
    form = ChapterForm(**_given(chapter))
    kept = keeping(form)
    if form.validate_on_submit():
        written, stand = form.written(), form.expected_stand
        try:
            kept.send(lambda: services.write_chapter(chapter, written, by=current_account(), expected_stand=stand))
        except NotPrintable as error:
            form.body.errors = error.problems
        except ChangedMeanwhile as error:
            return _show_conflict(form, chapter_id, error, kept)
        else:
            flash(_("Das Kapitel ist gespeichert."))
            return _back(chapter)
    return _page(form, chapter, kept=kept)


@bp.post("/vorschau")
@requires(rules.can_edit_concept)
def preview_new() -> ResponseReturnValue:
    check_begun()
    return _preview(None)


@bp.post("/<int:chapter_id>/vorschau")
@requires(rules.can_edit_concept)
def preview(chapter_id: int) -> ResponseReturnValue:
    return _preview(_get(chapter_id))


@bp.post("/<int:chapter_id>/platz")
@requires(rules.can_edit_concept)
def move(chapter_id: int) -> ResponseReturnValue:
    chapter, form = _get(chapter_id), PositionForm()
    if form.validate_on_submit():
        services.move_chapter(chapter, position=form.position.data, by=current_account())
        flash(_("„%(title)s“ ist jetzt Kapitel %(number)s.", title=chapter.title, number=chapter.number))
    else:
        flash(_("Ein Platz ist eine Zahl ab 1."), "error")
    return _back(chapter)


@bp.route("/<int:chapter_id>/streichung", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def remove(chapter_id: int) -> ResponseReturnValue:
    chapter, form = _get(chapter_id), FlaskForm()
    if form.validate_on_submit():
        services.remove_chapter(chapter, by=current_account())
        flash(_("Das Kapitel steht nicht mehr in der Arbeitsfassung. Frühere Fassungen behalten es."))
        return redirect(url_for("chapters_desk.index"), 303)
    return render_template("concept/desk/remove_chapter.html", form=form, chapter=chapter)


def _preview(chapter: Chapter | None) -> ResponseReturnValue:
    """The page of the form again, with what was typed and how it will look; nothing is saved."""
    form = ChapterForm()
    form.validate()
    page = url_for("chapters_desk.edit", chapter_id=chapter.id) if chapter else url_for("chapters_desk.add")
    kept = keeping(form, page)
    return _page(form, chapter, stand=form.expected_stand, shown=_look(form.body.data or ""), kept=kept)


def _look(body: str) -> Blocks:
    catalogue, _edition = find_document(WORKING)
    with speaking(SOURCE, catalogue) as voice:
        return finished(quoted(parse(body), catalogue, voice), catalogue, voice)


def _page(
    form: ChapterForm,
    chapter: Chapter | None,
    *,
    stand: str | None = None,
    shown: Blocks | None = None,
    kept: Keeping,
) -> ResponseReturnValue:
    catalogue, _edition = find_document(WORKING)
    if stand is not None:
        form.stand.data = stand
    page = render_template(
        "concept/desk/chapter.html",
        form=form,
        chapter=chapter,
        shown=shown,
        keeping=kept,
        addresses=addresses_of(catalogue),
        places={code: name.text for code, name in places(catalogue).items()},
        pictures=queries.concept_pictures(),
    )
    return page, 422 if form.errors and shown is None else 200


def _show_conflict(form: ChapterForm, chapter_id: int, error: ChangedMeanwhile, kept: Keeping) -> ResponseReturnValue:
    """What was typed stays in the form; saving it again is then a choice made with all texts in view."""
    chapter = _get(chapter_id)
    seen = [row_number(each) for each in f"{form.seen.data or ''}--".split("-")[:2]]
    beside = [
        three_texts(chapter.summary, seen[0], form.summary.data, _("Worum es geht, in einem Absatz")),
        three_texts(chapter.body, seen[1], form.body.data or "", _("Text")),
    ]
    current = _given(chapter)
    form.stand.data, form.seen.data = current["stand"], current["seen"]
    page = render_template(
        "concept/desk/chapter_conflict.html",
        form=form,
        chapter=chapter,
        current=current,
        error=error,
        beside=beside,
        keeping=kept,
    )
    return page, 409


def _given(chapter: Chapter) -> dict[str, object]:
    return {
        "title": chapter.title,
        "summary": chapter.summary.current.content,
        "content": chapter.content,
        "body": _content(chapter.body),
        "signature": _content(chapter.signature),
        "as_of": chapter.as_of,
        "is_example": chapter.is_example,
        "stand": stand_of(chapter),
        "seen": f"{chapter.summary.current.id}-{chapter.body.current.id if chapter.body else 0}",
    }


def _content(text: Text | None) -> str:
    return text.current.content if text else ""


def _get(chapter_id: int) -> Chapter:
    return db.session.get(Chapter, chapter_id) or abort(404)


def _back(chapter: Chapter) -> Response:
    return redirect(url_for("chapters_desk.index", _anchor=f"kapitel-{chapter.id}"), 303)
