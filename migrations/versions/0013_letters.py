"""Wordings of mails for one event, reminders, and personal calendar feeds."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0013_letters"
down_revision = "0012_evaluation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(subject = '') = (body = '')", name=op.f("ck_event_wording_whole")),
        sa.CheckConstraint("version > 0", name=op.f("ck_event_wording_version_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_wording_event_id_event")),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["account.id"],
            name=op.f("fk_event_wording_written_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_wording")),
        sa.UniqueConstraint(
            "event_id", "letter", "language", "version", name=op.f("uq_event_wording_event_id_letter_language_version")
        ),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=24), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("removed_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("hours > 0", name=op.f("ck_reminder_hours_positive")),
        sa.CheckConstraint("letter IN ('reminder', 'thanks')", name=op.f("ck_reminder_timed_letter")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_reminder_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_event_id"), ["event_id"], unique=False)
    op.create_table(
        "sent_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_sent_reminder_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminder.id"], name=op.f("fk_sent_reminder_reminder_id_reminder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_reminder")),
        sa.UniqueConstraint(
            "reminder_id", "registration_id", name=op.f("uq_sent_reminder_reminder_id_registration_id")
        ),
    )
    with op.batch_alter_table("sent_reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_reminder_registration_id"), ["registration_id"], unique=False)
    op.create_table(
        "personal_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("renewed_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_feed")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_personal_feed_token_digest")),
    )
    with op.batch_alter_table("personal_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_feed_email"), ["email"], unique=False)
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placed_at", UTCDateTime(), nullable=True))
    op.execute("UPDATE registration SET placed_at = confirmed_at WHERE status = 'confirmed'")


def downgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("placed_at")
    with op.batch_alter_table("personal_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_feed_email"))
    op.drop_table("personal_feed")
    with op.batch_alter_table("sent_reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_reminder_registration_id"))
    op.drop_table("sent_reminder")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_event_id"))
    op.drop_table("reminder")
    op.drop_table("event_wording")
