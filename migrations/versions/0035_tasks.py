"""Next steps that come again, that were done and that were written about; cost centres of budget lines."""

import sqlalchemy as sa
from alembic import op

from app.process_date import ProcessDateColumn

revision = "0035_tasks"
down_revision = "0034_results"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roadmap_task") as batch:
        batch.add_column(sa.Column("repeats_months", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("done_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("reminded_of", ProcessDateColumn(), nullable=False, server_default=""))
    with op.batch_alter_table("budget_line") as batch:
        batch.add_column(sa.Column("cost_centre", sa.String(length=40), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("budget_line") as batch:
        batch.drop_column("cost_centre")
    with op.batch_alter_table("roadmap_task") as batch:
        batch.drop_column("reminded_of")
        batch.drop_column("done_on")
        batch.drop_column("repeats_months")
