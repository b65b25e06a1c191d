"""Mails after an event: to those who were there, and to a team that has not published its results."""

from dataclasses import replace

from flask_babel import gettext as _

from app import links
from app.accounts.models import Account
from app.attendance.participants import parties_who_took_part
from app.attendance.queries.certificates import attendees_of_who_came
from app.db import db
from app.events.documentation import get_report
from app.events.models import Event
from app.mail.outbox import Letter, adds_to, renders
from app.registrations.models import Registration
from app.registrations.services import issue_link
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
def lead_to_results(letter: Letter, **_ids: int | str) -> Letter:
    """The one link of this letter is the documentation itself."""
    address = localized(links.absolute_url("event_reports.show", event_id=registration_of(letter).event.id))
    return replace(letter, context={**letter.context, "link": address}, action=_("Ergebnisse lesen"))


@adds_to("registrations/thanks")
def offer_certificates(letter: Letter, **_ids: int | str) -> Letter | None:
    """None for a party that did not come. Who was checked in finds a certificate for each behind the link."""
    registration = registration_of(letter)
    if registration.id is None:  # an example, to look at
        return letter
    if registration not in parties_who_took_part(registration.event_id):
        return None
    if not attendees_of_who_came(registration):
        return letter
    address = localized(links.absolute_url("certificates.index", token=issue_link(registration)))
    return with_link(
        letter, address, _("Teilnahmebestätigung"), _("Eine Bestätigung, dass Sie da waren, gibt es hier:")
    )


def registration_of(letter: Letter) -> Registration:
    """Whom a letter about a registration is about."""
    registration = letter.context["registration"]
    if not isinstance(registration, Registration):
        raise TypeError("a letter about a registration has one in its context")
    return registration


def with_link(letter: Letter, address: str, action: str, words: str) -> Letter:
    """The letter with one more link, where it says "more"."""
    paragraphs = [str(letter.context.get("more", "")), words, address]
    more = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return replace(letter, context={**letter.context, "more": more}, actions={**letter.actions, address: action})
