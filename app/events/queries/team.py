"""Who belongs to an event's team, and who may."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account, Role, RoleGrant
from app.db import db
from app.events.models import Event, TeamMember


def team_of(event: Event) -> Sequence[TeamMember]:
    """With their accounts and roles, by name."""
    statement = (
        select(TeamMember)
        .where(TeamMember.event_id == event.id)
        .join(Account)
        .options(joinedload(TeamMember.account).selectinload(Account.grants))
        .order_by(Account.name, TeamMember.id)
    )
    return db.session.scalars(statement).all()


def organisers() -> Sequence[Account]:
    """Everyone who may belong to a team, by name."""
    held = select(RoleGrant.account_id).where(RoleGrant.role == Role.ORGANISER, RoleGrant.revoked_at.is_(None))
    statement = select(Account).where(Account.id.in_(held), Account.closed_at.is_(None))
    return db.session.scalars(statement.options(selectinload(Account.grants)).order_by(Account.name)).all()


def get_member(member_id: int) -> TeamMember | None:
    return db.session.get(TeamMember, member_id, options=[joinedload(TeamMember.event)])
