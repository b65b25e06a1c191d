"""Mails about results: to a team that has not published them, and to those who were there."""

from dataclasses import replace

from flask_babel import gettext as _

from app import links
from app.accounts.models import Account
from app.db import db
from app.events.documentation import get_report
from app.events.models import Event
from app.mail.outbox import Letter, adds_to, renders
from app.registrations.models import Registration
from app.web.language import localized


@renders("attendance/results_missing")
def results_missing(event_id: int, account_id: int) -> Letter | None:
    """None when they were published meanwhile."""
    event, account = db.session.get(Event, event_id), db.session.get(Account, account_id)
    report = get_report(event_id)
    if event is None or account is None or not account.is_active or (report and report.is_published):
        return None
    address = links.absolute_url("event_reports_desk.edit", event_id=event_id)
    return Letter({"event": event, "name": account.name, "address": address}, action=_("Dokumentation schreiben"))


@adds_to("registrations/results")
def lead_to_results(letter: Letter, registration_id: int) -> Letter:
    """The one link of this letter is the documentation itself."""
    registration = db.session.get_one(Registration, registration_id)
    address = localized(links.absolute_url("event_reports.show", event_id=registration.event_id))
    return replace(letter, context={**letter.context, "link": address}, action=_("Ergebnisse lesen"))
