"""Who sits at which table: plans and their seats."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0010_seating"
down_revision = "0009_needs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seating_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("includes_held", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("input_digest", sa.String(length=64), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("total_rank", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("is_proven", sa.Boolean(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("solver", sa.String(length=40), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.CheckConstraint("rounds > 0", name=op.f("ck_seating_plan_rounds_positive")),
        sa.CheckConstraint(
            "(status <> 'published') OR (published_at IS NOT NULL)", name=op.f("ck_seating_plan_published_at_given")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_seating_plan_created_by_id_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seating_plan_event_id_event")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_seating_plan_published_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seating_plan")),
    )
    with op.batch_alter_table("seating_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seating_plan_event_id"), ["event_id"], unique=False)
        for status in ("draft", "published"):
            condition = sa.text(f"status = '{status}'")
            batch_op.create_index(
                f"uq_seating_plan_{status}",
                ["event_id"],
                unique=True,
                sqlite_where=condition,
                postgresql_where=condition,
            )
    op.create_table(
        "table_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("round > 0", name=op.f("ck_table_seat_round_positive")),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name=op.f("fk_table_seat_attendee_id_attendee"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["seating_plan.id"], name=op.f("fk_table_seat_plan_id_seating_plan")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_seat_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_seat")),
        sa.UniqueConstraint("plan_id", "attendee_id", "round", name=op.f("uq_table_seat_plan_id_attendee_id_round")),
    )
    with op.batch_alter_table("table_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_seat_attendee_id"), ["attendee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_table_seat_table_id"), ["table_id"], unique=False)


def downgrade() -> None:
    op.drop_table("table_seat")
    op.drop_table("seating_plan")
