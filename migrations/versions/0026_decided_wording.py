"""On which wording of a condensation it was decided."""

from alembic import op

from app import triggers
from app.triggers import same, same_or_emptied

revision = "0026_decided_wording"
down_revision = "0025_guards"
branch_labels = None
depends_on = None

BEFORE = (
    "id condensation_id passage_id outcome answer_id decided organization_id meeting_id forwarded_to goal_id "
    "measure_id made_at"
)


def upgrade() -> None:
    # In plain SQL: batch mode would rebuild the table and lose its triggers
    op.execute(
        "ALTER TABLE decision ADD COLUMN version_id INTEGER "
        "CONSTRAINT fk_decision_version_id_text_version REFERENCES text_version (id)"
    )
    _guard(f"{BEFORE} version_id")


def downgrade() -> None:
    _guard(BEFORE)
    op.execute("ALTER TABLE decision DROP COLUMN version_id")


def _guard(columns: str) -> None:
    """As migration 0025 has it: released once, by another person; erasing an account empties who did it."""
    dialect = op.get_bind().dialect.name
    released_once = f"""
        OLD.released_at IS NULL AND {same(columns)}
        AND (NEW.released_at IS NULL OR COALESCE(NEW.released_by_id <> NEW.made_by_id, TRUE))
    """
    emptied = f"""
        {same(columns)} AND {same("released_at")} AND {same_or_emptied("made_by_id")}
        AND {same_or_emptied("released_by_id")} AND ({_emptied("made_by_id")} OR {_emptied("released_by_id")})
    """
    for statement in (
        *triggers.allow("decision", "UPDATE", dialect),
        *triggers.refuse("decision", "UPDATE", dialect, unless=f"({released_once}) OR ({emptied})"),
    ):
        op.execute(statement)


def _emptied(column: str) -> str:
    return f"(OLD.{column} IS NOT NULL AND NEW.{column} IS NULL)"
