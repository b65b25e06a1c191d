"""Calls for contributions, and the scanned sheets that came in for them."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0016_calls"
down_revision = "0015_supports"
branch_labels = None
depends_on = None

# Plain SQL, which both databases take: batch mode would lose the triggers of the table (docs/adr/0006).
COLUMNS = {
    "call_id": "fk_proposal_call_id_call REFERENCES call (id)",
    "sheet_id": "fk_proposal_sheet_id_call_sheet REFERENCES call_sheet (id)",
}


def upgrade() -> None:
    _create_call()
    _create_sheet()
    for column, foreign_key in COLUMNS.items():
        op.execute(f"ALTER TABLE proposal ADD COLUMN {column} INTEGER CONSTRAINT {foreign_key}")
        op.create_index(f"ix_proposal_{column}", "proposal", [column])


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_proposal_{column}", "proposal")
        op.execute(f"ALTER TABLE proposal DROP COLUMN {column}")
    for table in ("call_sheet", "call_change", "call_section", "call_wording", "call"):
        op.drop_table(table)


def _create_call() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("opens_at", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=100), nullable=False),
        sa.Column("return_address", sa.String(), nullable=False),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_call_opens_before_it_closes")),
        sa.CheckConstraint("target > 0", name=op.f("ck_call_target_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_call_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("event_id", name=op.f("uq_call_event_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_call_slug")),
    )
    op.create_table(
        "call_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=400), nullable=False),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_wording_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_wording")),
        sa.UniqueConstraint("call_id", "language", name=op.f("uq_call_wording_call_id_language")),
    )
    op.create_table(
        "call_section",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_section_call_id_call")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_call_section_section_id_section")),
        sa.PrimaryKeyConstraint("call_id", "section_id", name=op.f("pk_call_section")),
    )
    op.create_table(
        "call_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("closed_before", UTCDateTime(), nullable=False),
        sa.Column("closes_at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_call_change_reason_given")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_change_call_id_call")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_call_change_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_change")),
    )
    op.create_index("ix_call_change_call_id", "call_change", ["call_id"], unique=False)


def _create_sheet() -> None:
    op.create_table(
        "call_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("uploaded_at", UTCDateTime(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UTCDateTime(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_call_sheet_closed_unless_open")),
        sa.CheckConstraint("state <> 'open' OR key IS NOT NULL", name=op.f("ck_call_sheet_shown_while_open")),
        sa.CheckConstraint("state = 'set_aside' OR reason = ''", name=op.f("ck_call_sheet_reason_when_set_aside")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_sheet_call_id_call")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["account.id"], name=op.f("fk_call_sheet_uploaded_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_call_sheet_taken_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_sheet")),
        sa.UniqueConstraint("call_id", "key", name=op.f("uq_call_sheet_call_id_key")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_call_sheet_call_id_number")),
    )
    op.create_index("ix_call_sheet_state", "call_sheet", ["state", "call_id", "number"], unique=False)
