"""What the desk's overview lists: what waits for this person, and where they may go."""

from collections.abc import Callable
from typing import NamedTuple

from flask import current_app, url_for
from flask_babel import lazy_gettext as _

from app.accounts import rules as accounts
from app.accounts.models import Account
from app.calls import rules as calls
from app.calls.queries import count_open_sheets
from app.comments.queries import count_waiting as count_waiting_comments
from app.concept import releases
from app.concept import rules as concept
from app.concept.origins import waiting_changes
from app.concept.queries import fields_without_group
from app.concept.tasks import due_tasks
from app.council import rules as council
from app.db import now
from app.decisions import due, letters
from app.decisions import queries as decision_queries
from app.decisions import rules as decisions
from app.distribution import rules as distribution
from app.drafting import queries as drafting_queries
from app.drafting import rules as drafting
from app.events import documentation
from app.events import rules as events
from app.events.queries import count_unexplained
from app.local_time import day_of
from app.moderation import queries as waiting
from app.proposals import rules as proposals
from app.registrations import needs
from app.registrations import rules as registrations
from app.structures import rules as structures


class Area(NamedTuple):
    label: object
    endpoint: str
    may_open: Callable[[Account | None], bool]


class Duty(NamedTuple):
    """Something that waits for whoever may do it; `one` names it where there is but one."""

    label: object
    endpoint: str
    may_do: Callable[[Account | None], bool]
    count: Callable[[Account], int]
    one: object


