"""Condensing: find what belongs together, mark passages in the originals, write what they say together."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any, NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.capture.queries import points_of
from app.concept.queries import find_section
from app.proposals import languages, rules
from app.proposals import queries as contributions
from app.proposals.entries import source_of
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation, Proposal
from app.proposals.queries import Filters
from app.proposals.services.supports import count_supports
from app.proposals.views import narrowing
from app.proposals.views.narrowing import Choice
from app.texts import sentences
from app.texts.errors import QuoteNotFound
from app.web.access import current_account, requires
from app.web.parameters import row_number, whole
from app.workbench import grouping, marking, queries, statements
from app.workbench.clusters import Cluster
from app.workbench.errors import CondensedAlready, NothingMarked, WordingChanged
from app.workbench.forms import WordingForm
from app.workbench.marking import Marks
from app.workbench.services import condensation as services
from app.workbench.statements import Rest, Statement, Use

bp = Blueprint("condensations_desk", __name__, url_prefix="/verwaltung/zusammenfuehrung")
NARROWED_BY = ("feld", "aufruf", "veranstaltung", "tisch", "sprache")
ON_A_PAGE = 60  # statements
AT_ONCE = 40  # that one workbench holds
REFUSALS = (NotReleased, NothingMarked, QuoteNotFound, CondensedAlready, WordingChanged)


class Group(NamedTuple):
    """A cluster as its line says it; `left`: how many of its contributions are not used up."""

    members: tuple[int, ...]
    title: str
    languages: list[str]
    left: int


@bp.get("")
@requires(rules.can_condense)
def index() -> ResponseReturnValue:
    """Groups of what is said alike; each page about as long as one can look through."""
    choices, filters, found = _narrowed()
    uses = statements.uses_of([each.version_id for each in found])
    rests = _rests(found, uses)
    is_unused_only = request.args.get("alle", "") == ""
    keys = [each.id for each in found if rests[each.id] or not is_unused_only]
    pages = _pages(grouping.grouped(found, keys))
    number = min(max(request.args.get("seite", 1, type=whole), 1), len(pages))
    by_id = {each.id: each for each in found}
    shown = [key for cluster in pages[number - 1] for key in cluster.keys]
    return render_template(
        "workbench/index.html",
        groups=[_group(cluster, by_id, rests) for cluster in pages[number - 1]],
        number=number,
        last=len(pages),
        total=len(keys),
        largest=grouping.LARGEST if grouping.is_too_large(found) else None,
        is_unused_only=is_unused_only,
        is_open=bool(filters.search) or len(pages[number - 1]) < 4,
        statements=by_id,
        rests=rests,
        used=lambda each: statements.used(each.content, uses.get(each.version_id, [])),
        open_objections=len(queries.all_open_objections()),
        **_shown_with(filters, choices, shown),
    )


@bp.get("/offen")
@requires(rules.can_condense)
def list_unused() -> ResponseReturnValue:
    """What nothing was made of yet, down to the sentence."""
    choices, filters, found = _narrowed()
    rests = _rests(found, statements.uses_of([each.version_id for each in found]))
    left = [each for each in found if rests[each.id]]
    last = max(1, -(-len(left) // ON_A_PAGE))
    number = min(max(request.args.get("seite", 1, type=whole), 1), last)
    page = left[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    return render_template(
        "workbench/unused.html",
        page=page,
        number=number,
        last=last,
        total=sum(len(rests[each.id]) for each in left),
        rests=rests,
        **_shown_with(filters, choices, [each.id for each in page]),
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_condense)
def create() -> ResponseReturnValue:
    proposals = _chosen()
    if not proposals:
        flash(_("Wählen Sie zuerst Beiträge aus."), "warning")
        return redirect(url_for("condensations_desk.index"), 303)
    section = next((each.section.slug for each in proposals if each.section), "")
    form = WordingForm(section=section)
    marks = marking.read(request.form if request.method == "POST" else request.args, proposals)
    if "zeigen" not in request.form and form.validate_on_submit():
        try:
            condensation = services.condense(
                wording=form.wording.data,
                sources=marks.sources,
                section=find_section(form.section.data),
                by=current_account(),
            )
        except REFUSALS as error:
            form.form_errors.append(str(error))
        else:
            flash(_("Die gemeinsame Formulierung ist gespeichert."))
            return redirect(url_for("condensations_desk.show", condensation_id=condensation.id), 303)
    return _workbench(_("Beiträge zusammenführen"), form, proposals, marks)


@bp.route("/<int:condensation_id>/wortlaut", methods=["GET", "POST"])
@requires(rules.can_condense)
def edit(condensation_id: int) -> ResponseReturnValue:
    condensation = contributions.get_condensation(condensation_id) or abort(404)
    current = condensation.text.current
    links = contributions.sources_of(condensation)
    used = {each.id for each in contributions.with_texts({link.source.text_id for link in links})}
    wanted = {*used, *request.args.getlist("beitrag", type=whole)[:AT_ONCE]}
    proposals = [each for each in contributions.chosen(wanted) if each.is_released]
    form = WordingForm(
        wording=current.content,
        section=condensation.section.slug if condensation.section else "",
        based_on=current.id,
    )
    marks = marking.read(request.form, proposals) if request.method == "POST" else marking.stored(links, proposals)
    if "zeigen" not in request.form and form.validate_on_submit():
        try:
            services.reword_condensation(
                condensation,
                wording=form.wording.data,
                sources=marks.sources,
                based_on=form.seen_version,
                by=current_account(),
            )
        except REFUSALS as error:
            form.form_errors.append(str(error))
        else:
            flash(_("Der neue Wortlaut ist gespeichert. Der alte bleibt im Weg sichtbar."))
            return redirect(url_for("condensations_desk.show", condensation_id=condensation.id), 303)
    return _workbench(_("Wortlaut ändern"), form, proposals, marks, condensation)


def _workbench(
    title: str,
    form: WordingForm,
    proposals: Sequence[Proposal],
    marks: Marks,
    condensation: Condensation | None = None,
) -> ResponseReturnValue:
    ids = [proposal.id for proposal in proposals]
    versions = [proposal.text.versions[0].id for proposal in proposals]
    uses = statements.uses_of(versions)
    others = {use.condensation_id for each in uses.values() for use in each if use.condensation_id}
    page = render_template(
        "workbench/edit.html",
        title=title,
        form=form,
        proposals=proposals,
        marks=marks,
        split=sentences.split,
        uses=uses,
        used_in=statements.used_in,
        others=queries.with_ids(others - {condensation.id if condensation else 0}),
        condensation=condensation,
        supporters=count_supports(ids),
        points=points_of(ids),
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or form.form_errors else 200


def _chosen() -> list[Proposal]:
    """What was ticked: contributions, or sentences of them."""
    versions = [value.partition(":")[0] for value in request.args.getlist("passage")]
    ids = request.args.getlist("beitrag", type=whole)
    ids += queries.proposals_with([row_number(each) for each in versions])
    return [each for each in contributions.chosen(list(dict.fromkeys(ids))[:AT_ONCE]) if each.is_released]


def _narrowed() -> tuple[list[Choice], Filters, list[Statement]]:
    choices = [choice for choice in narrowing.choices() if choice.name in NARROWED_BY]
    filters = narrowing.read(choices)
    return choices, filters, statements.released(filters)


def _rests(found: Sequence[Statement], uses: Mapping[int, list[Use]]) -> dict[int, list[Rest]]:
    return {each.id: statements.rest_of(each.content, uses.get(each.version_id, [])) for each in found}


def _group(cluster: Cluster, by_id: Mapping[int, Statement], rests: Mapping[int, list[Rest]]) -> Group:
    members = [by_id[key] for key in cluster.keys]
    title = ", ".join(cluster.words) or shorten(members[0].content, 80, placeholder=" …")
    spoken = sorted({each.language for each in members})
    return Group(cluster.keys, title, spoken, sum(bool(rests[key]) for key in cluster.keys))


def _pages(clusters: Sequence[Cluster]) -> list[list[Cluster]]:
    pages: list[list[Cluster]] = [[]]
    held = 0
    for cluster in clusters:
        if held and held + len(cluster.keys) > ON_A_PAGE:
            pages.append([])
            held = 0
        pages[-1].append(cluster)
        held += len(cluster.keys)
    return pages


def _shown_with(filters: Filters, choices: Sequence[Choice], ids: Sequence[int]) -> dict[str, Any]:
    """What both lists show beside their contributions, and how they are narrowed."""
    values = narrowing.values(filters, choices) | {"suche": filters.search}
    narrowed: dict[str, Any] = {name: value for name, value in values.items() if value}
    narrowed |= {"alle": "ja"} if request.args.get("alle") else {}
    return {
        "choices": [choice for choice in choices if choice.options],
        "filters": filters,
        "values": values,
        "address": lambda number: url_for(str(request.endpoint), seite=number, **narrowed),
        "proposals": {proposal.id: proposal for proposal in contributions.chosen(ids)},
        "supporters": count_supports(ids),
        "points": points_of(ids),
        "source_of": source_of,
        "direction_of": languages.direction_of,
    }
