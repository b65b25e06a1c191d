"""What a measure bears: target groups, a figure to change, money; why it was amended; partners asked and answering."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same

revision = "0028_measures"
down_revision = "0027_editions"
branch_labels = None
depends_on = None


ANSWER = "id partner_id version_id agreement may_be_named words_id answered_on channel recorded_at"
APPEND_ONLY = [
    ("catalogue_amendment", "UPDATE", ""),
    ("catalogue_amendment", "DELETE", ""),
    ("partner_request", "UPDATE", ""),
    ("partner_request", "DELETE", ""),
    # Erasing an account empties who entered it, and nothing else.
    (
        "partner_answer",
        "UPDATE",
        f"{same(ANSWER)} AND OLD.recorded_by_id IS NOT NULL AND NEW.recorded_by_id IS NULL",
    ),
    ("partner_answer", "DELETE", ""),
]


def upgrade() -> None:
    for column in (
        sa.Column("target_from", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("target_to", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("target_by", sa.String(length=36), server_default="", nullable=False),
    ):
        op.add_column("measure", column)
    # Plain SQL, since SQLite has no other way to add a foreign key without making the table anew
    op.execute(
        "ALTER TABLE measure ADD COLUMN indicator_id INTEGER "
        "CONSTRAINT fk_measure_indicator_id_indicator REFERENCES indicator (id)"
    )
    op.create_index("ix_measure_indicator_id", "measure", ["indicator_id"])
    op.create_table(
        "measure_target_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("target_group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_target_group_measure_id_measure")
        ),
        sa.ForeignKeyConstraint(
            ["target_group_id"], ["target_group.id"], name=op.f("fk_measure_target_group_target_group_id_target_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_target_group")),
        sa.UniqueConstraint(
            "measure_id", "target_group_id", name=op.f("uq_measure_target_group_measure_id_target_group_id")
        ),
    )
    op.create_index("ix_measure_target_group_target_group_id", "measure_target_group", ["target_group_id"])
    op.create_table(
        "catalogue_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["catalogue_change.id"], name=op.f("fk_catalogue_amendment_change_id_catalogue_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_amendment")),
    )
    op.create_index("ix_catalogue_amendment_change_id", "catalogue_amendment", ["change_id"])
    _create_partner_tables()
    dialect = op.get_bind().dialect.name
    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, dialect, unless=unless):
            op.execute(statement)


def _create_partner_tables() -> None:
    op.create_table(
        "partner_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_partner_contact_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contact")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_partner_contact_organization_id")),
    )
    op.create_table(
        "partner_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("is_reminder", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["measure_partner.id"], name=op.f("fk_partner_request_partner_id_measure_partner")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_partner_request_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_request")),
    )
    op.create_index("ix_partner_request_partner_id", "partner_request", ["partner_id"])
    op.create_table(
        "partner_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=24), nullable=True),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["measure_partner.id"], name=op.f("fk_partner_answer_partner_id_measure_partner")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_partner_answer_version_id_text_version")
        ),
        sa.ForeignKeyConstraint(["words_id"], ["text.id"], name=op.f("fk_partner_answer_words_id_text")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["account.id"],
            name=op.f("fk_partner_answer_recorded_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_answer")),
    )
    op.create_index("ix_partner_answer_partner_id", "partner_answer", ["partner_id"])


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, _unless in APPEND_ONLY:
        for statement in triggers.allow(table, action, dialect):
            op.execute(statement)
    for table in ("partner_answer", "partner_request", "partner_contact", "catalogue_amendment"):
        op.drop_table(table)
    op.drop_table("measure_target_group")
    op.drop_index("ix_measure_indicator_id", "measure")
    for column in ("indicator_id", "target_by", "target_to", "target_from"):
        op.execute(f"ALTER TABLE measure DROP COLUMN {column}")
