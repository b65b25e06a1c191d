"""Tickets, arrivals and certificates."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0011_attendance"
down_revision = "0010_seating"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "door_device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("may_exceed", sa.Boolean(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_door_device_created_by_id_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_door_device_event_id_event")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_door_device_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_door_device")),
    )
    op.create_index(op.f("ix_door_device_event_id"), "door_device", ["event_id"])
    op.create_index(op.f("ix_door_device_table_id"), "door_device", ["table_id"])
    op.create_table(
        "arrival_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("attendee_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.CheckConstraint("at <= received_at", name=op.f("ck_arrival_entry_not_in_the_future")),
        sa.CheckConstraint("undoes_id IS NULL OR kind = 'undone'", name=op.f("ck_arrival_entry_undone_undoes")),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name=op.f("fk_arrival_entry_attendee_id_attendee"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["device_id"], ["door_device.id"], name=op.f("fk_arrival_entry_device_id_door_device")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_arrival_entry_event_id_event")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_arrival_entry_table_id_theme_table")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["arrival_entry.id"], name=op.f("fk_arrival_entry_undoes_id_arrival_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_entry")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_arrival_entry_undoes_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_arrival_entry_uuid")),
    )
    op.create_index(op.f("ix_arrival_entry_attendee_id"), "arrival_entry", ["attendee_id"])
    op.create_index(op.f("ix_arrival_entry_device_id"), "arrival_entry", ["device_id"])
    op.create_index("ix_arrival_entry_event_attendee", "arrival_entry", ["event_id", "attendee_id"])


def downgrade() -> None:
    op.drop_table("arrival_entry")
    op.drop_table("door_device")
