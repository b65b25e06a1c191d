"""Readers point at a contribution. People answer; no number of reports hides anything by itself."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app import limits, links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import AnswerMissing, LinkInvalid
from app.limits import Action
from app.mail import outbox
from app.moderation.errors import AlreadyAnswered, NotDoneYet
from app.moderation.models import Report, ReportKind, ReportOutcome
from app.moderation.services import redactions
from app.proposals.errors import NotReleased
from app.proposals.models import Proposal
from app.texts.services import normalize

CONFIRM_LINK = "report"


@transactional
def report(
    proposal: Proposal, *, kind: ReportKind, words: str = "", email: str = "", language: str = "de", source: str = ""
) -> Report:
    """Take in what a reader says is wrong; an address gets one mail, and the answer once it was confirmed.

    Raises NotReleased, and LimitReached where one network sends very many.
    """
    limits.count(Action.REPORT, source)
    proposal = lock(proposal)
    if not proposal.is_released:
        raise NotReleased
    email = email.strip().lower()
    may_ask = bool(email) and not outbox.is_enough(email, "moderation/confirm_report")
    made = Report(
        proposal=proposal, kind=kind, words=normalize(words), email=email if may_ask else "", language=language
    )
    db.session.add(made)
    log.record("moderation.report", made)
    if may_ask:
        outbox.enqueue(email, "moderation/confirm_report", language=language, report_id=made.id)
    return made


@transactional
def confirm(made: Report) -> None:
    """The address is that of whoever reported; again changes nothing."""
    made = lock(made)
    made.confirmed_at = made.confirmed_at or now()


@transactional
def answer(reports: Collection[Report], *, outcome: ReportOutcome, words: str, by: Account) -> None:
    """Say to everybody who reported the same contribution what came of it; their addresses go with the answer.

    Raises AnswerMissing, AlreadyAnswered where somebody else was faster, and NotDoneYet where the outcome is not so.
    """
    if not words.strip():
        raise AnswerMissing
    for each in sorted(reports, key=lambda one: one.id):
        made = lock(each)
        if made.answered_at is not None:
            raise AlreadyAnswered
        _check(made.proposal, outcome)
        made.answered_at, made.answered_by_id = now(), by.id
        made.outcome, made.answer = outcome, words.strip()
        if made.email and made.confirmed_at:
            outbox.enqueue(made.email, "moderation/report_answered", language=made.language, report_id=made.id)
        made.email = ""
        log.record("moderation.answer_report", made, by=by, fields=["outcome"])


def _check(proposal: Proposal, outcome: ReportOutcome) -> None:
    is_redacted = any(version.redactions for version in redactions.versions_of(proposal))
    untrue = {ReportOutcome.WITHHELD: proposal.is_released, ReportOutcome.REDACTED: not is_redacted}
    if untrue.get(outcome):
        raise NotDoneYet


@transactional
def forget_unconfirmed_before(at: datetime) -> int:
    """Empty addresses nobody confirmed of reports made before then; returns how many."""
    statement = select(Report).where(Report.email != "", Report.confirmed_at.is_(None), Report.created_at <= at)
    found = db.session.scalars(statement).all()
    for each in found:
        each.email = ""
    return len(found)


@transactional
def forget_answered_before(at: datetime) -> int:
    """Empty the words of reports answered before then; kind and outcome stay."""
    statement = select(Report).where(Report.answered_at <= at, (Report.words != "") | (Report.answer != ""))
    found = db.session.scalars(statement).all()
    for each in found:
        each.words = each.answer = ""
    return len(found)


@transactional
def forget_address(email: str) -> int:
    """Nobody hears back at this address any more; returns how many reports had it."""
    found = db.session.scalars(select(Report).where(Report.email == email.strip().lower())).all()
    for each in found:
        each.email = ""
    return len(found)


def confirmation_link(made: Report) -> str:
    return links.sign(CONFIRM_LINK, made.id, 1)


def read_confirmation_link(token: str) -> Report:
    """Raises LinkInvalid, also when the address is no longer kept."""
    made = db.session.get(Report, links.read(CONFIRM_LINK, token).row_id)
    if made is None or not made.email:
        raise LinkInvalid
    return made
