"""Moderation: text blocks, words to look at, assignments, steps taken back, kept passages, appeals, reports."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime

revision = "0019_moderation"
down_revision = "0018_capture"
branch_labels = None
depends_on = None

SAME = """
    OLD.id = NEW.id AND OLD.text_id = NEW.text_id AND OLD.number = NEW.number AND OLD.language = NEW.language
    AND OLD.digest = NEW.digest AND OLD.created_at = NEW.created_at AND length(OLD.content) = length(NEW.content)
"""
# A text may change only where the trace of its redaction is there already, and then keeps its length and its digest ...
TRACED = "NEW.salt IS NULL AND EXISTS (SELECT 1 FROM redaction WHERE redaction.version_id = OLD.id)"
# ... or where a redaction was lifted, and then its words stand again where they stood.
LIFTED = """
    EXISTS (
        SELECT 1 FROM redaction JOIN kept_passage ON kept_passage.redaction_id = redaction.id
        WHERE redaction.version_id = OLD.id AND kept_passage.lifted_at IS NOT NULL AND kept_passage.words <> ''
        AND substr(NEW.content, redaction.start + 1, redaction.stop - redaction.start) = kept_passage.words
    )
"""
UNCHANGED_SERVICE = "OLD.translated_by = NEW.translated_by"
UNLINKED = """
    OLD.id = NEW.id AND OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL AND OLD.made_at = NEW.made_at
    AND OLD.state = NEW.state AND OLD.reason = NEW.reason
"""
NEW_COLUMNS = """
    AND COALESCE(OLD.undoes_id, 0) = COALESCE(NEW.undoes_id, 0)
    AND COALESCE(OLD.block_version_id, 0) = COALESCE(NEW.block_version_id, 0)
"""
BEFORE = {"text_version": f"{SAME} AND {TRACED}", "release": UNLINKED}
AFTER = {
    "text_version": f"{SAME} AND {UNCHANGED_SERVICE} AND (({TRACED}) OR ({LIFTED}))",
    "release": UNLINKED + NEW_COLUMNS,
}
# Added by ALTER TABLE on both databases: batch mode would lose the triggers of these tables on SQLite.
COLUMNS = (
    ("proposal", "assigned_to_id INTEGER CONSTRAINT fk_proposal_assigned_to_id_account REFERENCES account (id)"),
    ("release", "undoes_id INTEGER CONSTRAINT fk_release_undoes_id_release REFERENCES release (id)"),
    (
        "release",
        "block_version_id INTEGER CONSTRAINT fk_release_block_version_id_text_version REFERENCES text_version (id)",
    ),
    ("text_version", "translated_by VARCHAR(100) DEFAULT '' NOT NULL"),
)
TABLES = ("report", "appeal", "watch_word", "text_block", "kept_passage")


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _create_tables()
    _replace_triggers(AFTER)


def downgrade() -> None:
    _replace_triggers(BEFORE)
    for table in TABLES:
        op.drop_table(table)
    for table, column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def _replace_triggers(conditions: dict[str, str]) -> None:
    dialect = op.get_bind().dialect.name
    for table, unless in conditions.items():
        for statement in (
            *triggers.allow(table, "UPDATE", dialect),
            *triggers.refuse(table, "UPDATE", dialect, unless=unless),
        ):
            op.execute(statement)


def _create_tables() -> None:
    op.create_table(
        "kept_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("keep_until", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["redaction_id"], ["redaction.id"], name=op.f("fk_kept_passage_redaction_id_redaction")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_passage")),
        sa.UniqueConstraint("redaction_id", name=op.f("uq_kept_passage_redaction_id")),
    )
    op.create_table(
        "text_block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_text_block_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_block")),
        sa.UniqueConstraint("slug", name=op.f("uq_text_block_slug")),
        sa.UniqueConstraint("text_id", name=op.f("uq_text_block_text_id")),
    )
    op.create_table(
        "watch_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_word")),
        sa.UniqueConstraint("word", name=op.f("uq_watch_word_word")),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (is_granted IS NULL)", name=op.f("ck_appeal_answered_with_result")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_appeal_answered_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_appeal_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index(op.f("ix_appeal_proposal_id"), "appeal", ["proposal_id"], unique=False)
    is_open = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_appeal_open", "appeal", ["proposal_id"], unique=True, postgresql_where=is_open, sqlite_where=is_open
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name=op.f("ck_report_answered_with_outcome")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_report_answered_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_report_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_open", "report", ["proposal_id", "answered_at"], unique=False)
