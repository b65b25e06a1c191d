"""What only grows is not emptied at one go, either; pictures of the concept count from 1, as 0 means none."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from app import triggers

revision = "0036_emptied"
down_revision = "0035_tasks"
branch_labels = None
depends_on = None

POSITIVE = "ck_concept_picture_number_positive"
REFUSING = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_refuse\\_delete' ORDER BY tgname"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in op.get_bind().scalars(sa.text(REFUSING)).all():
            _run(triggers.refuse_truncate(table))
    with op.batch_alter_table("concept_picture") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch.create_check_constraint(op.f(POSITIVE), "number > 0")
    _guard_pictures_again()


def downgrade() -> None:
    with op.batch_alter_table("concept_picture") as batch:
        batch.drop_constraint(op.f(POSITIVE), type_="check")
        batch.alter_column("number", existing_type=sa.Integer(), existing_nullable=False, server_default="0")
    _guard_pictures_again()
    if op.get_bind().dialect.name == "postgresql":
        for table in op.get_bind().scalars(sa.text(REFUSING)).all():
            _run(triggers.allow_truncate(table))


def _guard_pictures_again() -> None:
    """On SQLite the table was built anew, without its triggers."""
    if op.get_bind().dialect.name == "sqlite":
        _run(triggers.refuse("concept_picture", "UPDATE", "sqlite"))
        _run(triggers.refuse("concept_picture", "DELETE", "sqlite"))


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        op.execute(statement)
