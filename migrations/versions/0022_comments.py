"""Comments on contributions, and the municipality they concern."""

from alembic import op

revision = "0022_comments"
down_revision = "0021_decisions"
branch_labels = None
depends_on = None


# Plain SQL, which both databases take: batch mode would lose the triggers of the table (docs/adr/0006).
MUNICIPALITY = """
ALTER TABLE proposal
ADD COLUMN municipality_id INTEGER CONSTRAINT fk_proposal_municipality_id_municipality REFERENCES municipality (id)
"""


def upgrade() -> None:
    op.execute(MUNICIPALITY)
    op.create_index("ix_proposal_municipality_id", "proposal", ["municipality_id"])


def downgrade() -> None:
    op.drop_index("ix_proposal_municipality_id", "proposal")
    op.execute("ALTER TABLE proposal DROP COLUMN municipality_id")
