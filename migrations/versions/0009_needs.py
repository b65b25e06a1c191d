"""Needs, encrypted and apart; what is planned against them; which of them an event asks."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0009_needs"
down_revision = "0008_parties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_need_event_id_event")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_need_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sa.UniqueConstraint("registration_id", name=op.f("uq_need_registration_id")),
    )
    op.create_index(op.f("ix_need_event_id"), "need", ["event_id"])
    op.create_table(
        "event_resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("persons > 0", name=op.f("ck_event_resource_persons_positive")),
        sa.CheckConstraint(
            "(kind = 'interpretation') = (language <> '')", name=op.f("ck_event_resource_language_of_interpretation")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_resource_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_resource")),
    )
    op.create_index(op.f("ix_event_resource_event_id"), "event_resource", ["event_id"])
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_needs", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("asked_needs")
    op.drop_table("event_resource")
    op.drop_table("need")
