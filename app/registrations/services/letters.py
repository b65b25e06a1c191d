"""Tell the contact of a party."""

from app.mail import outbox
from app.registrations.models import Registration


def tell(registration: Registration, letter: str) -> None:
    """Write templates/mail/registrations/<letter>.txt into the outbox, in the caller's transaction."""
    if registration.email is None:
        return
    outbox.enqueue(
        registration.email,
        f"registrations/{letter}",
        language=registration.language,
        registration_id=registration.id,
    )
