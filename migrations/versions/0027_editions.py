"""How goals and measures follow from others, corrections and amendments of editions."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same, same_or_emptied

revision = "0027_editions"
down_revision = "0026_decided_wording"
branch_labels = None
depends_on = None


# A correction changes once, when another person confirms it; after that erasing an account may empty who it was.
PROPOSED = same("id base_id reason made_at")
CONFIRMED = f"""
    {PROPOSED} AND {same("edition_id confirmed_at")} AND {same_or_emptied("made_by_id")}
    AND {same_or_emptied("confirmed_by_id")}
"""
IS_OPEN = "EXISTS (SELECT 1 FROM correction WHERE id = {row}.correction_id AND edition_id IS NULL)"
GUARDS = [
    ("descent", "UPDATE", ""),
    ("descent", "DELETE", ""),
    (
        "amendment",
        "UPDATE",
        f"{same('id edition_id base_id consultation_id meeting_id made_at')} AND {same_or_emptied('made_by_id')}",
    ),
    ("amendment", "DELETE", ""),
    ("correction", "UPDATE", f"({PROPOSED} AND OLD.edition_id IS NULL) OR ({CONFIRMED})"),
    ("correction", "DELETE", "OLD.edition_id IS NULL"),
    ("correction_passage", "UPDATE", ""),
    ("correction_passage", "DELETE", IS_OPEN.format(row="OLD")),
    ("correction_passage", "INSERT", IS_OPEN.format(row="NEW")),
]


def upgrade() -> None:
    op.create_table(
        "descent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("follows", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code <> follows", name=op.f("ck_descent_two_codes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_descent")),
        sa.UniqueConstraint("code", "follows", name=op.f("uq_descent_code_follows")),
    )
    op.create_index(op.f("ix_descent_follows"), "descent", ["follows"])
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_amendment_edition_id_edition")),
        sa.ForeignKeyConstraint(["base_id"], ["edition.id"], name=op.f("fk_amendment_base_id_edition")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_amendment_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_amendment_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_amendment_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_amendment_edition_id")),
    )
    op.create_index(op.f("ix_amendment_base_id"), "amendment", ["base_id"])
    op.create_index(op.f("ix_amendment_consultation_id"), "amendment", ["consultation_id"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(edition_id IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_correction_cut_when_confirmed")
        ),
        sa.CheckConstraint("confirmed_by_id <> made_by_id", name=op.f("ck_correction_two_persons")),
        sa.ForeignKeyConstraint(["base_id"], ["edition.id"], name=op.f("fk_correction_base_id_edition")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_correction_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_correction_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["account.id"], name=op.f("fk_correction_confirmed_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_correction_edition_id")),
    )
    op.create_index(op.f("ix_correction_base_id"), "correction", ["base_id"])
    op.create_table(
        "correction_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction.id"], name=op.f("fk_correction_passage_correction_id_correction")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_correction_passage_version_id_text_version")
        ),
        sa.ForeignKeyConstraint(["wording_id"], ["text.id"], name=op.f("fk_correction_passage_wording_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_passage")),
        sa.UniqueConstraint("correction_id", "version_id", name=op.f("uq_correction_passage_correction_id_version_id")),
    )
    op.create_index(op.f("ix_correction_passage_version_id"), "correction_passage", ["version_id"])
    dialect = op.get_bind().dialect.name
    for table, action, unless in GUARDS:
        for statement in triggers.refuse(table, action, dialect, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, _unless in GUARDS:
        for statement in triggers.allow(table, action, dialect):
            op.execute(statement)
    for table in ("correction_passage", "correction", "amendment", "descent"):
        op.drop_table(table)
