"""Condensing: how a condensation ends, and objections to its wording."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime

revision = "0020_workbench"
down_revision = "0019_moderation"
branch_labels = None
depends_on = None

# Erasing an account empties who did it, and nothing else.
UNLINKED = """
    OLD.id = NEW.id AND OLD.condensation_id = NEW.condensation_id AND OLD.kind = NEW.kind AND OLD.reason = NEW.reason
    AND OLD.made_at = NEW.made_at AND OLD.role = NEW.role AND OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL
"""
SAME_OBJECTION = """
    OLD.id = NEW.id AND OLD.condensation_id = NEW.condensation_id AND OLD.version_id = NEW.version_id
    AND OLD.proposal_id = NEW.proposal_id AND OLD.words_id = NEW.words_id AND OLD.may_be_quoted = NEW.may_be_quoted
    AND OLD.made_at = NEW.made_at
"""
# An objection changes once: when it is answered.
ANSWERED = f"""
    {SAME_OBJECTION} AND (OLD.answered_at IS NULL OR (
        OLD.answered_at = NEW.answered_at AND OLD.outcome = NEW.outcome AND OLD.answer_id = NEW.answer_id
        AND NEW.answered_by_id IS NULL
    ))
"""
APPEND_ONLY = [
    ("condensation_ending", "UPDATE", UNLINKED),
    ("condensation_ending", "DELETE", ""),
    ("objection", "UPDATE", ANSWERED),
    ("objection", "DELETE", ""),
]


def upgrade() -> None:
    op.create_table(
        "condensation_ending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condensation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_condensation_ending_reason_given")),
        sa.ForeignKeyConstraint(
            ["condensation_id"], ["condensation.id"], name=op.f("fk_condensation_ending_condensation_id_condensation")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"],
            ["account.id"],
            name=op.f("fk_condensation_ending_made_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condensation_ending")),
        sa.UniqueConstraint("condensation_id", name=op.f("uq_condensation_ending_condensation_id")),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condensation_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=False),
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (outcome IS NULL) AND (answered_at IS NULL) = (answer_id IS NULL)",
            name=op.f("ck_objection_answered_whole"),
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["text.id"], name=op.f("fk_objection_answer_id_text")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_objection_answered_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["condensation_id"], ["condensation.id"], name=op.f("fk_objection_condensation_id_condensation")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_objection_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["version_id"], ["text_version.id"], name=op.f("fk_objection_version_id_text_version")),
        sa.ForeignKeyConstraint(["words_id"], ["text.id"], name=op.f("fk_objection_words_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("version_id", "proposal_id", name=op.f("uq_objection_version_id_proposal_id")),
    )
    with op.batch_alter_table("objection") as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_condensation_id"), ["condensation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_proposal_id"), ["proposal_id"], unique=False)
    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    for table, action, _ in APPEND_ONLY:
        for statement in triggers.allow(table, action, op.get_bind().dialect.name):
            op.execute(statement)
    op.drop_table("objection")
    op.drop_table("condensation_ending")
