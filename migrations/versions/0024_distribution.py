"""Print jobs, the address list and where copies went."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime
from app.process_date import ProcessDateColumn

revision = "0024_distribution"
down_revision = "0023_document"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recipient_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_recipient_group_position_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_recipient_group_slug")),
    )
    op.create_table(
        "recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("post_code", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=100), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint("copies > 0", name=op.f("ck_recipient_copies_positive")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["recipient_group.id"], name=op.f("fk_recipient_group_id_recipient_group")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_recipient_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    op.create_index(op.f("ix_recipient_group_id"), "recipient", ["group_id"])
    once = sa.text("municipality_id IS NOT NULL")
    op.create_index(
        "uq_recipient_municipality",
        "recipient",
        ["group_id", "municipality_id"],
        unique=True,
        postgresql_where=once,
        sqlite_where=once,
    )
    op.create_table(
        "print_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("format", sa.String(length=24), nullable=False),
        sa.Column("planned", ProcessDateColumn(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("printer", sa.String(length=200), nullable=False),
        sa.Column("cost", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("copies > 0", name=op.f("ck_print_job_copies_positive")),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_print_job_cost_not_negative")),
        sa.CheckConstraint(
            "delivered_on IS NULL OR copies IS NOT NULL", name=op.f("ck_print_job_delivered_is_counted")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_print_job_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
    )
    op.create_index(op.f("ix_print_job_edition_id"), "print_job", ["edition_id"])
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("taken_back_at", UTCDateTime(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("copies > 0", name=op.f("ck_dispatch_copies_positive")),
        sa.CheckConstraint("recipient_id IS NOT NULL OR purpose <> ''", name=op.f("ck_dispatch_somewhere")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_dispatch_event_id_event")),
        sa.ForeignKeyConstraint(["job_id"], ["print_job.id"], name=op.f("fk_dispatch_job_id_print_job")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_dispatch_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["recipient.id"], name=op.f("fk_dispatch_recipient_id_recipient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
    )
    op.create_index(op.f("ix_dispatch_job_id"), "dispatch", ["job_id"])
    op.create_index(op.f("ix_dispatch_recipient_id"), "dispatch", ["recipient_id"])
    valid = sa.text("taken_back_at IS NULL AND recipient_id IS NOT NULL")
    op.create_index(
        "uq_dispatch_recipient",
        "dispatch",
        ["job_id", "recipient_id"],
        unique=True,
        postgresql_where=valid,
        sqlite_where=valid,
    )
    op.create_table(
        "presentation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_presentation_edition_id_edition")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_presentation_event_id_event")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["recipient_group.id"], name=op.f("fk_presentation_group_id_recipient_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presentation")),
        sa.UniqueConstraint("event_id", name=op.f("uq_presentation_event_id")),
    )
    op.create_index(op.f("ix_presentation_edition_id"), "presentation", ["edition_id"])


def downgrade() -> None:
    for table in ("presentation", "dispatch", "print_job", "recipient", "recipient_group"):
        op.drop_table(table)
