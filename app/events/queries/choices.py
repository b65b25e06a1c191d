"""What forms about events offer."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from app.concept.models import Measure, Section
from app.db import db
from app.events.models import Event, EventBody, EventMunicipality, EventSection, EventSeries
from app.events.queries.events import is_public
from app.events.queries.series import all_series
from app.structures.models import Municipality, Organization
from app.texts.models import Text


class Choices(NamedTuple):
    sections: Sequence[Section]
    organizations: Sequence[Organization]
    municipalities: Sequence[Municipality]
    series: Sequence[EventSeries] = ()


def choices_with_events() -> Choices:
    """What the list can be narrowed to: only what leads to a public event."""
    events = select(Event.id).where(is_public())
    return Choices(
        sections=_sections(Section.id.in_(select(EventSection.section_id).where(EventSection.event_id.in_(events)))),
        organizations=_organizations(
            or_(
                Organization.id.in_(select(Event.organization_id).where(is_public())),
                Organization.id.in_(select(EventBody.organization_id).where(EventBody.event_id.in_(events))),
            )
        ),
        municipalities=_municipalities(
            or_(
                Municipality.id.in_(select(Event.municipality_id).where(is_public())),
                Municipality.id.in_(
                    select(EventMunicipality.municipality_id).where(EventMunicipality.event_id.in_(events))
                ),
            )
        ),
    )


def choices() -> Choices:
    """What an event can be about, who can invite and where: for the desk."""
    return Choices(
        sections=_sections(true()),
        organizations=_organizations(true()),
        municipalities=_municipalities(true()),
        series=all_series(),
    )


def all_sections() -> Sequence[Section]:
    return _sections(true())


def _sections(condition: ColumnElement[bool]) -> Sequence[Section]:
    return db.session.scalars(select(Section).where(condition).order_by(Section.kind.desc(), Section.id)).all()


def _organizations(condition: ColumnElement[bool]) -> Sequence[Organization]:
    return db.session.scalars(select(Organization).where(condition).order_by(Organization.name)).all()


def _municipalities(condition: ColumnElement[bool]) -> Sequence[Municipality]:
    return db.session.scalars(select(Municipality).where(condition).order_by(Municipality.name)).all()


def named_measures() -> dict[str, Measure]:
    """All measures by code and wording, as one finds them."""
    statement = select(Measure).options(joinedload(Measure.text).selectinload(Text.versions)).order_by(Measure.code)
    return {f"{measure.code}: {measure.text.current.content}": measure for measure in db.session.scalars(statement)}


def named_organizations() -> dict[str, Organization]:
    return {organization.name: organization for organization in _organizations(true())}


def named_municipalities() -> dict[str, Municipality]:
    return {municipality.name: municipality for municipality in _municipalities(true())}
