"""Wordings, texts and pictures are known by what is the same in every database."""

from alembic import op

from app import triggers

revision = "0031_import"
down_revision = "0030_drafting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Indexes and plain SQL, no batch mode: it would rebuild the tables and lose their triggers
    op.create_index("ix_text_version_digest", "text_version", ["digest"], unique=True)
    op.execute("ALTER TABLE text ADD COLUMN origin VARCHAR(64)")
    op.create_index("ix_text_origin", "text", ["origin"], unique=True)
    dialect = op.get_bind().dialect.name
    op.execute("ALTER TABLE concept_picture ADD COLUMN number INTEGER NOT NULL DEFAULT 0")
    for statement in (
        *triggers.allow("concept_picture", "UPDATE", dialect),
        "UPDATE concept_picture SET number = id",
        *triggers.refuse("concept_picture", "UPDATE", dialect),
        *triggers.refuse("print_job", "UPDATE", dialect, unless="NEW.edition_id = OLD.edition_id"),
    ):
        op.execute(statement)
    op.create_index("ix_concept_picture_number", "concept_picture", ["number"], unique=True)


def downgrade() -> None:
    for statement in triggers.allow("print_job", "UPDATE", op.get_bind().dialect.name):
        op.execute(statement)
    op.drop_index("ix_concept_picture_number", "concept_picture")
    op.execute("ALTER TABLE concept_picture DROP COLUMN number")
    op.drop_index("ix_text_origin", "text")
    op.execute("ALTER TABLE text DROP COLUMN origin")
    op.drop_index("ix_text_version_digest", "text_version")
