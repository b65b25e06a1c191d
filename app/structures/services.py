"""What can be done with structures: plan, found, rename, lead, seat, mandate, dissolve."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.accounts.models import Account
from app.audit import log
from app.audit.log import Actor
from app.db import db, lock, now, transactional
from app.errors import InvalidTransition, ReasonMissing
from app.process_date import ProcessDate
from app.slugs import free_slug
from app.structures import queries
from app.structures.errors import (
    AlreadyDissolved,
    EndsBeforeFounding,
    EndUnknown,
    LeadUnfit,
    MandateHeld,
    MunicipalityThere,
    NotPlanned,
    ParentUnfit,
    SlugTaken,
    SuccessorUnfit,
)
from app.structures.models import Leadership, Mandate, Municipality, Organization, OrganizationKind, Seat, Succession

UNKNOWN = ProcessDate()


@transactional
def add_municipality(
    *,
    ags: str,
    name: str,
    status: str,
    post_code: str,
    population: int,
    population_on: date,
    association: str = "",
    latitude: float,
    longitude: float,
    by: Actor | None = None,
) -> Municipality:
    """Known by its official key from then on; raises MunicipalityThere."""
    if queries.find_municipality(ags):
        raise MunicipalityThere
    municipality = Municipality(
        ags=ags,
        name=name.strip(),
        status=status.strip(),
        post_code=post_code,
        population=population,
        population_on=population_on,
        association=association.strip(),
        latitude=latitude,
        longitude=longitude,
    )
    db.session.add(municipality)
    db.session.flush()
    log.record("structures.add_municipality", municipality, by=by)
    return municipality


@transactional
def add_municipalities(rows: Iterable[Mapping[str, Any]], *, by: Actor | None = None) -> list[Municipality]:
    """Each as `add_municipality` takes it; those whose key is known already stay as they are. Returns the new ones."""
    return [add_municipality(**row, by=by) for row in rows if queries.find_municipality(row["ags"]) is None]


@transactional
def change_municipality(
    municipality: Municipality,
    *,
    name: str,
    status: str,
    post_code: str,
    population: int,
    population_on: date,
    association: str,
    latitude: float,
    longitude: float,
    by: Actor | None = None,
) -> None:
    """All but its official key, by which everything else knows it."""
    municipality = lock(municipality)
    municipality.name, municipality.status = name.strip(), status.strip()
    municipality.post_code, municipality.association = post_code, association.strip()
    municipality.population, municipality.population_on = population, population_on
    municipality.latitude, municipality.longitude = latitude, longitude
    fields = ["name", "status", "post_code", "association", "population", "population_on", "latitude", "longitude"]
    log.record("structures.change_municipality", municipality, by=by, fields=fields)


@transactional
def create_organization(
    *,
    name: str,
    kind: OrganizationKind,
    slug: str | None = None,
    short_name: str = "",
    parent: Organization | None = None,
    municipality: Municipality | None = None,
    founded: ProcessDate = UNKNOWN,
    is_planned: bool = False,
    description: str = "",
    is_example: bool = False,
    by: Actor | None = None,
) -> Organization:
    """Without a slug it is made from the name; raises SlugTaken.

    A planned one does not exist yet (2016 paper: "in näherer Zukunft das Thema Gesundheit"); `found` ends that.
    """
    if slug and queries.is_slug_taken(slug):
        raise SlugTaken
    organization = Organization(
        slug=slug or free_slug(name, queries.is_slug_taken),
        name=name.strip(),
        short_name=short_name.strip(),
        kind=kind,
        parent=parent,
        municipality=municipality,
        founded=founded,
        is_planned=is_planned,
        description=description.strip(),
        is_example=is_example,
    )
    db.session.add(organization)
    log.record("structures.create", organization, by=by)
    return organization


@transactional
def edit_organization(
    organization: Organization,
    *,
    name: str,
    short_name: str,
    parent: Organization | None,
    description: str,
    municipality: Municipality | None = None,
    by: Actor | None,
) -> None:
    """Name, place in the hierarchy and description; raises ParentUnfit for a circle."""
    organization = lock(organization)
    if parent is not None and organization in queries.with_ancestors(parent):
        raise ParentUnfit
    rename(organization, name=name, short_name=short_name, by=by)
    organization.parent, organization.municipality = parent, municipality
    organization.description = description.strip()
    log.record("structures.edit", organization, by=by, fields=["parent", "municipality", "description"])


@transactional
def rename(organization: Organization, *, name: str, short_name: str = "", by: Actor | None) -> None:
    """Another name for the same organisation; its address stays as it was."""
    organization = lock(organization)
    if (organization.name, organization.short_name) == (name.strip(), short_name.strip()):
        return
    organization.name, organization.short_name = name.strip(), short_name.strip()
    log.record("structures.rename", organization, by=by, fields=["name", "short_name"])


@transactional
def found(organization: Organization, *, founded: ProcessDate, by: Actor | None) -> None:
    """What was planned exists now; raises NotPlanned."""
    organization = lock(organization)
    if not organization.is_planned or organization.dissolved:
        raise NotPlanned
    organization.is_planned = False
    organization.founded = founded
    log.record("structures.found", organization, by=by, fields=["founded", "is_planned"])


@transactional
def dissolve(
    organization: Organization,
    *,
    dissolved: ProcessDate,
    reason: str,
    successors: Collection[Organization] = (),
    by: Actor | None = None,
) -> None:
    """End a structure: mandates for it are revoked, its history stays readable (2016 paper: "daher aufgelöst").

    Seats and leaderships keep their dates; they end with the body. Raises AlreadyDissolved, ReasonMissing,
    EndUnknown, EndsBeforeFounding, SuccessorUnfit.
    """
    organization = lock(organization)
    _check_dissolution(organization, dissolved, reason, successors)
    organization.dissolved = dissolved
    organization.dissolution_reason = reason.strip()
    for successor in successors:
        db.session.add(Succession(predecessor=organization, successor=successor))
    for mandate in queries.mandates_of(organization):
        mandate.revoked_at = now()
    log.record("structures.dissolve", organization, by=by, fields=["dissolved", "dissolution_reason", "successors"])


def _check_dissolution(
    organization: Organization, dissolved: ProcessDate, reason: str, successors: Collection[Organization]
) -> None:
    if organization.dissolved:
        raise AlreadyDissolved
    if not reason.strip():
        raise ReasonMissing(_("Sagen Sie, warum die Organisation aufgelöst wird. Der Grund steht auf ihrer Seite."))
    if not dissolved or dissolved.is_open:
        raise EndUnknown
    if dissolved.last_day < organization.founded.first_day:
        raise EndsBeforeFounding
    if any(successor.id == organization.id or successor.dissolved for successor in successors):
        raise SuccessorUnfit


@transactional
def add_leadership(
    organization: Organization,
    *,
    lead: Organization,
    valid: ProcessDate = UNKNOWN,
    source: str = "",
    by: Actor | None = None,
) -> Leadership:
    """Another organisation leads from then on; an open leadership before it ends where this one starts.

    Raises LeadUnfit, AlreadyDissolved.
    """
    organization = lock(organization)
    if organization.dissolved:
        raise AlreadyDissolved
    if lead.id == organization.id:
        raise LeadUnfit
    for earlier in organization.leaderships:
        earlier.valid = _until(earlier.valid, valid)
    leadership = Leadership(organization=organization, lead=lead, valid=valid, source=source.strip())
    db.session.add(leadership)
    log.record("structures.add_leadership", leadership, by=by)
    return leadership


def _until(earlier: ProcessDate, later: ProcessDate) -> ProcessDate:
    """„seit März 2016“ becomes „März 2016 bis April 2017“ when another begins in April 2017; anything else stays."""
    if earlier.is_open and later and earlier.starts.notation < later.starts.notation:
        return ProcessDate(f"{earlier.starts.notation}/{later.starts.notation}")
    return earlier


@transactional
def add_seat(
    organization: Organization,
    *,
    category: str,
    on_behalf_of: Organization | None = None,
    is_voluntary: bool = False,
    valid: ProcessDate = UNKNOWN,
    source: str = "",
    by: Actor | None = None,
) -> Seat:
    """A category of seats and who sends those who sit there (OParl: onBehalfOf); raises AlreadyDissolved."""
    organization = lock(organization)
    if organization.dissolved:
        raise AlreadyDissolved
    seat = Seat(
        organization=organization,
        category=category.strip(),
        on_behalf_of=on_behalf_of,
        is_voluntary=is_voluntary,
        valid=valid,
        source=source.strip(),
    )
    db.session.add(seat)
    log.record("structures.add_seat", seat, by=by)
    return seat


@transactional
def grant_mandate(account: Account, *, organization: Organization, by: Actor | None) -> Mandate:
    """The account acts for the organisation from now on; raises MandateHeld, AlreadyDissolved."""
    organization = lock(organization)
    if organization.dissolved:
        raise AlreadyDissolved
    if any(mandate.account_id == account.id for mandate in queries.mandates_of(organization)):
        raise MandateHeld
    mandate = Mandate(account=account, organization=organization)
    db.session.add(mandate)
    log.record("structures.grant_mandate", mandate, by=by)
    return mandate


@transactional
def revoke_mandate(mandate: Mandate, *, by: Actor | None) -> None:
    """Raises InvalidTransition when somebody was quicker."""
    mandate = lock(mandate)
    if mandate.revoked_at is not None:
        raise InvalidTransition
    mandate.revoked_at = now()
    log.record("structures.revoke_mandate", mandate, by=by, fields=["revoked_at"])
