"""Suggestions to passages, drafts, who released which wording."""

revision = "0030_drafting"
down_revision = "0029_catalogue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
