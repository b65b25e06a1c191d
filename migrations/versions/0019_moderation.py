"""Moderation: text blocks, assignments, appeals, reports."""

revision = "0019_moderation"
down_revision = "0018_capture"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