DUTIES: tuple[Duty, ...] = (
    Duty(
        _("Beiträge zu prüfen"),
        "moderations_desk.index",
        proposals.can_moderate,
        lambda _account: waiting.count_waiting(),
        _("Beitrag zu prüfen"),
    ),
    Duty(
        _("Kommentare zu prüfen"),
        "comments_desk.index",
        proposals.can_moderate,
        lambda _account: count_waiting_comments(),
        _("Kommentar zu prüfen"),
    ),
    Duty(
        _("Anregungen zum Entwurf zu prüfen"),
        "suggestions_desk.index",
        drafting.can_publish_suggestions,
        lambda _account: drafting_queries.count_waiting(),
        _("Anregung zum Entwurf zu prüfen"),
    ),
    Duty(
        _("Anregungen zum Entwurf zu entscheiden"),
        "suggestions_desk.index",
        concept.can_edit_concept,
        lambda _account: drafting_queries.count_undecided(),
        _("Anregung zum Entwurf zu entscheiden"),
    ),
    Duty(
        _("Wortlaute zur Freigabe"),
        "releases_desk.index",
        concept.can_release_wordings,
        lambda account: sum(each.written.account_id != account.id for each in releases.unreleased()),
        _("Wortlaut zur Freigabe"),
    ),
    Duty(
        _("Änderungen an Fassungen zu bestätigen"),
        "releases_desk.index",
        concept.can_record_resolutions,
        lambda account: sum(each.made_by_id != account.id for each in waiting_changes()),
        _("Änderung an einer Fassung zu bestätigen"),
    ),
    Duty(
        _("Bögen abzutippen"),
        "sheets_desk.index",
        calls.can_type_in_sheets,
        lambda _account: count_open_sheets(),
        _("Bogen abzutippen"),
    ),
    Duty(
        _("Beschwerden zu beantworten"),
        "appeals_desk.index",
        proposals.can_moderate,
        waiting.count_appeals_for,
        _("Beschwerde zu beantworten"),
    ),
    Duty(
        _("Gemeldete Beiträge"),
        "reports_desk.list_reports",
        proposals.can_moderate,
        lambda _account: waiting.count_elsewhere()[1],
        _("Gemeldeter Beitrag"),
    ),
    Duty(
        _("Antworten freizugeben"),
        "decisions_desk.index",
        decisions.can_release_decisions,
        lambda account: sum(decisions.can_release(account, decision) for decision in decision_queries.drafts()),
        _("Antwort freizugeben"),
    ),
    Duty(
        _("Antworten überfällig"),
        "decisions_desk.show_due",
        decisions.can_decide,
        lambda _account: due.count(current_app.config["ANSWER_DAYS"], today=day_of(now()), until=day_of(now())).overdue,
        _("Antwort überfällig"),
    ),
    Duty(
        _("Antwortbriefe zu verschicken"),
        "answer_letters_desk.index",
        decisions.can_decide,
        lambda _account: len(letters.waiting()),
        _("Antwortbrief zu verschicken"),
    ),
    Duty(
        _("Formulierungen ohne Entscheidung"),
        "decisions_desk.index",
        decisions.can_decide,
        lambda _account: len(decision_queries.undecided()),
        _("Formulierung ohne Entscheidung"),
    ),
    Duty(
        _("Bedarf, der noch fehlt"),
        "gaps_desk.index",
        registrations.can_manage_registrations,
        lambda account: sum(len(gaps) for _event, gaps in needs.gaps_of(account, now())),
        _("Bedarf, der noch fehlt"),
    ),
    Duty(
        _("Veranstaltungen ohne Ergebnisse"),
        "overdue_reports_desk.index",
        events.can_edit_events,
        lambda _account: len(documentation.without_results(now())),
        _("Veranstaltung ohne Ergebnisse"),
    ),
    Duty(
        _("Nächste Schritte des Konzepts, die anstehen"),
        "tasks_desk.index",
        concept.can_edit_concept,
        lambda _account: len(due_tasks(day_of(now()))),
        _("Nächster Schritt des Konzepts, der ansteht"),
    ),
    Duty(
        _("Handlungsfelder ohne Arbeitskreis"),
        "completeness_desk.show",
        concept.can_edit_concept,
        lambda _account: len(fields_without_group(day_of(now()))),
        _("Handlungsfeld ohne Arbeitskreis"),
    ),
    Duty(
        _("Jahre ohne Veranstaltung zu begründen"),
        "series_desk.index",
        events.can_edit_events,
        lambda _account: count_unexplained(day_of(now())),
        _("Jahr ohne Veranstaltung zu begründen"),
    ),
)
AREAS = (
    Area(_("Veranstaltungen"), "events_desk.index", events.can_edit_events),
    Area(_("Reihen von Veranstaltungen"), "series_desk.index", events.can_edit_events),
    Area(_("Aufrufe"), "calls_desk.index", calls.can_edit_calls),
    Area(_("Bögen auf Papier"), "sheets_desk.index", calls.can_type_in_sheets),
    Area(_("Moderation"), "moderations_desk.index", proposals.can_moderate),
    Area(_("Kommentare"), "comments_desk.index", proposals.can_moderate),
    Area(_("Zusammenführung"), "condensations_desk.index", proposals.can_condense),
    Area(_("Entscheidungen"), "decisions_desk.index", decisions.can_see_decisions),
    Area(_("Arbeitsfassung des Konzepts"), "concept_desk.index", concept.can_open_concept_desk),
    Area(_("Druck und Verteilung"), "print_jobs_desk.index", distribution.can_distribute),
    Area(_("Vorlagen"), "papers_desk.index", council.can_edit_papers),
    Area(_("Sitzungen"), "meetings_desk.index", council.can_edit_meetings),
    Area(_("Gremien und Organisationen"), "structures_desk.index", structures.can_edit_structures),
    Area(_("Konten"), "accounts_desk.index", accounts.can_manage_accounts),
)


def needed_by(account: Account) -> list[dict[str, object]]:
    """In order of urgency: who waits longest for an answer comes first."""
    counted = [(duty, duty.count(account)) for duty in DUTIES if duty.may_do(account)]
    return [
        {
            "count": count,
            "label": duty.one if count == 1 else duty.label,
            "url": url_for(duty.endpoint),
            "is_urgent": duty is DUTIES[0],
        }
        for duty, count in counted
        if count
    ]


def open_to(account: Account) -> list[tuple[object, str]]:
    return [(area.label, url_for(area.endpoint)) for area in AREAS if area.may_open(account)]
