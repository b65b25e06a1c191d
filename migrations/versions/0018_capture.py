"""What the scribes of an event's tables write down."""

revision = "0018_capture"
down_revision = "0017_intake"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
