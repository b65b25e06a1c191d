"""What the capability of contributions still lacked."""

revision = "0033_contributions"
down_revision = "0032_annexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
