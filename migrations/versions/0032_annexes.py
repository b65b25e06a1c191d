"""What goes out with a paper is kept as files and stays as it was; what a paper costs, and when."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same

revision = "0032_annexes"
down_revision = "0031_import"
branch_labels = None
depends_on = None


PAPER = (
    "id slug number kind title dated_on organization_id proposal_id facts_id financial_id financial_effect "
    "financial_amount financial_year is_example created_at sent_at"
)
# A file whose words were blackened goes; that it was there, and its checksum, stays.
SENT_FILE = (
    f"{same('id paper_id annex_id edition_id sha256 size pages redactions partners kept_at')} "
    "AND (NEW.key IS NULL OR NEW.key IS NOT DISTINCT FROM OLD.key)"
)
# As migration 0003 had it
BEFORE = """
    OLD.id = NEW.id AND OLD.slug = NEW.slug AND COALESCE(OLD.number, '') = COALESCE(NEW.number, '')
    AND OLD.kind = NEW.kind AND OLD.title = NEW.title
    AND (OLD.dated_on = NEW.dated_on OR (OLD.dated_on IS NULL AND NEW.dated_on IS NULL))
    AND OLD.organization_id = NEW.organization_id AND OLD.proposal_id = NEW.proposal_id
    AND OLD.facts_id = NEW.facts_id AND OLD.financial_id = NEW.financial_id
    AND OLD.financial_effect = NEW.financial_effect AND OLD.is_example = NEW.is_example
    AND OLD.created_at = NEW.created_at AND NEW.sent_at IS NOT NULL AND OLD.sent_at = NEW.sent_at
"""


def upgrade() -> None:
    # In plain SQL: batch mode would rebuild the tables and lose their triggers
    op.execute("ALTER TABLE paper ADD COLUMN financial_amount NUMERIC(14, 2)")
    op.execute("ALTER TABLE paper ADD COLUMN financial_year INTEGER")
    op.execute(
        "ALTER TABLE annex ADD COLUMN key VARCHAR(80) "
        "CONSTRAINT ck_annex_upload_has_file CHECK ((content = 'upload') = (key IS NOT NULL))"
    )
    _guard_papers(f"OLD.sent_at IS NULL OR ({same(PAPER)})")
    op.create_table(
        "sent_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("annex_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("redactions", sa.String(), nullable=False),
        sa.Column("partners", sa.String(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_sent_file_paper_id_paper")),
        sa.ForeignKeyConstraint(["annex_id"], ["annex.id"], name=op.f("fk_sent_file_annex_id_annex")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_sent_file_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_file")),
    )
    op.create_index(op.f("ix_sent_file_paper_id"), "sent_file", ["paper_id"])
    dialect = op.get_bind().dialect.name
    for action, unless in (("UPDATE", SENT_FILE), ("DELETE", "")):
        for statement in triggers.refuse("sent_file", action, dialect, unless=unless):
            op.execute(statement)
    with op.batch_alter_table("presentation") as batch:
        batch.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        batch.alter_column("event_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key(op.f("fk_presentation_meeting_id_meeting"), "meeting", ["meeting_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_presentation_edition_id"), ["edition_id", "meeting_id"])
        batch.create_check_constraint(
            op.f("ck_presentation_one_occasion"), "(event_id IS NULL) <> (meeting_id IS NULL)"
        )


def downgrade() -> None:
    op.execute("DELETE FROM presentation WHERE event_id IS NULL")
    with op.batch_alter_table("presentation") as batch:
        batch.drop_constraint(op.f("ck_presentation_one_occasion"), type_="check")
        batch.drop_constraint(op.f("uq_presentation_edition_id"), type_="unique")
        batch.drop_constraint(op.f("fk_presentation_meeting_id_meeting"), type_="foreignkey")
        batch.alter_column("event_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("meeting_id")
    dialect = op.get_bind().dialect.name
    for action in ("UPDATE", "DELETE"):
        for statement in triggers.allow("sent_file", action, dialect):
            op.execute(statement)
    op.drop_table("sent_file")
    _guard_papers(f"OLD.sent_at IS NULL OR COALESCE({BEFORE}, FALSE)")
    op.execute("ALTER TABLE annex DROP COLUMN key")
    op.execute("ALTER TABLE paper DROP COLUMN financial_year")
    op.execute("ALTER TABLE paper DROP COLUMN financial_amount")


def _guard_papers(unless: str) -> None:
    dialect = op.get_bind().dialect.name
    for statement in (
        *triggers.allow("paper", "UPDATE", dialect),
        *triggers.refuse("paper", "UPDATE", dialect, unless=unless),
    ):
        op.execute(statement)
