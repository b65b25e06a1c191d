"""How often, and when, the time of a draft that is laid out was changed: calendars count it."""

from alembic import op

revision = "0038_deadlines"
down_revision = "0037_second_person"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Plain SQL: the table has triggers."""
    moment = "TIMESTAMP WITH TIME ZONE" if op.get_bind().dialect.name == "postgresql" else "DATETIME"
    op.execute(f"ALTER TABLE hearing ADD COLUMN revised_at {moment}")
    op.execute("ALTER TABLE hearing ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0")


def downgrade() -> None:
    op.execute("ALTER TABLE hearing DROP COLUMN sequence")
    op.execute("ALTER TABLE hearing DROP COLUMN revised_at")
