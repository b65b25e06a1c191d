"""The link to one's own registration: made when its mail is sent, stored nowhere."""

from app import links
from app.registrations import queries
from app.registrations.errors import RegistrationGone
from app.registrations.models import Registration

OWN = "registration"


def issue_link(registration: Registration) -> str:
    """The token in the mail."""
    return links.sign(OWN, registration.id, registration.link_generation)


def find_by_link(token: str) -> Registration:
    """Whose registration this is; raises LinkInvalid for a forged link, RegistrationGone for a deleted one."""
    ticket = links.read(OWN, token)
    registration = queries.get_registration(ticket.row_id)
    if registration is None or registration.link_generation != ticket.generation:
        raise RegistrationGone
    return registration
