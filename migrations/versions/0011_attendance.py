"""Tickets, arrivals and certificates."""

revision = "0011_attendance"
down_revision = "0010_seating"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
