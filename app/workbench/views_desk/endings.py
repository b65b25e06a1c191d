"""Taking a condensation back: dissolve it, or split it."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.proposals import languages, rules
from app.proposals import queries as contributions
from app.proposals.models import Condensation
from app.texts.errors import QuoteNotFound
from app.web.access import current_account, requires
from app.web.parameters import whole
from app.workbench import marking
from app.workbench.errors import CondensationDecided, CondensationEnded, CondensedAlready, NothingMarked, PassagesLeft
from app.workbench.forms import EndingForm, SplitForm
from app.workbench.marking import Mark
from app.workbench.services import endings
from app.workbench.services.endings import Part
from app.workbench.views_desk.condensations import bp

MOST_PARTS = 5


@bp.route("/<int:condensation_id>/aufloesung", methods=["GET", "POST"])
@requires(rules.can_condense)
def dissolve(condensation_id: int) -> ResponseReturnValue:
    condensation = _get(condensation_id)
    form = EndingForm()
    if form.validate_on_submit():
        endings.dissolve(condensation, reason=form.reason.data, by=current_account())
        flash(_("Aufgelöst. Alle Stellen gelten wieder als nicht verwendet; der Weg zeigt, was war."))
        return redirect(url_for("condensations_desk.show", condensation_id=condensation.id), 303)
    page = render_template("workbench/dissolve.html", form=form, condensation=condensation)
    return page, 422 if form.errors else 200


@bp.route("/<int:condensation_id>/teilung", methods=["GET", "POST"])
@requires(rules.can_condense)
def split(condensation_id: int) -> ResponseReturnValue:
    condensation = _get(condensation_id)
    count = min(max(request.args.get("teile", 2, type=whole), 2), MOST_PARTS)
    form = SplitForm().with_parts(count)
    links = contributions.sources_of(condensation)
    text_ids = {link.source.text_id for link in links}
    proposals = [each for each in contributions.with_texts(text_ids) if each.is_released]
    marks = marking.stored([link for link in links if link.source.text_id in {p.text_id for p in proposals}], proposals)
    given = [set(request.form.getlist(f"teil-{number}")) for number in range(count)]
    if form.validate_on_submit():
        try:
            made = endings.split(
                condensation, parts=_parts(form, marks.marks, given), reason=form.reason.data, by=current_account()
            )
        except (PassagesLeft, NothingMarked, QuoteNotFound, CondensedAlready) as error:
            form.form_errors.append(str(error))
        else:
            count = len(made)
            flash(ngettext("Aufgeteilt in eine Formulierung.", "Aufgeteilt in %(num)s Formulierungen.", count))
            return redirect(url_for("condensations_desk.show", condensation_id=condensation.id), 303)
    page = render_template(
        "workbench/split.html",
        form=form,
        condensation=condensation,
        marks=_once(marks.marks),
        given=given,
        count=count,
        most=MOST_PARTS,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _parts(form: SplitForm, marks: Sequence[Mark], given: Sequence[set[str]]) -> list[Part]:
    """Words that a part does not have any more come from the whole of the passage."""
    return [
        Part(
            wording,
            [
                Mark(m.version, m.start, m.end, m.words if m.words in wording else "").source
                for m in marks
                if m.value in chosen
            ],
        )
        for wording, chosen in zip(form.wordings, given, strict=True)
    ]


def _once(marks: Sequence[Mark]) -> list[Mark]:
    return list({mark.value: mark for mark in marks}.values())


def _get(condensation_id: int) -> Condensation:
    """One that can still be taken back; raises what says why not."""
    condensation = contributions.get_condensation(condensation_id) or abort(404)
    if not condensation.is_standing:
        raise CondensationEnded
    if condensation.decisions:
        raise CondensationDecided
    return condensation
