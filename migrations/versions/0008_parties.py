"""What a party says, chooses, answers and agrees to when it registers."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0008_parties"
down_revision = "0007_event_series"
branch_labels = None
depends_on = None

# A table named by an attendee was the wish of the whole party.
TABLES_TO_WISHES = """
INSERT INTO table_wish (registration_id, table_id, rank)
SELECT registration_id, MIN(table_id), 1 FROM attendee WHERE table_id IS NOT NULL GROUP BY registration_id
"""
TABLES_FROM_CHOICES = """
UPDATE attendee SET table_id = COALESCE(
  (SELECT MIN(table_id) FROM booking WHERE booking.registration_id = attendee.registration_id AND status = 'booked'),
  (SELECT table_id FROM table_wish WHERE table_wish.registration_id = attendee.registration_id AND rank = 1)
)
"""


def upgrade() -> None:
    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("retired_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_consent_text_text_given")),
        sa.CheckConstraint("version > 0", name=op.f("ck_consent_text_version_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_consent_text_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint(
            "event_id", "purpose", "language", "version", name=op.f("uq_consent_text_event_id_purpose_language_version")
        ),
    )
    op.create_table(
        "invitation_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("valid_until", UTCDateTime(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("persons > 0", name=op.f("ck_invitation_code_persons_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_code_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_code")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_invitation_code_event_id_code")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("help", sa.String(length=500), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("counts_persons", sa.Boolean(), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("translations", sa.JSON(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_question_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_question_event_id_position")),
    )
    op.create_table(
        "question_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("translations", sa.JSON(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_question_option_capacity_positive")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_option_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_option")),
        sa.UniqueConstraint("question_id", "position", name=op.f("uq_question_option_question_id_position")),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_answer_registration_id_registration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("registration_id", "question_id", name=op.f("uq_answer_registration_id_question_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("queued_at", UTCDateTime(), nullable=False),
        sa.Column("is_beyond_limit", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN table_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN item_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN option_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_booking_one_thing"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_booking_item_id_programme_item")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["question_option.id"], name=op.f("fk_booking_option_id_question_option")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_booking_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_booking_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("registration_id", "item_id", name=op.f("uq_booking_registration_id_item_id")),
        sa.UniqueConstraint("registration_id", "option_id", name=op.f("uq_booking_registration_id_option_id")),
        sa.UniqueConstraint("registration_id", "table_id", name=op.f("uq_booking_registration_id_table_id")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_option_id"), ["option_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_table_id"), ["table_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_consent_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name=op.f("fk_consent_text_id_consent_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("registration_id", "text_id", name=op.f("uq_consent_registration_id_text_id")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_text_id"), ["text_id"], unique=False)
    op.create_table(
        "paper_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=40), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=24), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (how IS NULL)", name=op.f("ck_paper_letter_done_somehow")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_paper_letter_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["account.id"], name=op.f("fk_paper_letter_done_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_letter")),
    )
    with op.batch_alter_table("paper_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_letter_registration_id"), ["registration_id"], unique=False)
    op.create_table(
        "question_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("option_id", sa.Integer(), nullable=True),
        sa.Column("yes_to_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(option_id IS NULL) <> (yes_to_id IS NULL)", name=op.f("ck_question_condition_one_answer")),
        sa.CheckConstraint("yes_to_id <> question_id", name=op.f("ck_question_condition_earlier")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["question_option.id"], name=op.f("fk_question_condition_option_id_question_option")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_condition_question_id_question")
        ),
        sa.ForeignKeyConstraint(["yes_to_id"], ["question.id"], name=op.f("fk_question_condition_yes_to_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_condition")),
    )
    with op.batch_alter_table("question_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_condition_question_id"), ["question_id"], unique=False)
    op.create_table(
        "table_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank BETWEEN 1 AND 3", name=op.f("ck_table_wish_rank_in_range")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_table_wish_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_table_wish_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_wish")),
        sa.UniqueConstraint("registration_id", "rank", name=op.f("uq_table_wish_registration_id_rank")),
        sa.UniqueConstraint("registration_id", "table_id", name=op.f("uq_table_wish_registration_id_table_id")),
    )
    with op.batch_alter_table("table_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_wish_table_id"), ["table_id"], unique=False)
    op.execute(TABLES_TO_WISHES)
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_child", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index(batch_op.f("ix_attendee_table_id"))
        batch_op.drop_constraint(batch_op.f("fk_attendee_table_id_theme_table"), type_="foreignkey")
        batch_op.drop_column("table_id")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("new_email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("postal_address", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("party_kind", sa.String(length=24), nullable=False, server_default="person"))
        batch_op.add_column(sa.Column("organization_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("organization_name", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("channel", sa.String(length=24), nullable=False, server_default="web"))
        batch_op.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("invitation_code_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("is_online", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("is_beyond_limit", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("spoken_languages", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("comes_as", sa.String(length=24), nullable=True))
        batch_op.add_column(sa.Column("sits_together", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("anonymised_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("approved_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("form_id", sa.String(length=64), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_registration_event_id_form_id"), ["event_id", "form_id"])
        batch_op.alter_column("email", existing_type=sa.VARCHAR(length=254), nullable=True)
        batch_op.create_index(batch_op.f("ix_registration_invitation_code_id"), ["invitation_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_organization_id"), ["organization_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_organization_id_organization"), "organization", ["organization_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_entered_by_id_account"), "account", ["entered_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_invitation_code_id_invitation_code"),
            "invitation_code",
            ["invitation_code_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_web_has_email"),
            "email IS NOT NULL OR channel <> 'web' OR anonymised_at IS NOT NULL",
        )


def downgrade() -> None:
    # What the code before does not know
    op.execute("UPDATE registration SET status = 'cancelled' WHERE status IN ('requested', 'declined')")
    op.execute("UPDATE registration SET email = '' WHERE email IS NULL")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_registration_web_has_email"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_registration_invitation_code_id_invitation_code"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_registration_entered_by_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_registration_organization_id_organization"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_registration_organization_id"))
        batch_op.drop_index(batch_op.f("ix_registration_invitation_code_id"))
        batch_op.alter_column("email", existing_type=sa.VARCHAR(length=254), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_registration_event_id_form_id"), type_="unique")
        batch_op.drop_column("form_id")
        batch_op.drop_column("approved_at")
        batch_op.drop_column("anonymised_at")
        batch_op.drop_column("sits_together")
        batch_op.drop_column("comes_as")
        batch_op.drop_column("spoken_languages")
        batch_op.drop_column("is_beyond_limit")
        batch_op.drop_column("is_online")
        batch_op.drop_column("invitation_code_id")
        batch_op.drop_column("entered_by_id")
        batch_op.drop_column("channel")
        batch_op.drop_column("organization_name")
        batch_op.drop_column("organization_id")
        batch_op.drop_column("party_kind")
        batch_op.drop_column("postal_address")
        batch_op.drop_column("phone")
        batch_op.drop_column("new_email")
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.drop_column("is_child")
        batch_op.add_column(sa.Column("table_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_attendee_table_id_theme_table"), "theme_table", ["table_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_attendee_table_id"), ["table_id"], unique=False)
    op.execute(TABLES_FROM_CHOICES)
    with op.batch_alter_table("table_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_wish_table_id"))
    op.drop_table("table_wish")
    with op.batch_alter_table("question_condition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_condition_question_id"))
    op.drop_table("question_condition")
    with op.batch_alter_table("paper_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_letter_registration_id"))
    op.drop_table("paper_letter")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_text_id"))
    op.drop_table("consent")
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_table_id"))
        batch_op.drop_index(batch_op.f("ix_booking_option_id"))
        batch_op.drop_index(batch_op.f("ix_booking_item_id"))
    op.drop_table("booking")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_question_id"))
    op.drop_table("answer")
    op.drop_table("question_option")
    op.drop_table("question")
    op.drop_table("invitation_code")
    op.drop_table("consent_text")
