"""What the mails to partners of measures show."""

from app.concept import partnership
from app.concept.models import PartnerContact
from app.concept.partnership import open_request
from app.concept.services.partners import ASK, REMIND, link_of
from app.db import db
from app.mail.outbox import Letter, renders


@renders(ASK)
@renders(REMIND)
def agreement(contact_id: int) -> Letter | None:
    """None when all was answered meanwhile, or the address was erased."""
    contact = db.session.get(PartnerContact, contact_id)
    if contact is None:
        return None
    waiting = [each for each in partnership.partners(organization=contact.organization) if open_request(each)]
    if not waiting:
        return None
    return Letter(
        {
            "organization": contact.organization.name,
            "wordings": [each.measure.text.current.content for each in waiting],
            "address": link_of(contact),
        }
    )
