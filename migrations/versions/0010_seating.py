"""Who sits at which table."""

revision = "0010_seating"
down_revision = "0009_needs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
