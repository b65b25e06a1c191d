"""Mails to whoever has a place on site carry the ticket: as a PDF, and as a picture to show at the door."""

from dataclasses import replace

from flask_babel import gettext as _

from app.attendance.documents import ticket_pdf
from app.attendance.services.tickets import has_ticket, qr_png, token_of_party
from app.mail.outbox import Attachment, Letter, adds_to
from app.registrations.mails import template_of
from app.registrations.models import LetterKind, Registration

K = LetterKind
# Also when time, place or table are new: the paper says them
WITH_TICKET = (K.CONFIRMED, K.APPROVED, K.CHANGED, K.MOVED, K.SEATED, K.REMINDER, K.EVENT_CHANGED)


@adds_to(*map(template_of, WITH_TICKET))
def attach_ticket(letter: Letter, **_ids: int | str) -> Letter:
    registration = letter.context["registration"]
    if not isinstance(registration, Registration):
        raise TypeError("a letter about a registration has one in its context")
    if registration.id is None or not has_ticket(registration):
        return letter
    picture = Attachment("ticket.png", "image/png", qr_png(token_of_party(registration)), alt=_("Ihr Ticket: QR-Code"))
    paper = Attachment("ticket.pdf", "application/pdf", ticket_pdf(registration))
    return replace(letter, attachments=(*letter.attachments, picture, paper))
