"""Needs, encrypted and apart."""

revision = "0009_needs"
down_revision = "0008_parties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
