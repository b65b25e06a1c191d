"""Coming by an invitation code."""

from datetime import datetime

from app.registrations import queries
from app.registrations.counting import count_with_code
from app.registrations.errors import CodeInvalid, CodeMissing, CodeUsedUp
from app.registrations.models import InvitationCode, Registration
from app.registrations.places import Places


def redeem(places: Places, code: str, persons: int, at: datetime, *, is_required: bool) -> InvitationCode | None:
    """The code somebody typed, once it is good for the whole party. Call under the lock: it counts.

    Raises CodeMissing, CodeInvalid or CodeUsedUp.
    """
    typed = "".join(code.split()).replace("-", "").upper()
    if not typed:
        if is_required and places.event.is_by_invitation:
            raise CodeMissing
        return None
    found = queries.find_code(places.event.id, typed)
    if found is None or not found.is_valid(at):
        raise CodeInvalid
    check_use(found, persons)
    return found


def check_use(code: InvitationCode, persons: int, *, but: Registration | None = None) -> None:
    """Raise CodeUsedUp when so many more would be above its number; who left has given it back."""
    used = count_with_code(code.id, but=but.id if but else None)
    if code.persons is not None and used + persons > code.persons:
        raise CodeUsedUp
