"""Comments on contributions, and the municipality they concern."""

revision = "0022_comments"
down_revision = "0021_decisions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
