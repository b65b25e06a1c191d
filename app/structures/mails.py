"""What the mails about acting for an organisation show."""

from app import links
from app.db import db
from app.mail.outbox import Letter, renders
from app.structures import inviting
from app.structures.models import MandateInvitation


@renders(inviting.INVITED)
def invited(invitation_id: int) -> Letter | None:
    invitation = db.session.get(MandateInvitation, invitation_id)
    if invitation is None or not inviting.stands(invitation):
        return None
    address = links.absolute_url("colleagues.answer", token=inviting.link_of(invitation))
    return Letter({"name": invitation.invited_by.name, "organization": invitation.organization, "address": address})
