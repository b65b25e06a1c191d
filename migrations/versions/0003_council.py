"""A sent paper is frozen: its row, its annexes, the texts of its sections."""

from alembic import op

from app import triggers

revision = "0003_council"
down_revision = "0002_participation"
branch_labels = None
depends_on = None

# The empty update that locks the row (app.db.lock) changes nothing and passes.
UNCHANGED = """
    OLD.id = NEW.id AND OLD.slug = NEW.slug AND COALESCE(OLD.number, '') = COALESCE(NEW.number, '')
    AND OLD.kind = NEW.kind AND OLD.title = NEW.title
    AND (OLD.dated_on = NEW.dated_on OR (OLD.dated_on IS NULL AND NEW.dated_on IS NULL))
    AND OLD.organization_id = NEW.organization_id AND OLD.proposal_id = NEW.proposal_id
    AND OLD.facts_id = NEW.facts_id AND OLD.financial_id = NEW.financial_id
    AND OLD.financial_effect = NEW.financial_effect AND OLD.is_example = NEW.is_example
    AND OLD.created_at = NEW.created_at AND NEW.sent_at IS NOT NULL AND OLD.sent_at = NEW.sent_at
"""
SENT = "SELECT 1 FROM paper WHERE paper.sent_at IS NOT NULL"
FROZEN = [
    ("paper", "UPDATE", f"OLD.sent_at IS NULL OR COALESCE({UNCHANGED}, FALSE)"),
    ("paper", "DELETE", "OLD.sent_at IS NULL"),
    ("annex", "INSERT", f"NOT EXISTS ({SENT} AND paper.id = NEW.paper_id)"),
    ("annex", "UPDATE", f"NOT EXISTS ({SENT} AND paper.id IN (OLD.paper_id, NEW.paper_id))"),
    ("annex", "DELETE", f"NOT EXISTS ({SENT} AND paper.id = OLD.paper_id)"),
    (
        "text_version",
        "INSERT",
        f"NOT EXISTS ({SENT} AND NEW.text_id IN (paper.proposal_id, paper.facts_id, paper.financial_id))",
    ),
]


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, unless in FROZEN:
        for statement in triggers.refuse(table, action, dialect, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, _ in FROZEN:
        for statement in triggers.allow(table, action, dialect):
            op.execute(statement)
