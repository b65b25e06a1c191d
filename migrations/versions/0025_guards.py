"""The database keeps what only grows column by column, also where a value is missing; two persons for each answer."""

from alembic import op

from app import triggers
from app.triggers import same, same_or_emptied

revision = "0025_guards"
down_revision = "0024_distribution"
branch_labels = None
depends_on = None


def _emptied(column: str) -> str:
    """Erasing an account empties who did it, and nothing else."""
    return f"(OLD.{column} IS NOT NULL AND NEW.{column} IS NULL)"


OBJECTION = "id condensation_id version_id proposal_id words_id may_be_quoted made_at"
ANSWER = "outcome answer_id answered_at"
DECISION = (
    "id condensation_id passage_id outcome answer_id decided organization_id meeting_id forwarded_to goal_id "
    "measure_id made_at"
)
# It changes once, when another person than its author releases it; until then whoever words its answer anew is that.
RELEASED = f"""
    OLD.released_at IS NULL AND {same(DECISION)}
    AND (NEW.released_at IS NULL OR COALESCE(NEW.released_by_id <> NEW.made_by_id, TRUE))
"""
RELEASED_BEFORE = f"""
    {same(DECISION)} AND {same("released_at")} AND {same_or_emptied("made_by_id")}
    AND {same_or_emptied("released_by_id")} AND ({_emptied("made_by_id")} OR {_emptied("released_by_id")})
"""
GUARDS = {
    "objection": (
        f"{same(OBJECTION)} AND (OLD.answered_at IS NULL OR ({same(ANSWER)} AND {_emptied('answered_by_id')}))"
    ),
    "recommendation": (
        f"{same('id referral_id outcome reason_id wording_id recommended made_at')} AND {_emptied('made_by_id')}"
    ),
    "table_entry": (
        f"{same('id table_id key kind line_id proposal_id result at received_at')} AND {_emptied('recorded_by_id')}"
    ),
    "release": (
        f"{same('id proposal_id state reason made_at role undoes_id block_version_id')} AND {_emptied('made_by_id')}"
    ),
    "decision": f"({RELEASED}) OR ({RELEASED_BEFORE})",
}
CALL_CHANGE = f"{same('id call_id closed_before closes_at reason made_at')} AND {_emptied('made_by_id')}"


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _replace(GUARDS)
    for action, unless in (("UPDATE", CALL_CHANGE), ("DELETE", "")):
        for statement in triggers.refuse("call_change", action, dialect, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for action in ("UPDATE", "DELETE"):
        for statement in triggers.allow("call_change", action, dialect):
            op.execute(statement)
    _replace(BEFORE)


def _replace(conditions: dict[str, str]) -> None:
    dialect = op.get_bind().dialect.name
    for table, unless in conditions.items():
        for statement in (
            *triggers.allow(table, "UPDATE", dialect),
            *triggers.refuse(table, "UPDATE", dialect, unless=unless),
        ):
            op.execute(statement)


# As migrations 0002, 0018, 0019, 0020 and 0021 had them
ACCOUNT_EMPTIED = "OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL AND OLD.made_at = NEW.made_at"
SAME_OBJECTION = " AND ".join(f"OLD.{column} = NEW.{column}" for column in OBJECTION.split())
BEFORE = {
    "objection": f"""
        {SAME_OBJECTION} AND (OLD.answered_at IS NULL OR (
            OLD.answered_at = NEW.answered_at AND OLD.outcome = NEW.outcome AND OLD.answer_id = NEW.answer_id
            AND NEW.answered_by_id IS NULL
        ))
    """,
    "recommendation": (
        f"OLD.id = NEW.id AND {ACCOUNT_EMPTIED} AND OLD.outcome = NEW.outcome AND OLD.reason_id = NEW.reason_id"
    ),
    "table_entry": f"{same('id table_id key kind result line_id proposal_id')} AND NEW.recorded_by_id IS NULL",
    "release": f"OLD.id = NEW.id AND {ACCOUNT_EMPTIED} AND {same('state reason undoes_id block_version_id')}",
    "decision": f"""
        (OLD.released_at IS NULL AND {same("id outcome answer_id condensation_id passage_id decided made_at")})
        OR (OLD.id = NEW.id AND {ACCOUNT_EMPTIED} AND OLD.outcome = NEW.outcome)
    """,
}
