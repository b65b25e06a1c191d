"""The queue of moderation in its order."""

from alembic import op

revision = "0014_moderation_queue"
down_revision = "0013_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_proposal_queue", "proposal", ["state", "received_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_proposal_queue", "proposal")
