"""Publish what an event came to, and tell those who were there."""

from app.accounts.models import Account
from app.attendance.participants import count_participants, parties_who_took_part
from app.db import now, transactional
from app.events import documentation
from app.events.models import Event
from app.events.services import note_reminder, publish_report
from app.mail import outbox
from app.registrations.services.letters import tell


@transactional
def publish_results(event: Event, *, by: Account | None) -> int:
    """Show the documentation to everyone and tell each party that took part, once. How many parties hear of it.

    Raises what app.events.services.publish_report raises.
    """
    publish_report(event, counted=count_participants(event.id), by=by)
    parties = parties_who_took_part(event.id)
    for registration in parties:
        tell(registration, "results")
    return len(parties)


def remind_of_results() -> int:
    """Tell the teams whose event is 28 days over and not documented: each once. How many events; a commit for each."""
    overdue = documentation.without_results(now())
    reminded = documentation.reminded_before([event.id for event in overdue])
    return sum(_remind(event) for event in overdue if event.id not in reminded and event.team)


@transactional
def _remind(event: Event) -> bool:
    if not note_reminder(event):
        return False
    for member in event.team:
        outbox.enqueue(
            member.account.email, "attendance/results_missing", event_id=event.id, account_id=member.account_id
        )
    return True
