"""Serial references, one active follow for each holder and subject, and what those who follow were told."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0006_proposals"
down_revision = "0003_council"
branch_labels = None
depends_on = None

ACTIVE = "ended_at IS NULL"
BY_EMAIL = f"account_id IS NULL AND {ACTIVE}"
FOLLOW_INDEXES = {
    "uq_follow_email_text": (["email", "text_id"], BY_EMAIL),
    "uq_follow_email_table": (["email", "table_id"], BY_EMAIL),
    "uq_follow_account_text": (["account_id", "text_id"], ACTIVE),
    "uq_follow_account_table": (["account_id", "table_id"], ACTIVE),
}
# Without account_id in a condition of its own this kept nothing apart: NULLs differ from each other.
FORMER = f"{ACTIVE} AND text_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "reference_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_reference_year")),
    )
    op.create_table(
        "follow_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("told_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_id"], ["follow.id"], name=op.f("fk_follow_notice_follow_id_follow"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_notice")),
        sa.UniqueConstraint("follow_id", "kind", "step_id", name=op.f("uq_follow_notice_follow_id_kind_step_id")),
    )
    op.create_index(op.f("ix_follow_notice_batch"), "follow_notice", ["batch"], unique=False)
    op.drop_index("uq_follow_text", "follow")
    for name, (columns, condition) in FOLLOW_INDEXES.items():
        where = sa.text(condition)
        op.create_index(name, "follow", columns, unique=True, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    for name in FOLLOW_INDEXES:
        op.drop_index(name, "follow")
    where = sa.text(FORMER)
    columns = ["email", "account_id", "text_id"]
    op.create_index("uq_follow_text", "follow", columns, unique=True, postgresql_where=where, sqlite_where=where)
    op.drop_index(op.f("ix_follow_notice_batch"), "follow_notice")
    op.drop_table("follow_notice")
    op.drop_table("reference_year")
