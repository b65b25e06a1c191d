"""What the mails of moderation show: to whoever contributed, and to readers who reported something."""

from app import links
from app.db import db
from app.mail.outbox import Letter, renders
from app.moderation.models import REPORT_OUTCOME_LABELS, Appeal, Report
from app.moderation.services import appeals, redactions, reports
from app.proposals.models import Proposal
from app.proposals.services import intake


@renders("moderation/redacted")
def redacted(proposal_id: int) -> Letter | None:
    proposal = db.session.get(Proposal, proposal_id)
    kept = redactions.kept_in(proposal) if proposal else []
    if proposal is None or not kept:
        return None
    return Letter(
        {"proposal": proposal, "reason": kept[-1].reason, "address": _own(proposal), "until": appeals.until(proposal)}
    )


@renders("moderation/appeal_answered")
def appeal_answered(appeal_id: int) -> Letter | None:
    made = db.session.get(Appeal, appeal_id)
    if made is None or made.answered_at is None or not made.answer:
        return None
    return Letter({"appeal": made, "proposal": made.proposal, "address": _own(made.proposal)})


@renders("moderation/confirm_report")
def confirm_report(report_id: int) -> Letter | None:
    made = db.session.get(Report, report_id)
    if made is None or not made.email or made.confirmed_at is not None:
        return None
    address = links.absolute_url("reports.confirm", token=reports.confirmation_link(made))
    return Letter({"reference": made.proposal.reference, "address": address})


@renders("moderation/report_answered")
def report_answered(report_id: int) -> Letter | None:
    made = db.session.get(Report, report_id)
    if made is None or made.outcome is None:
        return None
    shown: dict[str, object] = {
        "reference": made.proposal.reference,
        "outcome": REPORT_OUTCOME_LABELS[made.outcome],
        "answer": made.answer,
    }
    return Letter(shown)


def _own(proposal: Proposal) -> str:
    return links.absolute_url("contributions.show", token=intake.own_link(proposal))
