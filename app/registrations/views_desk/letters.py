"""All letters of an event: how they read, in which words, when people are reminded, and whom no mail reached."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale
from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events.models import Event
from app.events.queries import get_event
from app.mail.rendering import Words, blocks_of
from app.registrations import letter_queries, mails, rules, services
from app.registrations.forms.letters import RemindersForm, WordingForm, in_words
from app.registrations.letters import ACTION_LABELS, LETTERS, known_placeholders
from app.registrations.models import LetterKind
from app.registrations.placeholders import MEANINGS
from app.web.access import current_account, requires
from app.web.language import language_name

bp = Blueprint("letters_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/mails")
LETTER = f"<any({','.join(LetterKind)}):letter>/<string:language>"


@bp.get("")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    return render_template(
        "registrations/desk/letters.html",
        event=event,
        letters=LETTERS,
        own=letter_queries.wordings_of(event.id),
        spoken=current_app.extensions["offered_languages"],
        language_name=language_name,
        reminders=letter_queries.reminders_of([event.id])[event.id],
        in_words=in_words,
        undelivered=letter_queries.undelivered_at(event.id),
    )


@bp.route("/erinnerungen", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def plan(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    running = letter_queries.reminders_of([event.id])[event.id]
    form = RemindersForm(
        before="\n".join(in_words(each.hours) for each in running if each.letter is LetterKind.REMINDER),
        after="\n".join(in_words(each.hours) for each in running if each.letter is LetterKind.THANKS),
    )
    if form.validate_on_submit():
        services.plan_reminders(event, before=form.hours_before, after=form.hours_after, by=current_account())
        flash(_("Gespeichert. Was schon unterwegs ist, geht nicht noch einmal."))
        return redirect(url_for("letters_desk.index", event_id=event_id), 303)
    page = render_template("registrations/desk/reminders.html", event=event, form=form)
    return page, 422 if form.errors else 200


@bp.route(f"/{LETTER}", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def edit(event_id: int, letter: str, language: str) -> ResponseReturnValue:
    event, kind = _get_event(event_id), LetterKind(letter)
    form = _form(event, kind, language)
    if form.is_wording_of(kind):
        services.reword(
            event, kind, language=language, subject=form.subject.data, body=form.body.data, by=current_account()
        )
        flash(_("Gespeichert. Ab jetzt gehen die Mails mit diesen Worten hinaus."))
        return redirect(url_for("letters_desk.edit", event_id=event_id, letter=letter, language=language), 303)
    with _in(language):
        current = mails.example_words(event, kind)
    return _page(event, kind, language, form, current), 422 if form.errors else 200


@bp.post(f"/{LETTER}/pruefung")
@requires(rules.can_manage_registrations)
def check(event_id: int, letter: str, language: str) -> ResponseReturnValue:
    """What is typed, as it would arrive; nothing is saved."""
    event, kind = _get_event(event_id), LetterKind(letter)
    form = _form(event, kind, language)
    is_fine = form.is_wording_of(kind)
    with _in(language):
        typed = (form.subject.data, form.body.data) if is_fine else None
        words = mails.example_words(event, kind, typed)
    return _page(event, kind, language, form, words, is_typed=is_fine), 200 if is_fine else 422


@bp.post(f"/{LETTER}/probe")
@requires(rules.can_manage_registrations)
def send_sample(event_id: int, letter: str, language: str) -> ResponseReturnValue:
    _check_language(language)
    account = current_account()
    services.send_sample(_get_event(event_id), LetterKind(letter), language=language, by=account)
    flash(_("Die Probe ist unterwegs an %(address)s.", address=account.email))
    return redirect(url_for("letters_desk.edit", event_id=event_id, letter=letter, language=language), 303)


@bp.post(f"/{LETTER}/standard")
@requires(rules.can_manage_registrations)
def reset(event_id: int, letter: str, language: str) -> ResponseReturnValue:
    _check_language(language)
    services.reset_wording(_get_event(event_id), LetterKind(letter), language=language, by=current_account())
    flash(_("Diese Mail hat wieder die Worte, mit denen jede Veranstaltung beginnt."))
    return redirect(url_for("letters_desk.edit", event_id=event_id, letter=letter, language=language), 303)


def _form(event: Event, kind: LetterKind, language: str) -> WordingForm:
    with _in(language):
        own = letter_queries.find_wording(event.id, kind, language)
        words = mails.default_words(kind) if own is None or own.is_default else Words(own.subject, own.body)
    return WordingForm(subject=words.subject, body=words.body)


def _page(
    event: Event, kind: LetterKind, language: str, form: WordingForm, words: Words, *, is_typed: bool = False
) -> str:
    own = letter_queries.find_wording(event.id, kind, language)
    with _in(language):
        action = str(ACTION_LABELS[LETTERS[kind].action])
    return render_template(
        "registrations/desk/letter.html",
        event=event,
        kind=kind,
        letter=LETTERS[kind],
        language=language,
        spoken=current_app.extensions["offered_languages"],
        language_name=language_name,
        form=form,
        plain_form=FlaskForm(),
        is_own=own is not None and not own.is_default,
        is_typed=is_typed,
        words=words,
        blocks=blocks_of(words.body),
        direction=Locale(language).text_direction,
        action=action,
        placeholders=[(each.written, MEANINGS[each]) for each in known_placeholders(kind)],
    )


@contextmanager
def _in(language: str) -> Iterator[None]:
    _check_language(language)
    with force_locale(language):
        yield


def _check_language(language: str) -> None:
    if language not in current_app.extensions["offered_languages"]:
        abort(404)


def _get_event(event_id: int) -> Event:
    return get_event(event_id) or abort(404)
