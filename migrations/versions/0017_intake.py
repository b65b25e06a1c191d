"""How contributions come in: attachments, drafts, organisations."""

revision = "0017_intake"
down_revision = "0016_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
