"""Who belongs to an event's team: the team alone sees what its guests need."""

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, transactional
from app.events.errors import AlreadyInTeam, LastInTeam, NotAnOrganiser
from app.events.models import Event, TeamMember
from app.events.rules import can_edit_events


@transactional
def add_to_team(event: Event, account: Account, *, by: Account | None) -> TeamMember:
    """Raise NotAnOrganiser or AlreadyInTeam."""
    event = lock(event)
    if not can_edit_events(account):
        raise NotAnOrganiser
    if any(member.account_id == account.id for member in event.team):
        raise AlreadyInTeam
    member = TeamMember(event=event, account=account)
    db.session.add(member)
    log.record("events.add_to_team", member, by=by)
    return member


@transactional
def remove_from_team(member: TeamMember, *, by: Account | None) -> None:
    """Raise LastInTeam: somebody has to see what the guests need."""
    event = lock(member.event)
    if len(event.team) == 1:
        raise LastInTeam
    log.record("events.remove_from_team", member, by=by)
    event.team.remove(member)
    db.session.delete(member)
