"""Condensing: objections, and what a workbench keeps."""

revision = "0020_workbench"
down_revision = "0019_moderation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
