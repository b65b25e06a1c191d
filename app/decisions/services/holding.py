"""Holding what decisions are about: several things always in the same order, so that nobody waits in a circle."""

from collections.abc import Collection

from sqlalchemy import select

from app.db import db, lock
from app.proposals import queries as proposals
from app.proposals.models import Condensation, Proposal


def hold(text_ids: Collection[int]) -> list[Condensation | Proposal]:
    """Lock the condensations and contributions with these texts: condensations first, each kind by id.

    Whoever decides on several calls this before the first: a decision goes on to lock the working edition.
    """
    condensations = select(Condensation).where(Condensation.text_id.in_(text_ids)).order_by(Condensation.id)
    return [lock(each) for each in (*db.session.scalars(condensations), *proposals.with_texts(text_ids))]
