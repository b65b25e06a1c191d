"""Wordings of mails for one event, and reminders."""

revision = "0013_letters"
down_revision = "0012_evaluation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
