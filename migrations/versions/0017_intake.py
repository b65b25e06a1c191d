"""How contributions come in: attachments, drafts, proof of work, how often one network sends."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0017_intake"
down_revision = "0016_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added one by one: batch mode would lose the triggers of the table (docs/adr/0006).
    op.add_column("proposal", sa.Column("is_proven", sa.Boolean(), nullable=True))
    op.add_column("proposal", sa.Column("sent_before", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("withheld_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_attachment_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_proposal_id", "attachment", ["proposal_id"])
    op.create_index("ix_attachment_key", "attachment", ["key"])
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_source", "attempt", ["kind", "source", "made_at"])


def downgrade() -> None:
    op.drop_table("attempt")
    op.drop_table("draft")
    op.drop_table("attachment")
    op.drop_column("proposal", "sent_before")
    op.drop_column("proposal", "is_proven")
