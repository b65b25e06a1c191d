"""Accounts, mail, history, texts and the thread."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime

revision = "0001_foundation"
down_revision = None
branch_labels = None
depends_on = None

# A text may change only where the trace of its redaction is there already, and then keeps its length and its digest.
REDACTED = """
    OLD.id = NEW.id AND OLD.text_id = NEW.text_id AND OLD.number = NEW.number AND OLD.language = NEW.language
    AND OLD.digest = NEW.digest AND OLD.created_at = NEW.created_at AND NEW.salt IS NULL
    AND length(OLD.content) = length(NEW.content)
    AND EXISTS (SELECT 1 FROM redaction WHERE redaction.version_id = OLD.id)
"""
APPEND_ONLY = [
    ("text_version", "UPDATE", REDACTED),
    ("text_version", "DELETE", ""),
    ("redaction", "UPDATE", ""),
    ("redaction", "DELETE", ""),
    ("thread_link", "UPDATE", ""),
    ("thread_link", "DELETE", ""),
    ("role_grant", "DELETE", ""),
]


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=True),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("next_attempt_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("given_up_at", UTCDateTime(), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "sent_at IS NULL OR given_up_at IS NULL",
            name=op.f("ck_outgoing_mail_one_end"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outgoing_mail_due",
            ["next_attempt_at"],
            unique=False,
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        )

    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
    )
    op.create_table(
        "used_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_link")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"],
            ["account.id"],
            name=op.f("fk_audit_entry_actor_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index("ix_audit_entry_subject", ["subject_type", "subject_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("granted_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_role_grant_account_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(
            "uq_role_grant_held",
            ["account_id", "role"],
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "text_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(content) > 0", name=op.f("ck_text_version_content_given")),
        sa.CheckConstraint("number > 0", name=op.f("ck_text_version_number_positive")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_text_version_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_text_version_text_id_number")),
    )
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("0 <= start AND start < stop", name=op.f("ck_redaction_range")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["text_version.id"],
            name=op.f("fk_redaction_version_id_text_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redaction_version_id"), ["version_id"], unique=False)

    op.create_table(
        "thread_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("target_start", sa.Integer(), nullable=False),
        sa.Column("target_end", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "0 <= source_start AND source_start < source_end",
            name=op.f("ck_thread_link_source_range"),
        ),
        sa.CheckConstraint(
            "0 <= target_start AND target_start < target_end",
            name=op.f("ck_thread_link_target_range"),
        ),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_thread_link_two_texts")),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["text_version.id"],
            name=op.f("fk_thread_link_source_id_text_version"),
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["text_version.id"],
            name=op.f("fk_thread_link_target_id_text_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_link")),
        sa.UniqueConstraint(
            "source_id",
            "source_start",
            "source_end",
            "target_id",
            "target_start",
            "target_end",
            name="uq_thread_link_ends",
        ),
    )
    with op.batch_alter_table("thread_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thread_link_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_thread_link_target_id"), ["target_id"], unique=False)

    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    for table, action, _ in APPEND_ONLY:
        for statement in triggers.allow(table, action, op.get_bind().dialect.name):
            op.execute(statement)
    with op.batch_alter_table("thread_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_thread_link_target_id"))
        batch_op.drop_index(batch_op.f("ix_thread_link_source_id"))

    op.drop_table("thread_link")
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redaction_version_id"))

    op.drop_table("redaction")
    op.drop_table("text_version")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_held",
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("role_grant")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_subject")
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))

    op.drop_table("audit_entry")
    op.drop_table("used_link")
    op.drop_table("text")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outgoing_mail_due",
            postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        )

    op.drop_table("outgoing_mail")
    op.drop_table("account")
