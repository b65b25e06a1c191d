"""The concept as a document, and its translations."""

revision = "0023_document"
down_revision = "0022_comments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
