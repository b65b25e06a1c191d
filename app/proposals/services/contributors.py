"""Writing to whoever brought a contribution in."""

from app.mail import outbox
from app.proposals.models import Proposal


def tell(proposal: Proposal, template: str, **parameters: int) -> None:
    """Once their address is confirmed, in their language; else nobody is written to."""
    contributor = proposal.contributor
    if contributor is not None and contributor.is_written_to:
        outbox.enqueue(contributor.email, template, language=contributor.language, **parameters)
