"""The concept as a document: bodies of chapters, pictures, translations."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime

revision = "0023_document"
down_revision = "0022_comments"
branch_labels = None
depends_on = None

FROZEN = ("concept_picture", "content_translation")


def upgrade() -> None:
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("slug", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("body_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signature_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("as_of", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_example", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(op.f("fk_chapter_body_id_text"), "text", ["body_id"], ["id"])
        batch_op.create_foreign_key(op.f("fk_chapter_signature_id_text"), "text", ["signature_id"], ["id"])
    op.execute("UPDATE chapter SET slug = 'kapitel-' || id")
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.create_unique_constraint(op.f("uq_chapter_slug"), ["slug"])
    op.create_table(
        "concept_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_picture")),
        sa.UniqueConstraint("key", name=op.f("uq_concept_picture_key")),
    )
    op.create_table(
        "content_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("is_machine", sa.Boolean(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_content_translation_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["text_version.id"], name=op.f("fk_content_translation_source_id_text_version")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_content_translation_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_translation")),
        sa.UniqueConstraint("version_id", name=op.f("uq_content_translation_version_id")),
    )
    with op.batch_alter_table("content_translation", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_content_translation_source_id"), ["source_id"], unique=False)
    op.create_table(
        "phrase_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("is_machine", sa.Boolean(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_phrase_translation_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase_translation")),
        sa.UniqueConstraint("phrase", "language", name=op.f("uq_phrase_translation_phrase_language")),
    )
    dialect = op.get_bind().dialect.name
    for table in FROZEN:
        for action in ("UPDATE", "DELETE"):
            unless = MAKER_IS_ERASED if (table, action) == ("content_translation", "UPDATE") else ""
            for statement in triggers.refuse(table, action, dialect, unless=unless):
                op.execute(statement)


MAKER_IS_ERASED = (
    "NEW.made_by_id IS NULL AND NEW.id = OLD.id AND NEW.source_id = OLD.source_id AND NEW.version_id = OLD.version_id "
    "AND NEW.language = OLD.language AND NEW.is_machine = OLD.is_machine AND NEW.made_at = OLD.made_at"
)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in FROZEN:
        for action in ("UPDATE", "DELETE"):
            for statement in triggers.allow(table, action, dialect):
                op.execute(statement)
    op.drop_table("phrase_translation")
    op.drop_table("content_translation")
    op.drop_table("concept_picture")
    with op.batch_alter_table("chapter", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_chapter_slug"), type_="unique")
        batch_op.drop_constraint(op.f("fk_chapter_signature_id_text"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_chapter_body_id_text"), type_="foreignkey")
        batch_op.drop_column("is_example")
        batch_op.drop_column("as_of")
        batch_op.drop_column("signature_id")
        batch_op.drop_column("body_id")
        batch_op.drop_column("slug")
