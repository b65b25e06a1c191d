"""What a measure bears: partners and their answers, indicator, target, target groups, money per year."""

revision = "0028_measures"
down_revision = "0027_editions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled by the change that needs it."""


def downgrade() -> None:
    """The way back."""
