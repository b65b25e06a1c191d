"""Letters to print and calls to make, for people without e-mail: the organisers' pages."""

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.events.models import Event
from app.events.queries import get_event
from app.registrations import paper, rules
from app.registrations.letters import LETTERS
from app.registrations.models import REACHED_LABELS, LetterKind, PaperLetter, Reached, Registration
from app.registrations.paper import LetterWords
from app.registrations.services.paper_letters import finish
from app.typesetting import compile_pdf
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("paper_letters_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/briefe")
WAYS = {"gedruckt": Reached.PRINTED, "gesagt": Reached.TOLD, "weggelegt": Reached.DROPPED}
LABELS = {kind.value: letter.label for kind, letter in LETTERS.items()}


@bp.get("")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    return render_template(
        "registrations/desk/paper_letters.html",
        event=event,
        waiting=[(letter, paper.is_needed(letter, now())) for letter in paper.letters_waiting(event.id)],
        done=paper.letters_done(event.id),
        labels=LABELS,
        ways=REACHED_LABELS,
        form=FlaskForm(),
    )


@bp.get("/alle.pdf")
@requires(rules.can_manage_registrations)
def print_all(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    letters = [(letter, words) for letter in paper.letters_waiting(event.id) if (words := paper.words_of(letter))]
    if not letters:
        abort(404)
    return _pdf(event, letters, f"briefe-{event.id}.pdf")


@bp.get("/<int:letter_id>")
@requires(rules.can_manage_registrations)
def show(event_id: int, letter_id: int) -> ResponseReturnValue:
    letter = _get(event_id, letter_id)
    return render_template(
        "registrations/desk/paper_letter.html",
        event=letter.registration.event,
        letter=letter,
        words=paper.words_of(letter),
        label=LABELS[letter.letter],
        ways=REACHED_LABELS,
        form=FlaskForm(),
    )


@bp.get("/<int:letter_id>.pdf")
@requires(rules.can_manage_registrations)
def print_one(event_id: int, letter_id: int) -> ResponseReturnValue:
    letter = _get(event_id, letter_id)
    words = paper.words_of(letter)
    if words is None:
        abort(404)
    return _pdf(letter.registration.event, [(letter, words)], f"brief-{letter.id}.pdf")


@bp.post(f"/<int:letter_id>/<any({','.join(WAYS)}):way>")
@requires(rules.can_manage_registrations)
def finish_one(event_id: int, letter_id: int, way: str) -> ResponseReturnValue:
    finish([_get(event_id, letter_id)], WAYS[way], by=current_account())
    return redirect(url_for("paper_letters_desk.index", event_id=event_id), 303)


@bp.post("/gedruckt")
@requires(rules.can_manage_registrations)
def finish_printed(event_id: int) -> ResponseReturnValue:
    """Those that stood on the page; what came in since waits on."""
    shown = set(request.form.getlist("brief", type=whole))
    letters = [letter for letter in paper.letters_waiting(_get_event(event_id).id) if letter.id in shown]
    count = finish(letters, Reached.PRINTED, by=current_account())
    flash(ngettext("%(num)s Brief ist abgehakt.", "%(num)s Briefe sind abgehakt.", count))
    return redirect(url_for("paper_letters_desk.index", event_id=event_id), 303)


def _pdf(event: Event, letters: list[tuple[PaperLetter, LetterWords]], name: str) -> Response:
    at = now()
    data = {
        "title": _("Briefe zu: %(title)s", title=event.title),
        "sender": current_app.config["COUNTY"],
        "letters": [_page(letter, words, at) for letter, words in letters],
    }
    content = compile_pdf("registrations/letter.typ", data, at=at.replace(microsecond=0))
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


def _page(letter: PaperLetter, words: LetterWords, at: datetime) -> dict[str, object]:
    registration = letter.registration
    with force_locale(registration.language):
        locale = get_locale()
        return {
            "language": registration.language,
            "direction": locale.text_direction if locale else "ltr",
            "address": _address(registration),
            "date": format_date(at, "long"),
            "subject": words.subject,
            "before": words.before,
            "after": words.after,
            "qr": paper.qr_code(words.link) if words.link else "",
            "alternative": _("QR-Code mit der Adresse Ihrer Anmeldung im Internet"),
            "how": _("So kommen Sie zu Ihrer Anmeldung: Halten Sie die Kamera eines Handys auf dieses Bild."),
            "call": _call(registration.event),
        }


def _address(registration: Registration) -> list[str]:
    lines = registration.postal_address.splitlines()
    return lines if registration.name in lines else [registration.name, *lines]


def _call(event: Event) -> str:
    if event.contact:
        return str(_("Oder fragen Sie uns: %(contact)s", contact=event.contact))
    return str(_("Oder fragen Sie uns: Amt für Migration und Integration"))


def _get_event(event_id: int) -> Event:
    return get_event(event_id) or abort(404)


def _get(event_id: int, letter_id: int) -> PaperLetter:
    letter = paper.get_letter(letter_id)
    if letter is None or letter.registration.event_id != event_id or letter.letter not in {*LetterKind}:
        abort(404)
    return letter
