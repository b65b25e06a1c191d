"""Proof of work (ALTCHA, self-hosted): a sum that costs a browser a second and a robot the same for every message.

It tells nothing about who writes, and decides nothing: without one a contribution is taken in and marked.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import altcha

from app import links
from app.db import now
from app.encryption import derive_key

ALGORITHM = "PBKDF2/SHA-256"
COST = 5000  # rounds for each number that is tried
FEWEST, MOST = 100, 300  # numbers to try: about a second on a phone
LIFETIME = timedelta(hours=2)  # shorter than used links are remembered


@dataclass(frozen=True)
class Sending:
    """How a form came: from which network (app.limits.source_of), and with which proof of work."""

    source: str = ""
    proof: str = ""


def challenge() -> dict[str, object]:
    """A new sum, signed, as the browser's part of ALTCHA reads it."""
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=FEWEST + secrets.randbelow(MOST - FEWEST),
        expires_at=now() + LIFETIME,
        hmac_secret=derive_key("altcha"),
    )
    return dict(made.to_dict())


def use(payload: str) -> bool:
    """Whether this is the answer to a sum of ours, in time and for the first time; it counts no second time."""
    try:
        solved = altcha.Payload.from_base64(payload)
        result = altcha.verify_solution(solved, hmac_secret=derive_key("altcha"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # whatever somebody sends instead of one
        return False
    return result.verified and links.use_if_new(f"proof/{solved.challenge.signature}")
