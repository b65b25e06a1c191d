"""A wording is known by its digest."""

from alembic import op

revision = "0031_import"
down_revision = "0030_drafting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # An index, no constraint: batch mode would rebuild the table and lose its triggers
    op.create_index("ix_text_version_digest", "text_version", ["digest"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_text_version_digest", "text_version")
