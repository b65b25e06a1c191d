"""What stays of an event: documentation, photos, certificates, surveys, the review of goals."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0012_evaluation"
down_revision = "0011_attendance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("participants_reason", sa.String(length=300), nullable=False),
        sa.Column("counted_participants", sa.Integer(), nullable=False),
        sa.Column("who_took_part", sa.String(), nullable=False),
        sa.Column("moderation", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("next_steps", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "participants IS NULL OR participants_reason <> ''", name=op.f("ck_event_report_other_number_has_reason")
        ),
        sa.CheckConstraint(
            "participants >= 0 AND counted_participants >= 0", name=op.f("ck_event_report_participants_not_negative")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_report_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_report")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_report_event_id")),
    )
    op.create_table(
        "event_report_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("note <> ''", name=op.f("ck_event_report_change_note_given")),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_event_report_change_changed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["event_report.id"], name=op.f("fk_event_report_change_report_id_event_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_report_change")),
    )
    with op.batch_alter_table("event_report_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_report_change_report_id"), ["report_id"], unique=False)
    op.create_table(
        "table_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_report_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_report")),
        sa.UniqueConstraint("table_id", name=op.f("uq_table_report_table_id")),
    )
    op.create_table(
        "event_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_key", sa.String(length=80), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.String(length=300), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("alt <> '' AND consent <> ''", name=op.f("ck_event_photo_described_and_consented")),
        sa.CheckConstraint(
            "width > 0 AND height > 0 AND small_width > 0 AND small_height > 0",
            name=op.f("ck_event_photo_sizes_positive"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_photo_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_photo")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_event_photo_event_id_key")),
    )
    with op.batch_alter_table("event_photo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_photo_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_photo_small_key"), ["small_key"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("event_title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_certificate_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendee.id"], name=op.f("fk_certificate_attendee_id_attendee"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_certificate_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("attendee_id", name=op.f("uq_certificate_attendee_id")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_event_id"), ["event_id"], unique=False)
    op.create_table(
        "survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("introduction", sa.String(), nullable=False),
        sa.Column("days_open", sa.Integer(), nullable=False),
        sa.Column("has_open_link", sa.Boolean(), nullable=False),
        sa.Column("publishes_results", sa.Boolean(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("days_open BETWEEN 1 AND 365", name=op.f("ck_survey_days_open_in_range")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_survey_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("event_id", name=op.f("uq_survey_event_id")),
    )
    op.create_table(
        "survey_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.CheckConstraint("label <> ''", name=op.f("ck_survey_question_label_given")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_question_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
    )
    with op.batch_alter_table("survey_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_question_survey_id"), ["survey_id"], unique=False)
    op.create_table(
        "survey_response",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_response_survey_id_survey")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_survey_response")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_response_survey_id"), ["survey_id"], unique=False)
    op.create_table(
        "survey_used_ticket",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_used_ticket_survey_id_survey")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_survey_used_ticket")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_used_ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_used_ticket_survey_id"), ["survey_id"], unique=False)
    op.create_table(
        "survey_answer",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("response_key", sa.String(length=32), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=2000), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=True),
        sa.CheckConstraint("value <> ''", name=op.f("ck_survey_answer_value_given")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["survey_question.id"], name=op.f("fk_survey_answer_question_id_survey_question")
        ),
        sa.ForeignKeyConstraint(
            ["response_key"], ["survey_response.key"], name=op.f("fk_survey_answer_response_key_survey_response")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("response_key", "question_id", name=op.f("uq_survey_answer_response_key_question_id")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_answer_question_id"), ["question_id"], unique=False)
    op.create_table(
        "review_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_review_sheet_edition_id_edition")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_review_sheet_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_sheet")),
        sa.UniqueConstraint("event_id", name=op.f("uq_review_sheet_event_id")),
    )
    op.create_table(
        "goal_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("rating IS NOT NULL OR comment <> ''", name=op.f("ck_goal_rating_says_something")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_goal_rating_rating_in_range")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_rating_goal_id_goal")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_goal_rating_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_rating")),
        sa.UniqueConstraint("table_id", "goal_id", name=op.f("uq_goal_rating_table_id_goal_id")),
    )
    with op.batch_alter_table("goal_rating", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_rating_goal_id"), ["goal_id"], unique=False)


def downgrade() -> None:
    op.drop_table("goal_rating")
    op.drop_table("review_sheet")
    op.drop_table("survey_answer")
    op.drop_table("survey_used_ticket")
    op.drop_table("survey_response")
    op.drop_table("survey_question")
    op.drop_table("survey")
    op.drop_table("certificate")
    op.drop_table("event_photo")
    op.drop_table("table_report")
    op.drop_table("event_report_change")
    op.drop_table("event_report")
