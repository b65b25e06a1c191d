"""What the mails of moderation show: to whoever contributed, and to readers who reported something."""

from dataclasses import replace

from sqlalchemy import func, select

from app import links
from app.db import db
from app.mail.outbox import Letter, adds_to, renders
from app.moderation.models import REPORT_OUTCOME_LABELS, Appeal, Report
from app.moderation.services import appeals, redactions, reports
from app.proposals.models import Contributor, Follow, FollowNotice, NewsKind, Proposal, ProposalState, Release
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


@adds_to("proposals/news")
def appealable(letter: Letter, batch: str) -> Letter:
    """To whoever contributed, beside a step of moderation: the page on which they can appeal."""
    statement = (
        select(Proposal)
        .join(Release, Release.proposal_id == Proposal.id)
        .join(FollowNotice, (FollowNotice.step_id == Release.id) & (FollowNotice.kind == NewsKind.MODERATED))
        .join(Follow, Follow.id == FollowNotice.follow_id)
        .join(Contributor, Contributor.proposal_id == Proposal.id)
        .where(
            FollowNotice.batch == batch,
            Proposal.state == ProposalState.WITHHELD,
            Contributor.email_confirmed_at.is_not(None),
            func.lower(Contributor.email) == func.lower(Follow.email),
        )
    )
    own = {proposal.reference: _own(proposal) for proposal in db.session.scalars(statement) if appeals.until(proposal)}
    return replace(letter, context={**letter.context, "appeals": own})


def _own(proposal: Proposal) -> str:
    return links.absolute_url("contributions.show", token=intake.own_link(proposal))
