"""What the scribes of an event's tables write down."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime

revision = "0018_capture"
down_revision = "0017_intake"
branch_labels = None
depends_on = None

ACCOUNTS_MAY_GO = (
    "NEW.id = OLD.id AND NEW.table_id = OLD.table_id AND NEW.key = OLD.key AND NEW.kind = OLD.kind "
    "AND NEW.result = OLD.result AND NEW.line_id IS NOT DISTINCT FROM OLD.line_id "
    "AND NEW.proposal_id IS NOT DISTINCT FROM OLD.proposal_id AND NEW.recorded_by_id IS NULL"
)
APPEND_ONLY = [
    ("table_entry", "UPDATE", ACCOUNTS_MAY_GO),
    ("table_entry", "DELETE", ""),
    ("statement_points", "UPDATE", ""),
    ("statement_points", "DELETE", ""),
]


def upgrade() -> None:
    # Not in batch mode, which would lose the triggers of the table on SQLite
    op.add_column("proposal", sa.Column("points", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "table_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("spoken_at", UTCDateTime(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("is_off_wall", sa.Boolean(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_table_line_number_positive")),
        sa.CheckConstraint("round > 0", name=op.f("ck_table_line_round_positive")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_table_line_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_line_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_line")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_table_line_proposal_id")),
        sa.UniqueConstraint("table_id", "key", name=op.f("uq_table_line_table_id_key")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_table_line_table_id_number")),
    )
    op.create_table(
        "table_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["line_id"], ["table_line.id"], name=op.f("fk_table_entry_line_id_table_line")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_table_entry_proposal_id_proposal")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["account.id"],
            name=op.f("fk_table_entry_recorded_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_entry_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_entry")),
        sa.UniqueConstraint("table_id", "key", name=op.f("uq_table_entry_table_id_key")),
    )
    op.create_index(op.f("ix_table_entry_line_id"), "table_entry", ["line_id"])
    op.create_index(op.f("ix_table_entry_proposal_id"), "table_entry", ["proposal_id"])
    op.create_table(
        "statement_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_statement_points_points_not_negative")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_statement_points_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_points")),
    )
    op.create_index("ix_statement_points_proposal_round", "statement_points", ["proposal_id", "round", "id"])
    op.create_table(
        "table_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("reopened_at", UTCDateTime(), nullable=True),
        sa.Column("reopened_by_id", sa.Integer(), nullable=True),
        sa.Column("reopen_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(reopened_at IS NULL) = (reopen_reason = '')", name=op.f("ck_table_closing_reopened_for_a_reason")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["account.id"], name=op.f("fk_table_closing_closed_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"],
            ["account.id"],
            name=op.f("fk_table_closing_reopened_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_closing_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_closing")),
    )
    op.create_index(op.f("ix_table_closing_table_id"), "table_closing", ["table_id"])
    op.create_index(
        "uq_table_closing_standing",
        "table_closing",
        ["table_id"],
        unique=True,
        postgresql_where=sa.text("reopened_at IS NULL"),
        sqlite_where=sa.text("reopened_at IS NULL"),
    )
    op.create_table(
        "event_capture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("points_each", sa.Integer(), nullable=False),
        sa.Column("wall_generation", sa.Integer(), nullable=False),
        sa.Column("is_wall_paused", sa.Boolean(), nullable=False),
        sa.CheckConstraint("points_each >= 0", name=op.f("ck_event_capture_points_not_negative")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_capture_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_capture")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_capture_event_id")),
    )
    op.create_table(
        "flipchart_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_key", sa.String(length=80), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.Column("event_photo_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "width > 0 AND height > 0 AND small_width > 0 AND small_height > 0",
            name=op.f("ck_flipchart_photo_sizes_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["event_photo_id"],
            ["event_photo.id"],
            name=op.f("fk_flipchart_photo_event_photo_id_event_photo"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_flipchart_photo_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flipchart_photo")),
        sa.UniqueConstraint("table_id", "key", name=op.f("uq_flipchart_photo_table_id_key")),
    )
    op.create_index(op.f("ix_flipchart_photo_key"), "flipchart_photo", ["key"])
    op.create_index(op.f("ix_flipchart_photo_small_key"), "flipchart_photo", ["small_key"])
    _take_up_what_was_written()
    dialect = op.get_bind().dialect.name
    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, dialect, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, _ in APPEND_ONLY:
        for statement in triggers.allow(table, action, dialect):
            op.execute(statement)
    for table in (
        *("flipchart_photo", "event_capture", "table_closing", "statement_points", "table_entry", "table_line"),
    ):
        op.drop_table(table)
    op.drop_column("proposal", "points")


def _take_up_what_was_written() -> None:
    """Lines from before: numbered in their order; tables of events that are over are handed to moderation."""
    op.execute(
        "INSERT INTO table_line (table_id, key, number, round, spoken_at, proposal_id, is_off_wall) "
        "SELECT table_id, 'v-' || reference, ROW_NUMBER() OVER (PARTITION BY table_id ORDER BY id), 1, received_at, "
        "id, FALSE FROM proposal WHERE channel = 'table' AND table_id IS NOT NULL AND state <> 'withdrawn'"
    )
    op.execute(
        "INSERT INTO table_closing (table_id, closed_at, reopen_reason) "
        "SELECT theme_table.id, event.ends_at, '' FROM theme_table JOIN event ON event.id = theme_table.event_id "
        "WHERE event.ends_at < CURRENT_TIMESTAMP AND theme_table.id IN (SELECT table_id FROM table_line)"
    )
