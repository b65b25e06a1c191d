"""Supports of contributions."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0015_supports"
down_revision = "0014_moderation_queue"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(confirmed_at IS NULL) = (email <> '')", name=op.f("ck_support_address_until_confirmed")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_support_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("proposal_id", "digest", name=op.f("uq_support_proposal_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("support")
