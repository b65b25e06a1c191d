"""Whoever acts for an organisation invites colleagues."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0039_colleagues"
down_revision = "0038_deadlines"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mandate_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_mandate_invitation_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["account.id"], name=op.f("fk_mandate_invitation_invited_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_invitation")),
        sa.UniqueConstraint("organization_id", "email", name=op.f("uq_mandate_invitation_organization_id_email")),
    )
    op.create_index(op.f("ix_mandate_invitation_email"), "mandate_invitation", ["email"])


def downgrade() -> None:
    op.drop_table("mandate_invitation")
