"""Partners of measures, and where each stands: asked, waiting, agreed to this wording or to an earlier one."""

from collections.abc import Sequence
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.concept.models import (
    Agreement,
    Measure,
    MeasurePartner,
    PartnerAnswer,
    PartnerContact,
    PartnerRequest,
    WorkingMeasure,
)
from app.db import db
from app.structures.models import Organization
from app.texts.models import Text


class PartnerState(StrEnum):
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    CONDITIONS = "conditions"
    OVERTAKEN = "overtaken"
    REFUSED = "refused"
    AGREED = "agreed"


PARTNER_STATE_LABELS = {
    PartnerState.NOT_ASKED: _("noch nicht gefragt"),
    PartnerState.WAITING: _("Antwort steht aus"),
    PartnerState.CONDITIONS: _("stimmt unter Bedingungen zu"),
    PartnerState.OVERTAKEN: _("hat einer früheren Fassung zugestimmt"),
    PartnerState.REFUSED: _("stimmt nicht zu"),
    PartnerState.AGREED: _("stimmt zu"),
}
TO_ASK = frozenset({PartnerState.NOT_ASKED, PartnerState.OVERTAKEN})
OPEN = TO_ASK | {PartnerState.WAITING}


def last_answer(partner: MeasurePartner) -> PartnerAnswer | None:
    return partner.answers[-1] if partner.answers else None


def open_request(partner: MeasurePartner) -> PartnerRequest | None:
    """The last one, while no answer came after it; reminders count."""
    answer = last_answer(partner)
    asked = [each for each in partner.requests if answer is None or each.recorded_at > answer.recorded_at]
    return asked[-1] if asked else None


def state_of(partner: MeasurePartner) -> PartnerState:
    """Of the wording as it is today; needs requests, answers and the versions of the measure's text."""
    if open_request(partner):
        return PartnerState.WAITING
    answer = last_answer(partner)
    if answer is None or answer.agreement is None:
        return PartnerState.NOT_ASKED
    if answer.agreement is Agreement.NO:
        return PartnerState.REFUSED
    if answer.version_id != partner.measure.text.current.id:
        return PartnerState.OVERTAKEN
    return PartnerState.CONDITIONS if answer.agreement is Agreement.CONDITIONS else PartnerState.AGREED


def partners(*, organization: Organization | None = None, measure: Measure | None = None) -> Sequence[MeasurePartner]:
    """Of measures in the working edition, in its order; with what they were asked and answered."""
    statement = (
        select(MeasurePartner)
        .join(Measure, Measure.id == MeasurePartner.measure_id)
        .join(WorkingMeasure, WorkingMeasure.measure_id == Measure.id)
        .join(Organization, Organization.id == MeasurePartner.organization_id)
        .options(
            joinedload(MeasurePartner.organization),
            joinedload(MeasurePartner.measure).joinedload(Measure.text).selectinload(Text.versions),
            selectinload(MeasurePartner.requests),
            selectinload(MeasurePartner.answers).joinedload(PartnerAnswer.words).selectinload(Text.versions),
        )
        .order_by(Organization.name, Measure.id)
        .execution_options(populate_existing=True)
    )
    if organization is not None:
        statement = statement.where(MeasurePartner.organization_id == organization.id)
    if measure is not None:
        statement = statement.where(MeasurePartner.measure_id == measure.id)
    return db.session.scalars(statement).all()


def named_elsewhere(organization: Organization) -> Sequence[MeasurePartner]:
    """Of measures that left the working edition: earlier editions still name the organisation there."""
    return db.session.scalars(
        select(MeasurePartner)
        .join(MeasurePartner.measure)
        .where(MeasurePartner.organization_id == organization.id, MeasurePartner.may_be_named, ~Measure.placement.has())
        .options(joinedload(MeasurePartner.measure).joinedload(Measure.text).selectinload(Text.versions))
        .order_by(MeasurePartner.measure_id)
        .execution_options(populate_existing=True)
    ).all()


def find_partner(measure: Measure, organization: Organization) -> MeasurePartner | None:
    return db.session.scalars(
        select(MeasurePartner).where(
            MeasurePartner.measure_id == measure.id, MeasurePartner.organization_id == organization.id
        )
    ).one_or_none()


def find_contact(organization: Organization) -> PartnerContact | None:
    return db.session.scalars(
        select(PartnerContact).where(PartnerContact.organization_id == organization.id)
    ).one_or_none()
