"""Comments on contributions, and the municipality they concern."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0022_comments"
down_revision = "0021_decisions"
branch_labels = None
depends_on = None


# Plain SQL, which both databases take: batch mode would lose the triggers of the table (docs/adr/0006).
MUNICIPALITY = """
ALTER TABLE proposal
ADD COLUMN municipality_id INTEGER CONSTRAINT fk_proposal_municipality_id_municipality REFERENCES municipality (id)
"""


def upgrade() -> None:
    op.execute(MUNICIPALITY)
    op.create_index("ix_proposal_municipality_id", "proposal", ["municipality_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("is_team", sa.Boolean(), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("moderated_at", UTCDateTime(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.CheckConstraint("state <> 'withheld' OR state_reason <> ''", name=op.f("ck_comment_reason_given")),
        sa.CheckConstraint("parent_id IS NULL OR parent_id < id", name=op.f("ck_comment_answers_an_earlier_one")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_comment_author_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_comment_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_comment_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_comment_text_id_text")),
        sa.ForeignKeyConstraint(["translation_id"], ["text.id"], name=op.f("fk_comment_translation_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("text_id", name=op.f("uq_comment_text_id")),
    )
    for column in ("proposal_id", "parent_id", "organization_id"):
        op.create_index(f"ix_comment_{column}", "comment", [column])
    op.create_index("ix_comment_queue", "comment", ["state", "received_at", "id"])
    op.create_table(
        "commenter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("email_confirmed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_commenter_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commenter")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_commenter_comment_id")),
    )
    op.create_table(
        "comment_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("settled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_report_comment_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_report")),
    )
    op.create_index("ix_comment_report_comment_id", "comment_report", ["comment_id"])


def downgrade() -> None:
    op.drop_table("comment_report")
    op.drop_table("commenter")
    op.drop_table("comment")
    op.drop_index("ix_proposal_municipality_id", "proposal")
    op.execute("ALTER TABLE proposal DROP COLUMN municipality_id")
