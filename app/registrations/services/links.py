"""The link to one's own registration: made when its mail is sent, stored nowhere."""

from hashlib import sha256

from app import links
from app.registrations import queries
from app.registrations.errors import RegistrationGone
from app.registrations.models import Registration

OWN = "registration"
NEW_EMAIL = "registration-email"


def issue_link(registration: Registration) -> str:
    """The token in the mail."""
    return links.sign(OWN, registration.id, registration.link_generation)


def issue_email_link(registration: Registration) -> str:
    """The token in the mail to a new address."""
    return links.sign(NEW_EMAIL, registration.id, _email_generation(registration))


def find_by_link(token: str) -> Registration:
    """Whose registration this is; raises LinkInvalid for a forged link, RegistrationGone for a deleted one."""
    ticket = links.read(OWN, token)
    registration = queries.get_registration(ticket.row_id)
    if registration is None or registration.link_generation != ticket.generation:
        raise RegistrationGone
    return registration


def find_by_email_link(token: str) -> Registration:
    """Whose new address this confirms; raises LinkInvalid, or RegistrationGone when it has been another since."""
    ticket = links.read(NEW_EMAIL, token)
    registration = queries.get_registration(ticket.row_id)
    if registration is None or _email_generation(registration) != ticket.generation:
        raise RegistrationGone
    return registration


def _email_generation(registration: Registration) -> int:
    """The link holds good for the one address that waits to be confirmed."""
    said = f"{registration.link_generation}/{registration.new_email}"
    return int(sha256(said.encode()).hexdigest()[:12], 16)
