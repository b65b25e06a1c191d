"""Referrals, recommendations, answers."""

revision = "0021_decisions"
down_revision = "0020_workbench"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
