"""Reading decisions: what waits for one, and what waits for a second person."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.proposals.models import Condensation, Decision, Ending, Passage
from app.texts.models import Text


def undecided() -> Sequence[Condensation]:
    """Condensations without any decision, the oldest first."""
    return db.session.scalars(
        select(Condensation)
        .where(
            ~exists().where(Decision.condensation_id == Condensation.id),
            ~exists().where(Ending.condensation_id == Condensation.id),
        )
        .options(joinedload(Condensation.section), selectinload(Condensation.text).selectinload(Text.versions))
        .order_by(Condensation.id)
    ).all()


def drafts() -> Sequence[Decision]:
    """Decisions that wait for a second person."""
    return db.session.scalars(_decisions().where(Decision.released_at.is_(None)).order_by(Decision.id)).all()


def get_decision(decision_id: int) -> Decision | None:
    return db.session.scalars(_decisions().where(Decision.id == decision_id)).one_or_none()


def _decisions() -> Select[Decision]:
    return select(Decision).options(
        selectinload(Decision.condensation).selectinload(Condensation.text).selectinload(Text.versions),
        selectinload(Decision.passage).selectinload(Passage.version),
        selectinload(Decision.answer).selectinload(Text.versions),
        joinedload(Decision.goal),
        joinedload(Decision.measure),
    )
