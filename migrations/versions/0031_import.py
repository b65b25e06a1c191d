"""A wording is known by its digest."""

revision = "0031_import"
down_revision = "0030_drafting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
