import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.db import db, now
from app.events import queries, rules, services
from app.events.errors import AlreadyInTeam, LastInTeam, NotAnOrganiser
from app.events.models import TeamMember
from tests.events.factories import EventFactory, TeamMemberFactory
from tests.events.test_services import FIELDS
from tests.factories import AccountFactory


def test_whoever_creates_an_event_is_in_its_team():
    account = AccountFactory(roles=(Role.ORGANISER,))

    event = services.create_event(**FIELDS, by=account)

    assert [member.account for member in event.team] == [account]
    assert rules.is_in_team(account, event)


def test_only_organisers_of_the_team_are_in_it():
    member = TeamMemberFactory()
    other = TeamMemberFactory()
    former = TeamMemberFactory(event=member.event, account=AccountFactory(roles=(Role.EDITOR,)))

    assert rules.is_in_team(member.account, member.event)
    assert not rules.is_in_team(other.account, member.event)
    assert not rules.is_in_team(former.account, member.event)
    assert not rules.is_in_team(None, member.event)


def test_a_team_looks_after_itself_until_nobody_is_left():
    member = TeamMemberFactory()
    stranger = AccountFactory(roles=(Role.ORGANISER,))
    assert rules.can_edit_team(member.account, member.event)
    assert not rules.can_edit_team(stranger, member.event)

    member.account.closed_at = now()
    assert rules.can_edit_team(stranger, member.event)
    assert not rules.can_edit_team(AccountFactory(roles=(Role.ADMIN,)), member.event)


def test_team_grows_and_shrinks_on_the_record():
    first = TeamMemberFactory()
    account = AccountFactory(roles=(Role.ORGANISER,))

    second = services.add_to_team(first.event, account, by=first.account)
    with pytest.raises(AlreadyInTeam):
        services.add_to_team(first.event, account, by=first.account)
    services.remove_from_team(first, by=account)
    with pytest.raises(LastInTeam):
        services.remove_from_team(second, by=account)

    assert db.session.scalars(select(TeamMember)).all() == [second]
    entries = db.session.execute(select(AuditEntry.action, AuditEntry.actor_id).order_by(AuditEntry.id)).all()
    assert entries == [("events.add_to_team", first.account_id), ("events.remove_from_team", account.id)]


def test_add_to_team_refuses_who_does_not_organise():
    event = EventFactory()

    with pytest.raises(NotAnOrganiser):
        services.add_to_team(event, AccountFactory(roles=(Role.MODERATOR,)), by=None)

    assert queries.team_of(event) == []


def test_organisers_are_those_who_still_are():
    held = AccountFactory(name="B", roles=(Role.ORGANISER,))
    first = AccountFactory(name="A", roles=(Role.ORGANISER, Role.EDITOR))
    AccountFactory(roles=(Role.EDITOR,))
    AccountFactory(roles=(Role.ORGANISER,), closed_at=now())
    AccountFactory(roles=(Role.ORGANISER,)).grants[0].revoked_at = now()
    db.session.commit()

    assert queries.organisers() == [first, held]
