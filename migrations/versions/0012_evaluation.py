"""Surveys and documentation of events."""

revision = "0012_evaluation"
down_revision = "0011_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
