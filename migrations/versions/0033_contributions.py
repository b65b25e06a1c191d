"""What was asked and what became of a comment can be read later: wordings of calls and steps of comments only grow."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same

revision = "0033_contributions"
down_revision = "0032_annexes"
branch_labels = None
depends_on = None

ACCOUNT_EMPTIED = "OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL"
KEPT = (
    ("call_wording", "UPDATE", ""),
    ("call_wording", "DELETE", ""),
    ("comment_step", "UPDATE", f"{same('id comment_id state reason made_at role')} AND {ACCOUNT_EMPTIED}"),
    ("comment_step", "DELETE", ""),
)
STEPS_SO_FAR = """
INSERT INTO comment_step (comment_id, state, reason, made_at, role)
SELECT id, state, state_reason, moderated_at, '' FROM comment
WHERE state <> 'received' AND moderated_at IS NOT NULL ORDER BY moderated_at, id
"""


def upgrade() -> None:
    with op.batch_alter_table("call_wording") as batch:
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("written_at", UTCDateTime(), nullable=False, server_default="2000-01-01 00:00:00"))
        batch.drop_constraint(op.f("uq_call_wording_call_id_language"))
        batch.create_unique_constraint(
            op.f("uq_call_wording_call_id_language_number"), ["call_id", "language", "number"]
        )
    op.create_table(
        "comment_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_step_comment_id_comment")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_comment_step_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_step")),
    )
    op.create_index("ix_comment_step_comment_id", "comment_step", ["comment_id"])
    op.execute(STEPS_SO_FAR)
    for table, action, unless in KEPT:
        for statement in triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    """The way back; of each call the latest wordings stay."""
    for table, action, _unless in KEPT:
        for statement in triggers.allow(table, action, op.get_bind().dialect.name):
            op.execute(statement)
    op.drop_table("comment_step")
    op.execute(
        "DELETE FROM call_wording WHERE EXISTS (SELECT 1 FROM call_wording newer "
        "WHERE newer.call_id = call_wording.call_id AND newer.language = call_wording.language "
        "AND newer.number > call_wording.number)"
    )
    with op.batch_alter_table("call_wording") as batch:
        batch.drop_constraint(op.f("uq_call_wording_call_id_language_number"))
        batch.create_unique_constraint(op.f("uq_call_wording_call_id_language"), ["call_id", "language"])
        batch.drop_column("written_at")
        batch.drop_column("number")
