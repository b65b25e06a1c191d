"""The desk's page about what the sections of a paper said before: look, compare, take back."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.concept.comparison import Run
from app.concept.comparison import words as compared
from app.council import queries, rules, services
from app.council.models import Paper
from app.texts.models import Text, TextVersion
from app.web.access import current_account, requires

bp = Blueprint("paper_wordings_desk", __name__, url_prefix="/verwaltung/vorlagen/<int:paper_id>/texte/fruehere")


class Earlier(NamedTuple):
    """A wording, and what the next one made of it."""

    version: TextVersion
    changes: Sequence[Run]


@bp.get("")
@requires(rules.can_edit_papers)
def index(paper_id: int) -> ResponseReturnValue:
    paper = _get(paper_id)
    sections = [(title, text, _earlier(text)) for title, text in _texts(paper)]
    return render_template("council/desk/wordings.html", paper=paper, sections=sections, form=FlaskForm())


@bp.post("/<int:version_id>")
@requires(rules.can_edit_papers)
def restore(paper_id: int, version_id: int) -> ResponseReturnValue:
    paper = _get(paper_id)
    versions = (version for _title, text in _texts(paper) for version in text.versions)
    version = next((each for each in versions if each.id == version_id), None) or abort(404)
    services.restore_section(paper, version, by=current_account())
    flash(_("Der frühere Text gilt wieder. Was danach kam, steht weiter in der Liste."))
    return redirect(url_for("paper_wordings_desk.index", paper_id=paper_id), 303)


def _texts(paper: Paper) -> list[tuple[str, Text]]:
    return [
        (_("Beschlussvorschlag"), paper.proposal),
        (_("Sachverhalt"), paper.facts),
        (_("Finanzielle Auswirkungen"), paper.financial),
    ]


def _earlier(text: Text) -> list[Earlier]:
    """The latest first."""
    return [Earlier(old, compared(old.content, new.content)) for old, new in pairwise(text.versions)][::-1]


def _get(paper_id: int) -> Paper:
    return queries.find_paper(paper_id) or abort(404)
