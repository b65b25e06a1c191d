"""Sections with their signs, ideas taken up, good practice, vocabularies."""

revision = "0029_catalogue"
down_revision = "0028_measures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
