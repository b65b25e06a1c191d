"""Answers on paper for people without e-mail: what waits, to print, and as addresses."""

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links, spreadsheets
from app.db import now
from app.decisions import letters, rules
from app.decisions.letters import Waiting
from app.decisions.services.letters import mark_sent
from app.proposals.models import OUTCOME_LABELS, Decision
from app.proposals.results import shown
from app.registrations.paper import qr_code
from app.typesetting import compile_pdf
from app.web.access import current_account, requires
from app.web.filters import paragraphs
from app.web.parameters import row_number

bp = Blueprint("answer_letters_desk", __name__, url_prefix="/verwaltung/antwortbriefe")
QUOTED = 600


@bp.get("")
@requires(rules.can_decide)
def index() -> ResponseReturnValue:
    return render_template(
        "decisions/letters.html",
        waiting=letters.waiting(),
        sent=letters.sent(),
        labels=OUTCOME_LABELS,
        form=FlaskForm(),
    )


@bp.get("/alle.pdf")
@requires(rules.can_decide)
def print_all() -> ResponseReturnValue:
    waiting = letters.waiting()
    if not waiting:
        abort(404)
    at = now()
    data = {
        "title": _("Antworten auf Beiträge"),
        "sender": current_app.config["COUNTY"],
        "letters": [_page(each, at) for each in waiting],
    }
    content = compile_pdf("registrations/letter.typ", data, at=at)
    headers = {"Content-Disposition": 'inline; filename="antwortbriefe.pdf"', "Cache-Control": "no-store"}
    return Response(content, mimetype="application/pdf", headers=headers)


@bp.get("/anschriften.csv")
@requires(rules.can_decide)
def export_addresses() -> ResponseReturnValue:
    heads = ("reference", "name", "address", "outcome", "link")
    rows = [
        (
            each.proposal.reference,
            each.contributor.name,
            each.contributor.postal_address,
            ", ".join(str(OUTCOME_LABELS[decision.outcome]) for decision in each.decisions),
            _link(each),
        )
        for each in letters.waiting()
    ]
    headers = {"Content-Disposition": 'attachment; filename="anschriften.csv"', "Cache-Control": "no-store"}
    return Response(spreadsheets.csv_of(heads, rows), mimetype="text/csv", headers=headers)


@bp.post("/verschickt")
@requires(rules.can_decide)
def finish() -> ResponseReturnValue:
    """Those that stood on the page; what came in since waits on."""
    pairs = (each.partition("-") for each in request.form.getlist("brief"))
    shown = {(row_number(left), row_number(right)) for left, _dash, right in pairs}
    count = mark_sent(shown, by=current_account())
    flash(ngettext("Ein Brief ist abgehakt.", "%(num)s Briefe sind abgehakt.", count))
    return redirect(url_for("answer_letters_desk.index"), 303)


def _link(letter: Waiting) -> str:
    return links.absolute_url("threads.proposal", reference=letter.proposal.reference)


def _page(letter: Waiting, at: datetime) -> dict[str, object]:
    """In the language of whoever gets it; the answers are in German."""
    contributor, proposal = letter.contributor, letter.proposal
    words = proposal.text.versions[0].content
    quote = words if len(words) <= QUOTED else f"{words[:QUOTED].rstrip()} …"
    with force_locale(contributor.language):
        locale = get_locale()
        greeting = _("Guten Tag %(name)s,", name=contributor.name) if contributor.name else _("Guten Tag,")
        said = _("am %(day)s haben Sie uns gesagt oder geschrieben:", day=format_date(proposal.received_on, "long"))
        lines = [part for decision in letter.decisions for part in _answer(decision)]
        return {
            "language": contributor.language,
            "direction": locale.text_direction if locale else "ltr",
            "address": _address(letter),
            "date": format_date(at, "long"),
            "subject": _("Antwort auf Ihren Beitrag %(reference)s", reference=proposal.reference),
            "before": [greeting, said, f"„{quote}“", *lines, _("Danke, dass Sie mitmachen.")],
            "after": [],
            "qr": qr_code(_link(letter)),
            "alternative": _("QR-Code mit der Adresse des ganzen Weges im Internet"),
            "how": _("So sehen Sie den ganzen Weg Ihres Beitrags: Halten Sie die Kamera eines Handys auf dieses Bild."),
            "call": _("Oder fragen Sie uns: Amt für Migration und Integration"),
        }


def _answer(decision: Decision) -> list[str]:
    became = [_("Im Konzept: %(result)s.", result=shown(decision.result).name)] if decision.result else []
    outcome = _("Darüber ist entschieden: %(outcome)s.", outcome=OUTCOME_LABELS[decision.outcome])
    return [outcome, *paragraphs(decision.answer.current.content), *became]


def _address(letter: Waiting) -> list[str]:
    lines = letter.contributor.postal_address.splitlines()
    name = letter.contributor.name
    return lines if not name or name in lines else [name, *lines]
