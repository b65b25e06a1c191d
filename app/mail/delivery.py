"""Send what is due, once each as far as a relay lets us, and try again what failed."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_mail import Message
from sqlalchemy import or_, select, update
from sqlalchemy.exc import OperationalError

from app.db import db, now, transactional
from app.mail.models import NO_REASON, OutgoingMail
from app.mail.rendering import render
from app.mail.transport import Transport

PERMANENT = range(500, 600)  # RFC 5321 section 4.2.1: 5yz is a permanent negative reply, 4yz says try again
# A relay or a database out of reach. SMTPException is an OSError; whatever else goes wrong will not pass by waiting.
PASSING = (OSError, OperationalError)
# The relay refuses us, not this mail: a wrong password must not empty the outbox.
REFUSES_ALL = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)

logger = logging.getLogger(__name__)


@dataclass
class Round:
    sent: int = 0
    postponed: int = 0
    given_up: int = 0


def deliver() -> Round:
    """One round of the outbox: everything that is due now."""
    report = Round()
    while mail_id := _claim(now()):
        _deliver_one(mail_id, report)
    return report


@transactional
def forget_recipients_before(at: datetime) -> int:
    """Empty the addresses of mails that ended before then; returns how many."""
    ids = db.session.scalars(
        select(OutgoingMail.id).where(
            OutgoingMail.recipient.is_not(None),
            or_(OutgoingMail.sent_at <= at, OutgoingMail.given_up_at <= at),
        )
    ).all()
    db.session.execute(update(OutgoingMail).where(OutgoingMail.id.in_(ids)).values(recipient=None))
    return len(ids)


@transactional
def _claim(at: datetime) -> int | None:
    """Lease the next mail; another worker skips its row (PostgreSQL), or waits for this commit (SQLite).

    One at a time: while a slow relay keeps a worker, the leases of mails behind it would run out.
    """
    due = (
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None), OutgoingMail.next_attempt_at <= at)
        .order_by(OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail = db.session.scalars(due).one_or_none()
    if mail is None:
        return None
    mail.lease(at)
    return mail.id


def _deliver_one(mail_id: int, report: Round) -> None:
    """No transaction is open while the relay answers: on SQLite it would stop everybody who writes."""
    transport: Transport = current_app.extensions["mail_transport"]
    try:
        message = _render(mail_id)
        if message is not None:
            transport.send(message)
    except Exception as error:  # noqa: BLE001 -- the mail loop: one broken mail must not stop the others
        if _note_failure(mail_id, error):
            report.postponed += 1
        else:
            report.given_up += 1
    else:
        _note_success(mail_id, was_sent=message is not None)
        report.sent += message is not None
        report.given_up += message is None


@transactional
def _render(mail_id: int) -> Message | None:
    return render(db.session.get_one(OutgoingMail, mail_id))


@transactional
def _note_success(mail_id: int, *, was_sent: bool) -> None:
    mail = db.session.get_one(OutgoingMail, mail_id)
    if was_sent:
        mail.sent(now())
    else:
        mail.give_up(now(), NO_REASON)


@transactional
def _note_failure(mail_id: int, error: Exception) -> bool:
    """Whether there will be another attempt."""
    mail = db.session.get_one(OutgoingMail, mail_id)
    code = _smtp_code(error)
    failure = f"{type(error).__name__} {code or ''}".strip()
    if isinstance(error, PASSING) and (code not in PERMANENT or isinstance(error, REFUSES_ALL)):
        logger.warning("mail %s: %s", mail.id, failure)
        mail.postpone(now(), failure)
    else:
        logger.error("mail %s: %s, given up", mail.id, failure, exc_info=error)
        mail.give_up(now(), failure)
    return mail.is_open


def _smtp_code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return None
