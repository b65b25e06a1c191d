"""What goes out with a paper stays as it was."""

revision = "0032_annexes"
down_revision = "0031_import"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
