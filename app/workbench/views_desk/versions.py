"""One condensation with its wordings and sources; two wordings compared; all condensations."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.capture.queries import points_of
from app.concept import comparison
from app.proposals import languages, rules
from app.proposals import queries as contributions
from app.proposals.entries import source_of
from app.proposals.services.supports import count_supports
from app.proposals.standing import objections_close_at
from app.proposals.thread.segments import segments
from app.proposals.thread.steps import Drawn
from app.texts.models import TextVersion
from app.web.access import requires
from app.web.parameters import whole
from app.workbench import queries
from app.workbench.views_desk.condensations import bp


@bp.get("/formulierungen")
@requires(rules.can_condense)
def list_all() -> ResponseReturnValue:
    page = queries.page_of_condensations(request.args.get("seite", 1, type=whole), request.args.get("feld", ""))
    sections = [(each.slug, each.title) for each in contributions.sections()]
    current = request.args.get("feld", "")
    return render_template(
        "workbench/list.html",
        page=page,
        sections=sections,
        current=current,
        address=lambda number: url_for("condensations_desk.list_all", seite=number, feld=current or None),
    )


@bp.get("/<int:condensation_id>")
@requires(rules.can_condense)
def show(condensation_id: int) -> ResponseReturnValue:
    condensation = queries.get_with_all(condensation_id) or abort(404)
    version = condensation.text.current
    links = contributions.sources_of(condensation)
    text_ids = {link.source.text_id for link in links}
    proposals = contributions.chosen([each.id for each in contributions.with_texts(text_ids)])
    numbers = {proposal.text_id: number for number, proposal in enumerate(proposals, 1)}
    drawn = [
        Drawn(
            number=numbers[link.source.text_id],
            quote=link.source.quote(link.source_start, link.source_end),
            language=link.source.language,
            start=link.target_start,
            end=link.target_end,
        )
        for link in links
    ]
    ids = [proposal.id for proposal in proposals]
    return render_template(
        "workbench/show.html",
        condensation=condensation,
        version=version,
        segments=segments(version.content, drawn),
        drawn=sorted(drawn, key=lambda each: each.number),
        proposals=proposals,
        labels={number: (proposal.reference, f"#stimme-{number}") for number, proposal in enumerate(proposals, 1)},
        closes_at=objections_close_at(condensation, version),
        may_change=condensation.is_standing and condensation.decision is None,
        may_end=condensation.is_standing and not condensation.decisions,
        supporters=count_supports(ids),
        points=points_of(ids),
        parts=queries.parts_of(condensation),
        source_of=source_of,
        direction_of=languages.direction_of,
    )


@bp.get("/<int:condensation_id>/vergleich")
@requires(rules.can_condense)
def compare(condensation_id: int) -> ResponseReturnValue:
    """Two wordings beside each other and, below, as one text with what changed."""
    condensation = queries.get_with_all(condensation_id) or abort(404)
    versions = condensation.text.versions
    new = _chosen(versions, request.args.get("bis", type=whole)) or versions[-1]
    old = _chosen(versions, request.args.get("von", type=whole)) or versions[max(new.number - 2, 0)]
    return render_template(
        "workbench/compare.html",
        condensation=condensation,
        old=old,
        new=new,
        parts=comparison.words(old.content, new.content),
        sources={version.id: queries.quotes_in(version) for version in (old, new)},
    )


def _chosen(versions: list[TextVersion], number: int | None) -> TextVersion | None:
    return next((version for version in versions if version.number == number), None)
