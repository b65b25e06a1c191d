"""Reading what was written down at tables."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.db import db
from app.events.models import ThemeTable
from app.proposals.models import Proposal, ProposalState
from app.texts.models import Text


def of_table(table: ThemeTable) -> Sequence[Proposal]:
    """What was written down at a table and not taken back, newest first."""
    return db.session.scalars(_of_table(table).options(selectinload(Proposal.text).selectinload(Text.versions))).all()


def last_of_table(table: ThemeTable) -> Proposal | None:
    return db.session.scalars(_of_table(table).limit(1)).one_or_none()


def _of_table(table: ThemeTable) -> Select[Proposal]:
    return (
        select(Proposal)
        .where(Proposal.table_id == table.id, Proposal.state != ProposalState.WITHDRAWN)
        .order_by(Proposal.id.desc())
    )
