"""Where a partner of a measure stands: asked, waiting, agreed to this wording or to an earlier one."""

from enum import StrEnum

from flask_babel import lazy_gettext as _

from app.concept.models import Agreement, MeasurePartner, PartnerAnswer, PartnerRequest


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
