"""Reading organisations, municipalities and what hangs on them."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.db import db
from app.slugs import in_order
from app.structures.models import (
    BODIES,
    Function,
    Leadership,
    Mandate,
    Municipality,
    Organization,
    OrganizationKind,
    Responsibility,
    Seat,
    Succession,
)

# Who takes part from outside the administration: /organisationen
CIVIL_SOCIETY = (OrganizationKind.PARTNER, OrganizationKind.MIGRANT_ORGANIZATION, OrganizationKind.INITIATIVE)
HISTORY = (
    selectinload(Organization.leaderships).joinedload(Leadership.lead),
    selectinload(Organization.successions).joinedload(Succession.successor),
    selectinload(Organization.preceded_by).joinedload(Succession.predecessor),
)


def is_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Organization.slug == slug))))


def find_organization(slug: str) -> Organization | None:
    """With all its page shows: parent, leads, seats, successors, predecessors."""
    statement = (
        select(Organization)
        .where(Organization.slug == slug)
        .options(*HISTORY, joinedload(Organization.parent))
        .options(selectinload(Organization.seats).joinedload(Seat.on_behalf_of))
    )
    return db.session.scalars(statement).one_or_none()


def organizations(kinds: Collection[OrganizationKind] = tuple(OrganizationKind)) -> Sequence[Organization]:
    """In the order of kinds, then by name, with their history."""
    order = list(OrganizationKind)
    found = db.session.scalars(select(Organization).where(Organization.kind.in_(kinds)).options(*HISTORY))
    return sorted(found, key=lambda each: (order.index(each.kind), in_order(each.name), each.id))


def choosable(*, kept: Collection[Organization] = ()) -> Sequence[Organization]:
    """Who can be given a task: nobody that was dissolved, but whoever has it already."""
    return [each for each in organizations() if each in kept or not each.dissolved]


def names_of_organizations() -> Sequence[Organization]:
    """Every one that there is now, by name, without its history."""
    there = select(Organization).where(Organization.is_planned.is_(False))
    found = sorted(db.session.scalars(there), key=lambda each: (in_order(each.name), each.id))
    return [each for each in found if not each.dissolved]


def bodies() -> Sequence[Organization]:
    return organizations(BODIES)


def civil_society() -> Sequence[Organization]:
    return organizations(CIVIL_SOCIETY)


def with_ancestors(organization: Organization) -> Iterator[Organization]:
    current: Organization | None = organization
    while current is not None:
        yield current
        current = current.parent


def mandates_of(organization: Organization) -> Sequence[Mandate]:
    """Who acts for the organisation now; nobody does with an account that is closed."""
    statement = (
        select(Mandate)
        .join(Mandate.account)
        .where(Mandate.organization_id == organization.id, Mandate.revoked_at.is_(None), Account.closed_at.is_(None))
        .options(joinedload(Mandate.account))
        .order_by(Mandate.id)
    )
    return db.session.scalars(statement).all()


def represented_by(account: Account) -> Sequence[Organization]:
    """The organisations an account acts for now, by name."""
    held = select(Mandate.organization_id).where(Mandate.account_id == account.id, Mandate.revoked_at.is_(None))
    return db.session.scalars(select(Organization).where(Organization.id.in_(held)).order_by(Organization.name)).all()


def find_mandate(mandate_id: int) -> Mandate | None:
    return db.session.get(Mandate, mandate_id, options=[joinedload(Mandate.account), joinedload(Mandate.organization)])


def functions_of(organization: Organization) -> Sequence[Function]:
    return db.session.scalars(
        select(Function).where(Function.organization_id == organization.id).order_by(Function.valid, Function.id)
    ).all()


def responsibilities_of(organization: Organization) -> Sequence[Responsibility]:
    return db.session.scalars(
        select(Responsibility)
        .where(Responsibility.organization_id == organization.id)
        .order_by(Responsibility.valid, Responsibility.id)
    ).all()


def municipalities() -> Sequence[Municipality]:
    return sorted(db.session.scalars(select(Municipality)), key=lambda each: (in_order(each.name), each.id))


def find_municipality(ags: str | None) -> Municipality | None:
    return db.session.scalars(select(Municipality).where(Municipality.ags == (ags or ""))).one_or_none()
