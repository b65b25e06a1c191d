"""What a contribution becomes may be an idea for municipalities or an example of good practice."""

from alembic import op

from app import triggers
from app.triggers import same, same_or_emptied

revision = "0034_results"
down_revision = "0033_contributions"
branch_labels = None
depends_on = None

BEFORE = (
    "id condensation_id passage_id outcome answer_id decided organization_id meeting_id forwarded_to goal_id"
    " measure_id made_at version_id"
)
COLUMNS = (
    ("idea", "municipal_idea", "goal_id IS NULL AND measure_id IS NULL"),
    ("practice", "good_practice", "goal_id IS NULL AND measure_id IS NULL AND idea_id IS NULL"),
)


def upgrade() -> None:
    # In plain SQL: batch mode would rebuild the table and lose its triggers
    for name, table, alone in COLUMNS:
        op.execute(
            f"ALTER TABLE decision ADD COLUMN {name}_id INTEGER "
            f"CONSTRAINT fk_decision_{name}_id_{table} REFERENCES {table} (id) "
            f"CONSTRAINT ck_decision_one_result_{name} CHECK ({name}_id IS NULL OR ({alone}))"
        )
        op.create_index(f"ix_decision_{name}_id", "decision", [f"{name}_id"])
    _guard(f"{BEFORE} idea_id practice_id")


def downgrade() -> None:
    _guard(BEFORE)
    for name, _table, _alone in reversed(COLUMNS):
        op.drop_index(f"ix_decision_{name}_id", "decision")
        op.execute(f"ALTER TABLE decision DROP COLUMN {name}_id")


def _guard(columns: str) -> None:
    """As migration 0026 has it: released once, by another person; erasing an account empties who did it."""
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
