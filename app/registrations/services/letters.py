"""Tell the contact of a party."""

from app.mail import outbox
from app.registrations.models import LetterKind, PaperLetter, Registration


def tell(registration: Registration, letter: str, **parameters: int | str) -> None:
    """Put the letter (a LetterKind) into the outbox, in the caller's transaction; without e-mail among those on paper.

    `parameters` are what it tells of: `booking_id` for a booking or a move, `reason` when declined, `seats` in words.
    """
    kind = LetterKind(letter)
    address = registration.new_email if kind is LetterKind.CONFIRM_EMAIL else registration.email
    if address is None:
        registration.paper_letters.append(PaperLetter(letter=kind, parameters=parameters))
        return
    outbox.enqueue(
        address,
        f"registrations/{kind}",
        language=registration.language,
        registration_id=registration.id,
        **parameters,
    )
