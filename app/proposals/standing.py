"""How long a wording stands before people hear of it, and how long whoever is quoted can object to it then."""

from datetime import datetime, timedelta

from flask import current_app

from app.proposals.models import Condensation
from app.texts.models import TextVersion

# Who condenses may think again for so long, and nobody was told in vain
STANDING = timedelta(hours=1)


def worded_at(condensation: Condensation, version: TextVersion) -> datetime:
    return condensation.made_at if version.number == 1 else version.created_at


def objections_close_at(condensation: Condensation, version: TextVersion) -> datetime:
    """The whole period counts from when people hear of the wording (TEILHABE_OBJECTION_DAYS)."""
    days: int = current_app.config["OBJECTION_DAYS"]
    return worded_at(condensation, version) + STANDING + timedelta(days=days)
