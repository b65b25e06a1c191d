"""Another e-mail address for a registration: it counts once somebody has confirmed it from there."""

from app.accounts.models import Account
from app.audit import log
from app.db import lock, now, transactional
from app.mail import outbox
from app.registrations.errors import AlreadyCancelled, EventOver, RegistrationGone
from app.registrations.models import ENDED, Registration, RegistrationStatus
from app.registrations.services.letters import tell

S = RegistrationStatus
LETTERS = {
    S.REQUESTED: "requested",
    S.HELD: "held",
    S.CONFIRMED: "confirmed",
    S.OFFERED: "offer",
}


@transactional
def change_email(registration: Registration, email: str, *, by: Account | None = None) -> None:
    """Ask the new address whether it is right, and tell the old one. Until then everything goes to the old one.

    The address it has already takes a change back. Raises AlreadyCancelled or EventOver.
    """
    registration = lock(registration)
    _check_running(registration)
    registration.new_email = None if email == registration.email else email
    log.record("registrations.change_email", registration, by=by, fields=["new_email"])
    asked = registration.new_email
    if asked is not None and not outbox.is_enough(asked, "registrations/confirm_email"):
        tell(registration, "confirm_email")
        tell(registration, "email_changed")


@transactional
def confirm_email(registration: Registration) -> None:
    """The new address takes the place of the old one, whose links end; a fresh one goes to the new address.

    Raises RegistrationGone when no address waits for it, AlreadyCancelled or EventOver.
    """
    registration = lock(registration)
    _check_running(registration)
    if registration.new_email is None:
        raise RegistrationGone
    _redirect_mails(registration, registration.new_email)
    registration.email, registration.new_email = registration.new_email, None
    registration.link_generation += 1
    log.record("registrations.confirm_email", registration, fields=["email"])
    tell(registration, current_letter(registration))


@transactional
def resend(registration: Registration, *, by: Account) -> None:
    """Once more the letter that says where the party stands. Raises AlreadyCancelled or EventOver."""
    registration = lock(registration)
    _check_running(registration)
    log.record("registrations.resend", registration, by=by)
    tell(registration, current_letter(registration))


def current_letter(registration: Registration) -> str:
    if registration.status is S.WAITING:
        return "joined" if registration.is_confirmed_by_mail else "waiting"
    return LETTERS[registration.status]


def _redirect_mails(registration: Registration, email: str) -> None:
    if registration.email is not None:
        about = ("registration_id", registration.id)
        outbox.redirect(registration.email, email, about=about, but="registrations/email_changed")


def _check_running(registration: Registration) -> None:
    if registration.status in ENDED:
        raise AlreadyCancelled
    if registration.event.is_over(now()):
        raise EventOver
