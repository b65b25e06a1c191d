"""What an event asks: the organisers' pages."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events.models import Event
from app.events.queries import get_event
from app.registrations import questionnaire, rules
from app.registrations.errors import CapacityTaken, OptionChosen, QuestionAnswered
from app.registrations.forms import QuestionForm, TranslationForm
from app.registrations.models import QUESTION_KIND_LABELS, Question
from app.registrations.ready_made import READY_MADE
from app.registrations.services import questions
from app.web.access import current_account, requires
from app.web.language import COUNTY_LANGUAGES, language_name

bp = Blueprint("questions_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/fragen")


@bp.get("")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    found = questionnaire.questions_of(event.id)
    taken = {question.label for question in found}
    return render_template(
        "registrations/desk/questions.html",
        event=event,
        asked=[question for question in found if not question.is_retired],
        retired=[question for question in found if question.is_retired],
        answered=questionnaire.answered_among(found),
        labels=QUESTION_KIND_LABELS,
        ready_made=[(name, ready) for name, ready in READY_MADE.items() if str(ready.label) not in taken],
        form=FlaskForm(),
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def create(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    form = QuestionForm().offer_conditions(_asked(event))
    if "weitere" not in request.form and form.validate_on_submit():
        questions.add_question(event, by=current_account(), **form.fields)
        return redirect(url_for("questions_desk.index", event_id=event_id), 303)
    return _form_page(event, form, None)


@bp.route("/<int:question_id>", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def edit(event_id: int, question_id: int) -> ResponseReturnValue:
    question = _get(event_id, question_id)
    earlier = [each for each in _asked(question.event) if each.position < question.position]
    form = QuestionForm.of(question).offer_conditions(earlier)
    if "weitere" not in request.form and form.validate_on_submit():
        try:
            questions.change_question(question, by=current_account(), **form.fields)
        except QuestionAnswered as error:
            form.kind.errors = [str(error)]
        except (OptionChosen, CapacityTaken) as error:
            form.refuse_options(str(error))
        else:
            flash(_("Gespeichert."))
            return redirect(url_for("questions_desk.index", event_id=event_id), 303)
    return _form_page(question.event, form, question)


@bp.route("/<int:question_id>/sprachen/<string:language>", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def translate(event_id: int, question_id: int, language: str) -> ResponseReturnValue:
    question = _get(event_id, question_id)
    if language not in COUNTY_LANGUAGES:
        abort(404)
    form = TranslationForm.of(question, language)
    if form.validate_on_submit():
        questions.translate_question(
            question,
            language,
            by=current_account(),
            label=form.label.data,
            hint=form.help.data,
            options=form.words_for(question.options),
        )
        flash(_("Gespeichert."))
        return redirect(url_for("questions_desk.edit", event_id=event_id, question_id=question_id), 303)
    page = render_template(
        "registrations/desk/translate_question.html",
        event=question.event,
        question=question,
        form=form,
        language=language,
        name=language_name(language),
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:question_id>/<any(hoch,runter):direction>")
@requires(rules.can_manage_registrations)
def move(event_id: int, question_id: int, direction: str) -> ResponseReturnValue:
    questions.move_question(_get(event_id, question_id), by=current_account(), is_up=direction == "hoch")
    return redirect(url_for("questions_desk.index", event_id=event_id, _anchor=f"frage-{question_id}"), 303)


@bp.post("/<int:question_id>/entfernung")
@requires(rules.can_manage_registrations)
def remove(event_id: int, question_id: int) -> ResponseReturnValue:
    is_deleted = questions.remove_question(_get(event_id, question_id), by=current_account())
    flash(
        _("Die Frage ist gelöscht.")
        if is_deleted
        else _("Die Frage wird nicht mehr gestellt. Was geantwortet wurde, bleibt.")
    )
    return redirect(url_for("questions_desk.index", event_id=event_id), 303)


@bp.post("/<int:question_id>/rueckkehr")
@requires(rules.can_manage_registrations)
def ask_again(event_id: int, question_id: int) -> ResponseReturnValue:
    questions.ask_again(_get(event_id, question_id), by=current_account())
    return redirect(url_for("questions_desk.index", event_id=event_id), 303)


@bp.post("/vorlagen/<string:name>")
@requires(rules.can_manage_registrations)
def take_over(event_id: int, name: str) -> ResponseReturnValue:
    if name not in READY_MADE:
        abort(404)
    questions.take_over(_get_event(event_id), name, by=current_account())
    return redirect(url_for("questions_desk.index", event_id=event_id), 303)


def _form_page(event: Event, form: QuestionForm, question: Question | None) -> ResponseReturnValue:
    page = render_template(
        "registrations/desk/question.html",
        event=event,
        question=question,
        form=form.show_rows(more="weitere" in request.form),
        languages_offered=[(code, language_name(code)) for code in COUNTY_LANGUAGES],
    )
    return page, 422 if form.errors else 200


def _asked(event: Event) -> list[Question]:
    return [question for question in questionnaire.questions_of(event.id) if not question.is_retired]


def _get_event(event_id: int) -> Event:
    return get_event(event_id) or abort(404)


def _get(event_id: int, question_id: int) -> Question:
    question = questionnaire.get_question(question_id)
    if question is None or question.event_id != event_id:
        abort(404)
    return question
