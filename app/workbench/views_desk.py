"""Condensing: choose contributions, tick their sentences, write what they say together."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept.queries import find_section
from app.proposals import languages, queries, rules, sentences
from app.proposals.entries import source_of
from app.proposals.models import Condensation, Proposal
from app.texts.errors import QuoteNotFound
from app.texts.services import Span
from app.web.access import current_account, requires
from app.web.parameters import whole
from app.workbench.errors import NothingMarked
from app.workbench.forms import WordingForm
from app.workbench.services import condensation as services
from app.workbench.services.condensation import Source

bp = Blueprint("condensations_desk", __name__, url_prefix="/verwaltung/zusammenfuehrung")


@bp.get("")
@requires(rules.can_condense)
def index() -> ResponseReturnValue:
    section = request.args.get("feld", "")
    return render_template(
        "workbench/index.html",
        proposals=queries.not_condensed(section),
        condensations=queries.condensations(),
        sections=[(each.slug, each.title) for each in queries.sections()],
        current=section,
        source_of=source_of,
        direction_of=languages.direction_of,
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_condense)
def create() -> ResponseReturnValue:
    proposals = [each for each in queries.chosen(request.args.getlist("beitrag", type=whole)) if each.is_released]
    if not proposals:
        flash(_("Wählen Sie zuerst Beiträge aus."), "warning")
        return redirect(url_for("condensations_desk.index"), 303)
    section = next((each.section.slug for each in proposals if each.section), "")
    form = WordingForm(section=section)
    if form.validate_on_submit():
        try:
            services.condense(
                wording=form.wording.data,
                sources=_sources(proposals),
                section=find_section(form.section.data),
                by=current_account(),
            )
        except (NothingMarked, QuoteNotFound) as error:
            form.form_errors.append(str(error))
        else:
            flash(_("Die gemeinsame Formulierung ist gespeichert."))
            return redirect(url_for("condensations_desk.index"), 303)
    return _workbench(_("Beiträge zusammenführen"), form, proposals)


@bp.route("/<int:condensation_id>", methods=["GET", "POST"])
@requires(rules.can_condense)
def edit(condensation_id: int) -> ResponseReturnValue:
    condensation = queries.get_condensation(condensation_id) or abort(404)
    links = queries.sources_of(condensation)
    used = {proposal.id for proposal in queries.with_texts({link.source.text_id for link in links})}
    proposals = queries.chosen({*used, *request.args.getlist("beitrag", type=whole)})
    form = WordingForm(
        wording=condensation.text.current.content, section=condensation.section.slug if condensation.section else ""
    )
    if form.validate_on_submit():
        try:
            services.reword_condensation(
                condensation, wording=form.wording.data, sources=_sources(proposals), by=current_account()
            )
        except (NothingMarked, QuoteNotFound) as error:
            form.form_errors.append(str(error))
        else:
            flash(_("Der neue Wortlaut ist gespeichert. Der alte bleibt im Weg sichtbar."))
            return redirect(url_for("condensations_desk.index"), 303)
    return _workbench(_("Zusammenführung ändern"), form, proposals, condensation)


def _workbench(
    title: str, form: WordingForm, proposals: Sequence[Proposal], condensation: Condensation | None = None
) -> ResponseReturnValue:
    ticked, words = set(request.form.getlist("passage")), dict(request.form)
    if condensation is not None and request.method == "GET":
        for link in queries.sources_of(condensation):
            ticked |= _ticks(link.source_id, link.source_start, link.source_end, link.source.content)
            quote = link.target.quote(link.target_start, link.target_end)
            owner = next(each for each in proposals if each.text_id == link.source.text_id)
            if quote != link.target.content:
                words[f"worte-{owner.id}"] = quote
    page = render_template(
        "workbench/edit.html",
        title=title,
        form=form,
        proposals=proposals,
        split=sentences.split,
        ticked=ticked,
        words=words,
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _ticks(version_id: int, start: int, end: int, content: str) -> set[str]:
    """The sentences a passage touches."""
    return {
        f"{version_id}:{sentence.start}:{sentence.end}"
        for sentence in sentences.split(content)
        if sentence.start < end and start < sentence.end
    }


def _sources(proposals: Sequence[Proposal]) -> list[Source]:
    """The ticked sentences, each with the words that its contribution's field names."""
    ticked = request.form.getlist("passage")
    sources = []
    for proposal in proposals:
        version = proposal.text.versions[0]
        quote = request.form.get(f"worte-{proposal.id}", "").strip()
        sources += [
            Source(Span(version, sentence.start, sentence.end), quote)
            for sentence in sentences.split(version.content)
            if f"{version.id}:{sentence.start}:{sentence.end}" in ticked
        ]
    return sources
