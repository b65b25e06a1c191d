"""How goals and measures follow from others, corrections and amendments of editions."""

revision = "0027_editions"
down_revision = "0026_decided_wording"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
