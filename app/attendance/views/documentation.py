"""What stays of an event, for everyone: its documentation and photos."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from app import storage
from app.evaluation import queries as surveys
from app.evaluation.queries import QuestionResult
from app.events import documentation, queries, rules
from app.events.models import Event, EventPerson, EventPhoto, EventReport, PersonRole, ThemeTable
from app.proposals import outcomes
from app.proposals.models import Proposal
from app.proposals.outcomes import ProposalOutcome
from app.proposals.queries import released_of_event
from app.web.access import current_account, public

bp = Blueprint("event_reports", __name__, url_prefix="/veranstaltungen/<int:event_id>")


@dataclass(frozen=True)
class TableResult:
    """A table with what it came to: the organisers' words, and the contributions with what became of them."""

    table: ThemeTable | None
    text: str
    hosts: Sequence[EventPerson]
    proposals: Sequence[tuple[Proposal, ProposalOutcome]] = field(default_factory=list)


@bp.get("/dokumentation")
@public
def show(event_id: int) -> ResponseReturnValue:
    event = queries.get_event(event_id)
    report = documentation.get_report(event_id)
    if event is None or report is None or not (event.is_public and report.is_published):
        abort(404)
    return report_page(event, report, counted=report.counted_participants)


@bp.get("/fotos/<int:photo_id>/<any(klein, gross):size>.jpg")
@public
def photo(event_id: int, photo_id: int, size: str) -> ResponseReturnValue:
    """Whoever has seen it asks again each time: one that was withdrawn is gone from every page."""
    found = documentation.get_photo(photo_id)
    if found is None or found.event_id != event_id or not _may_see(found):
        abort(404)
    key = found.small_key if size == "klein" else found.key
    try:
        response = Response(storage.read(key), mimetype="image/jpeg")
    except storage.FileMissing:
        abort(404)
    response.set_etag(key)
    response.cache_control.no_cache = True
    return response.make_conditional(request)


def report_page(event: Event, report: EventReport, *, counted: int, is_preview: bool = False) -> str:
    return render_template(
        "attendance/report.html",
        event=event,
        report=report,
        participants=counted if report.participants is None else report.participants,
        results=results_of(event),
        photos=documentation.photos_of(event.id),
        survey=_public_survey(event),
        is_preview=is_preview,
    )


def results_of(event: Event) -> list[TableResult]:
    """By table, then what was said at none; tables with nothing to tell are left out."""
    written = documentation.table_reports_of(event.id)
    proposals = released_of_event(event.id)
    became = outcomes.outcomes_of(proposals)
    said: dict[int | None, list[tuple[Proposal, ProposalOutcome]]] = defaultdict(list)
    for proposal in proposals:
        said[proposal.table_id].append((proposal, became[proposal.id]))
    results = [
        TableResult(
            table,
            written[table.id].text if table.id in written else "",
            [person for person in table.people if person.role is PersonRole.HOST],
            said[table.id],
        )
        for table in documentation.tables_with_people(event.id)
    ]
    if said[None]:
        results.append(TableResult(None, "", [], said[None]))
    return [result for result in results if result.text or result.proposals]


def _public_survey(event: Event) -> Sequence[QuestionResult]:
    """What was answered, where organisers publish it."""
    survey = surveys.survey_of(event.id)
    return surveys.results_of(survey) if survey is not None and survey.publishes_results else []


def _may_see(found: EventPhoto) -> bool:
    if rules.can_edit_events(current_account()):
        return True
    report = documentation.get_report(found.event_id)
    return found.event.is_public and report is not None and report.is_published
