"""Work off the table of retention."""

import logging

from sqlalchemy.exc import SQLAlchemyError

from app.db import now, rehearsal
from app.privacy.retention import RULES

logger = logging.getLogger(__name__)


def run() -> dict[str, int | None]:
    """Delete what is due; how many of each kind, None where the database failed.

    Each rule is a transaction of its own: one that fails holds up no other and is tried again the next night.
    """
    at = now()
    counts: dict[str, int | None] = {}
    for rule in RULES:
        try:
            counts[rule.kind] = rule.remove(rule.period.before(at))
        except SQLAlchemyError:
            logger.exception("retention: %s failed and is tried again tomorrow", rule.kind)
            counts[rule.kind] = None
    return counts


def rehearse() -> dict[str, int | None]:
    """What `run` would delete now: the same rules in one transaction that is undone."""
    at = now()
    with rehearsal():
        return {rule.kind: rule.remove(rule.period.before(at)) for rule in RULES}
