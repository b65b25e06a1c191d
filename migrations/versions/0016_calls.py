"""Calls for contributions."""

revision = "0016_calls"
down_revision = "0015_supports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
