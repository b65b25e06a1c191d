"""Sections with their signs, ideas taken up, good practice, vocabularies."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.process_date import ProcessDateColumn
from app.triggers import same

revision = "0029_catalogue"
down_revision = "0028_measures"
branch_labels = None
depends_on = None

TEXTS = {
    "section": (("icon", 24), ("planned_for", 36)),
    "municipal_idea": (("drop_reason", None),),
    "good_practice": (("drop_reason", None), ("picture_alt", 300)),
    "life_situation": (("valid", 36), ("source", None)),
}
REFERENCES = (
    ("organization", "municipality_id", "municipality"),
    ("good_practice", "picture_id", "concept_picture"),
    ("life_situation", "merged_into_id", "life_situation"),
)
DROPPED = ("municipal_idea", "good_practice")
# Themes counted for themselves; now all sections stand in one order, the fields first as they were printed
BEHIND_THE_FIELDS = """
UPDATE working_section SET position = position + (
    SELECT COUNT(*) FROM working_section AS other JOIN section ON section.id = other.section_id
    WHERE section.kind = 'field'
) WHERE section_id IN (SELECT id FROM section WHERE kind = 'cross_cutting')
"""


# Erasing an account empties who did it, and nothing else
EMPTIED = "OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL"
FROZEN = {
    "idea_uptake": f"{same('id idea_id municipality_id kind since sentence_id made_at')} AND {EMPTIED}",
    "term_change": (
        f"{same('id life_situation_id target_group_id title valid merged_into reason made_at')} AND {EMPTIED}"
    ),
}


def upgrade() -> None:
    for table, columns in TEXTS.items():
        for name, length in columns:
            kind = ProcessDateColumn() if length == 36 else sa.String(length=length)
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=""))
    for table in DROPPED:
        op.add_column(table, sa.Column("dropped_at", UTCDateTime(), nullable=True))
    for table, column, target in REFERENCES:
        constraint = f"fk_{table}_{column}_{target}"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {constraint} REFERENCES {target} (id)")
    op.execute(BEHIND_THE_FIELDS)
    _create_contacts()
    _create_uptakes()
    _create_term_changes()
    dialect = op.get_bind().dialect.name
    for table, unless in FROZEN.items():
        for action, condition in (("UPDATE", unless), ("DELETE", "")):
            for statement in triggers.refuse(table, action, dialect, unless=condition):
                op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in FROZEN:
        for action in ("UPDATE", "DELETE"):
            for statement in triggers.allow(table, action, dialect):
                op.execute(statement)
    for table in ("term_change", "idea_uptake", "practice_contact"):
        op.drop_table(table)
    op.execute(BEHIND_THE_FIELDS.replace("position +", "position -"))
    for table, column, _target in REFERENCES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in DROPPED:
        op.drop_column(table, "dropped_at")
    for table, columns in TEXTS.items():
        for name, _length in columns:
            op.drop_column(table, name)


def _create_contacts() -> None:
    op.create_table(
        "practice_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["good_practice.id"], name=op.f("fk_practice_contact_practice_id_good_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_contact")),
        sa.UniqueConstraint("practice_id", name=op.f("uq_practice_contact_practice_id")),
    )


def _create_uptakes() -> None:
    op.create_table(
        "idea_uptake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("since", ProcessDateColumn(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["idea_id"], ["municipal_idea.id"], name=op.f("fk_idea_uptake_idea_id_municipal_idea")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_idea_uptake_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["sentence_id"], ["text.id"], name=op.f("fk_idea_uptake_sentence_id_text")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_idea_uptake_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_uptake")),
    )
    op.create_index(op.f("ix_idea_uptake_idea_id"), "idea_uptake", ["idea_id"])
    op.create_index(op.f("ix_idea_uptake_municipality_id"), "idea_uptake", ["municipality_id"])


def _create_term_changes() -> None:
    op.create_table(
        "term_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("life_situation_id", sa.Integer(), nullable=True),
        sa.Column("target_group_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("merged_into", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(life_situation_id IS NULL) <> (target_group_id IS NULL)", name=op.f("ck_term_change_one_term")
        ),
        sa.ForeignKeyConstraint(
            ["life_situation_id"], ["life_situation.id"], name=op.f("fk_term_change_life_situation_id_life_situation")
        ),
        sa.ForeignKeyConstraint(
            ["target_group_id"], ["target_group.id"], name=op.f("fk_term_change_target_group_id_target_group")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_term_change_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_change")),
    )
    op.create_index(op.f("ix_term_change_life_situation_id"), "term_change", ["life_situation_id"])
    op.create_index(op.f("ix_term_change_target_group_id"), "term_change", ["target_group_id"])
