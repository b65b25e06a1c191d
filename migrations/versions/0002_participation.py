"""Structures, council, concept, events, registrations, proposals, progress."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.process_date import ProcessDateColumn

revision = "0002_participation"
down_revision = "0001_foundation"
branch_labels = None
depends_on = None

# A decision changes once: when it is released.
RELEASED = """
    OLD.released_at IS NULL AND OLD.id = NEW.id AND OLD.outcome = NEW.outcome AND OLD.answer_id = NEW.answer_id
    AND COALESCE(OLD.condensation_id, 0) = COALESCE(NEW.condensation_id, 0)
    AND COALESCE(OLD.passage_id, 0) = COALESCE(NEW.passage_id, 0)
    AND OLD.decided = NEW.decided AND OLD.made_at = NEW.made_at
"""
# Erasing an account empties who did it, and nothing else.
UNLINKED = """
    OLD.id = NEW.id AND OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL AND OLD.made_at = NEW.made_at
"""
APPEND_ONLY = [
    ("edition", "UPDATE", ""),
    ("edition", "DELETE", ""),
    ("adoption", "UPDATE", ""),
    ("adoption", "DELETE", ""),
    ("resolution", "UPDATE", ""),
    ("resolution", "DELETE", ""),
    ("paper_edition", "UPDATE", ""),
    ("paper_edition", "DELETE", ""),
    ("catalogue_change", "UPDATE", f"{UNLINKED} AND OLD.kind = NEW.kind AND OLD.reason = NEW.reason"),
    ("catalogue_change", "DELETE", ""),
    ("passage", "UPDATE", ""),
    ("passage", "DELETE", ""),
    ("condensation", "DELETE", ""),
    ("decision", "UPDATE", f"({RELEASED}) OR ({UNLINKED} AND OLD.outcome = NEW.outcome)"),
    ("decision", "DELETE", ""),
    ("release", "UPDATE", f"{UNLINKED} AND OLD.state = NEW.state AND OLD.reason = NEW.reason"),
    ("release", "DELETE", ""),
    ("progress_note", "UPDATE", ""),
    ("progress_note", "DELETE", ""),
    ("proposal", "DELETE", ""),
]


def upgrade() -> None:
    op.create_table(
        "concept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["predecessor_id"], ["concept.id"], name=op.f("fk_concept_predecessor_id_concept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
        sa.UniqueConstraint("slug", name=op.f("uq_concept_slug")),
    )
    op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.Column("easy", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint("term", name=op.f("uq_glossary_term_term")),
    )
    op.create_table(
        "life_situation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_situation")),
        sa.UniqueConstraint("slug", name=op.f("uq_life_situation_slug")),
    )
    op.create_table(
        "municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("post_code", sa.String(length=5), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("population_on", sa.Date(), nullable=False),
        sa.Column("association", sa.String(length=100), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.CheckConstraint("population >= 0", name=op.f("ck_municipality_population_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("ags", name=op.f("uq_municipality_ags")),
    )
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("founded", ProcessDateColumn(), nullable=False),
        sa.Column("dissolved", ProcessDateColumn(), nullable=False),
        sa.Column("dissolution_reason", sa.String(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organization.id"], name=op.f("fk_organization_parent_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("slug", name=op.f("uq_organization_slug")),
    )
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organization_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("set_on", ProcessDateColumn(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("focus", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("slug", name=op.f("uq_section_slug")),
    )
    op.create_table(
        "target_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["target_group.id"], name=op.f("fk_target_group_merged_into_id_target_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_target_group_slug")),
    )
    op.create_table(
        "chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.String(length=24), nullable=False),
        sa.Column("summary_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_chapter_number_positive")),
        sa.ForeignKeyConstraint(["summary_id"], ["text.id"], name=op.f("fk_chapter_summary_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("number", name=op.f("uq_chapter_number")),
    )
    op.create_table(
        "condensation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_condensation_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_condensation_section_id_section")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_condensation_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_condensation")),
        sa.UniqueConstraint("text_id", name=op.f("uq_condensation_text_id")),
    )
    with op.batch_alter_table("condensation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_condensation_section_id"), ["section_id"], unique=False)

    op.create_table(
        "definition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_definition_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("slug", name=op.f("uq_definition_slug")),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("cut_at", UTCDateTime(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_edition_concept_id_concept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("concept_id", "number", name=op.f("uq_edition_concept_id_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_edition_slug")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_cut_at"), ["cut_at"], unique=False)

    op.create_table(
        "function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_function_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_goal_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("code", name=op.f("uq_goal_code")),
        sa.UniqueConstraint("text_id", name=op.f("uq_goal_text_id")),
    )
    op.create_table(
        "good_practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("organization_name", sa.String(length=200), nullable=False),
        sa.Column("since", ProcessDateColumn(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_good_practice_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_good_practice_section_id_section")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_good_practice_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_practice")),
        sa.UniqueConstraint("text_id", name=op.f("uq_good_practice_text_id")),
    )
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_good_practice_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_good_practice_section_id"), ["section_id"], unique=False)

    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_indicator_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("slug", name=op.f("uq_indicator_slug")),
    )
    op.create_table(
        "leadership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["organization.id"], name=op.f("fk_leadership_lead_id_organization")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_leadership_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leadership")),
    )
    with op.batch_alter_table("leadership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leadership_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mandate_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_mandate_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandate_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(
            "uq_mandate_held",
            ["account_id", "organization_id"],
            unique=True,
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("duration", sa.String(length=24), nullable=False),
        sa.Column("priority", sa.String(length=24), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column("starts", ProcessDateColumn(), nullable=False),
        sa.Column("ends", ProcessDateColumn(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["organization.id"], name=op.f("fk_measure_responsible_id_organization")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_measure_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("code", name=op.f("uq_measure_code")),
        sa.UniqueConstraint("text_id", name=op.f("uq_measure_text_id")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_responsible_id"), ["responsible_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("ends_at", UTCDateTime(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=True),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("revised_at", UTCDateTime(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "starts_at IS NULL OR ends_at IS NULL OR starts_at < ends_at", name=op.f("ck_meeting_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_meeting_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("slug", name=op.f("uq_meeting_slug")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_organization_day", ["organization_id", "day"], unique=False)

    op.create_table(
        "municipal_idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_municipal_idea_section_id_section")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_municipal_idea_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipal_idea")),
        sa.UniqueConstraint("text_id", name=op.f("uq_municipal_idea_text_id")),
    )
    with op.batch_alter_table("municipal_idea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipal_idea_section_id"), ["section_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("facts_id", sa.Integer(), nullable=False),
        sa.Column("financial_id", sa.Integer(), nullable=False),
        sa.Column("financial_effect", sa.String(length=24), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["facts_id"], ["text.id"], name=op.f("fk_paper_facts_id_text")),
        sa.ForeignKeyConstraint(["financial_id"], ["text.id"], name=op.f("fk_paper_financial_id_text")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_paper_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["text.id"], name=op.f("fk_paper_proposal_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_number")),
        sa.UniqueConstraint("slug", name=op.f("uq_paper_slug")),
    )
    op.create_table(
        "responsibility",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_responsibility_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responsibility")),
    )
    op.create_table(
        "roadmap_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due", ProcessDateColumn(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_roadmap_task_concept_id_concept")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["organization.id"], name=op.f("fk_roadmap_task_responsible_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_task")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=120), nullable=False),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("is_voluntary", sa.Boolean(), nullable=False),
        sa.Column("valid", ProcessDateColumn(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["organization.id"], name=op.f("fk_seat_on_behalf_of_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_seat_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "section_working_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_section_working_group_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_working_group_section_id_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_working_group")),
        sa.UniqueConstraint(
            "section_id", "organization_id", name=op.f("uq_section_working_group_section_id_organization_id")
        ),
    )
    with op.batch_alter_table("section_working_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_working_group_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_succession_two_organizations")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["organization.id"], name=op.f("fk_succession_predecessor_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organization.id"], name=op.f("fk_succession_successor_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_succession_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index("uq_succession_pair", ["predecessor_id", "successor_id"], unique=True)

    op.create_table(
        "working_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_working_edition_only_one")),
        sa.ForeignKeyConstraint(["concept_id"], ["concept.id"], name=op.f("fk_working_edition_concept_id_concept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_edition")),
    )
    op.create_table(
        "working_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_working_section_position_positive")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_working_section_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_section")),
        sa.UniqueConstraint("section_id", name=op.f("uq_working_section_section_id")),
    )
    op.create_table(
        "annex",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("content", sa.String(length=24), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_annex_number_positive")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_annex_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_annex_paper_id_number")),
    )
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("cost_type", sa.String(length=80), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(amount IS NULL) = (state = 'not_quantifiable')", name=op.f("ck_budget_line_amount_or_not")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_budget_line_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_line_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "catalogue_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(goal_id IS NULL) <> (measure_id IS NULL)", name=op.f("ck_catalogue_change_one_subject")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_catalogue_change_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_catalogue_change_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_catalogue_change_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_catalogue_change_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_change")),
    )
    with op.batch_alter_table("catalogue_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_change_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalogue_change_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=True),
        sa.Column("agenda_item", sa.String(length=20), nullable=False),
        sa.Column("planned", ProcessDateColumn(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_consultation_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_consultation_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("paper_id", "position", name=op.f("uq_consultation_paper_id_position")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("registration_closes_at", UTCDateTime(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("guiding_question", sa.String(length=300), nullable=False),
        sa.Column("accessibility", sa.String(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("revised_at", UTCDateTime(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_event_capacity_positive")),
        sa.CheckConstraint("registration_closes_at <= ends_at", name=op.f("ck_event_closes_before_end")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_ends_after_start")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_event_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_event_municipality_id_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_event_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_municipality_id"), ["municipality_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "measure_life_situation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("life_situation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["life_situation_id"],
            ["life_situation.id"],
            name=op.f("fk_measure_life_situation_life_situation_id_life_situation"),
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_life_situation_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_life_situation")),
        sa.UniqueConstraint(
            "measure_id", "life_situation_id", name=op.f("uq_measure_life_situation_measure_id_life_situation_id")
        ),
    )
    with op.batch_alter_table("measure_life_situation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_life_situation_life_situation_id"), ["life_situation_id"], unique=False
        )

    op.create_table(
        "measure_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_measure_partner_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_measure_partner_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_partner")),
        sa.UniqueConstraint(
            "measure_id", "organization_id", name=op.f("uq_measure_partner_measure_id_organization_id")
        ),
    )
    with op.batch_alter_table("measure_partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_partner_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "meeting_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_result_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_meeting_result_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_result")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_meeting_result_meeting_id_position")),
    )
    with op.batch_alter_table("meeting_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_result_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "paper_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_paper_edition_edition_id_edition")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_edition_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_edition")),
        sa.UniqueConstraint("paper_id", "edition_id", name=op.f("uq_paper_edition_paper_id_edition_id")),
    )
    with op.batch_alter_table("paper_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_edition_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= start AND start < stop", name=op.f("ck_passage_range")),
        sa.ForeignKeyConstraint(["version_id"], ["text_version.id"], name=op.f("fk_passage_version_id_text_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("version_id", "start", "stop", name=op.f("uq_passage_version_id_start_stop")),
    )
    op.create_table(
        "process_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("held", ProcessDateColumn(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_process_step_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_process_step_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_process_step_paper_id_paper")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_step")),
        sa.UniqueConstraint("number", name=op.f("uq_process_step_number")),
    )
    op.create_table(
        "progress_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("progress", sa.String(length=24), nullable=False),
        sa.Column("noted", ProcessDateColumn(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_progress_note_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_progress_note_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_progress_note_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_note")),
    )
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_note_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "working_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_working_goal_position_positive")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_working_goal_goal_id_goal")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_working_goal_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_goal")),
        sa.UniqueConstraint("goal_id", name=op.f("uq_working_goal_goal_id")),
    )
    with op.batch_alter_table("working_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_goal_section_id"), ["section_id"], unique=False)

    op.create_table(
        "working_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_working_measure_position_positive")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_working_measure_measure_id_measure")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_working_measure_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_measure")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_working_measure_measure_id")),
    )
    with op.batch_alter_table("working_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_measure_section_id"), ["section_id"], unique=False)

    op.create_table(
        "consultation_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_consultation_meeting_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_consultation_meeting_meeting_id_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_meeting")),
        sa.UniqueConstraint(
            "consultation_id", "meeting_id", name=op.f("uq_consultation_meeting_consultation_id_meeting_id")
        ),
    )
    with op.batch_alter_table("consultation_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_meeting_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condensation_id", sa.Integer(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("decided", ProcessDateColumn(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("forwarded_to", sa.String(length=200), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", UTCDateTime(), nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(condensation_id IS NULL) <> (passage_id IS NULL)", name=op.f("ck_decision_one_subject")),
        sa.CheckConstraint("goal_id IS NULL OR measure_id IS NULL", name=op.f("ck_decision_one_result")),
        sa.ForeignKeyConstraint(["answer_id"], ["text.id"], name=op.f("fk_decision_answer_id_text")),
        sa.ForeignKeyConstraint(
            ["condensation_id"], ["condensation.id"], name=op.f("fk_decision_condensation_id_condensation")
        ),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_decision_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_decision_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_decision_measure_id_measure")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_decision_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_decision_passage_id_passage")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["account.id"], name=op.f("fk_decision_released_by_id_account"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_condensation_id"), ["condensation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_passage_id"), ["passage_id"], unique=False)

    op.create_table(
        "event_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_section_event_id_event")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_event_section_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_section")),
        sa.UniqueConstraint("event_id", "section_id", name=op.f("uq_event_section_event_id_section_id")),
    )
    with op.batch_alter_table("event_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_section_section_id"), ["section_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("wants_updates", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("queued_at", UTCDateTime(), nullable=False),
        sa.Column("held_until", UTCDateTime(), nullable=True),
        sa.Column("offered_until", UTCDateTime(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.CheckConstraint("status <> 'held' OR held_until IS NOT NULL", name=op.f("ck_registration_held_until_given")),
        sa.CheckConstraint(
            "status <> 'offered' OR offered_until IS NOT NULL", name=op.f("ck_registration_offered_until_given")
        ),
        sa.CheckConstraint(
            "status NOT IN ('confirmed', 'offered') OR confirmed_at IS NOT NULL",
            name=op.f("ck_registration_confirmed_first"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index("ix_registration_event_status", ["event_id", "status"], unique=False)

    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("decided", ProcessDateColumn(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_resolution_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_resolution_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
    )
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resolution_consultation_id"), ["consultation_id"], unique=False)

    op.create_table(
        "theme_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_theme_table_capacity_positive")),
        sa.CheckConstraint("number > 0", name=op.f("ck_theme_table_number_positive")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_theme_table_event_id_event")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_theme_table_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_table")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_theme_table_event_id_number")),
    )
    with op.batch_alter_table("theme_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_table_section_id"), ["section_id"], unique=False)

    op.create_table(
        "working_measure_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("working_measure_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_working_measure_goal_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["working_measure_id"],
            ["working_measure.id"],
            name=op.f("fk_working_measure_goal_working_measure_id_working_measure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_measure_goal")),
        sa.UniqueConstraint(
            "working_measure_id", "goal_id", name=op.f("uq_working_measure_goal_working_measure_id_goal_id")
        ),
    )
    with op.batch_alter_table("working_measure_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_working_measure_goal_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("decided", ProcessDateColumn(), nullable=False),
        sa.Column("effect", sa.String(length=24), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_adoption_edition_id_edition")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_adoption_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolution.id"], name=op.f("fk_adoption_resolution_id_resolution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("edition_id", "resolution_id", name=op.f("uq_adoption_edition_id_resolution_id")),
    )
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_resolution_id"), ["resolution_id"], unique=False)

    op.create_table(
        "attendee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_attendee_registration_id_registration")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_attendee_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee")),
    )
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendee_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendee_table_id"), ["table_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("consent", sa.String(length=40), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("asked_again_at", UTCDateTime(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.CheckConstraint("account_id IS NULL OR email = ''", name=op.f("ck_follow_one_address")),
        sa.CheckConstraint("(text_id IS NULL) <> (table_id IS NULL)", name=op.f("ck_follow_one_subject")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id_account")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_follow_table_id_theme_table")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_follow_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_table_id"), ["table_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_text_id"), ["text_id"], unique=False)
        batch_op.create_index(
            "uq_follow_text",
            ["email", "account_id", "text_id"],
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL AND text_id IS NOT NULL"),
            sqlite_where=sa.text("ended_at IS NULL AND text_id IS NOT NULL"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=True),
        sa.Column("is_language_detected", sa.Boolean(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("identity", sa.String(length=500), nullable=True),
        sa.Column("source_url", sa.String(length=500), nullable=False),
        sa.Column("receipt_digest", sa.String(length=64), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state <> 'withheld' OR state_reason <> ''", name=op.f("ck_proposal_reason_given")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_proposal_author_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_proposal_event_id_event")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_proposal_goal_id_goal")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_proposal_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_proposal_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_proposal_recorded_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_proposal_section_id_section")),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_proposal_table_id_theme_table")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_proposal_text_id_text")),
        sa.ForeignKeyConstraint(["translation_id"], ["text.id"], name=op.f("fk_proposal_translation_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("identity", name=op.f("uq_proposal_identity")),
        sa.UniqueConstraint("receipt_digest", name=op.f("uq_proposal_receipt_digest")),
        sa.UniqueConstraint("reference", name=op.f("uq_proposal_reference")),
        sa.UniqueConstraint("text_id", name=op.f("uq_proposal_text_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_measure_id"), ["measure_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_section_id"), ["section_id"], unique=False)
        batch_op.create_index("ix_proposal_state_received", ["state", "received_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_table_id"), ["table_id"], unique=False)

    op.create_table(
        "contributor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization_name", sa.String(length=200), nullable=False),
        sa.Column("may_be_named", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("email_confirmed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_contributor_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributor")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_contributor_proposal_id")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_release_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_release_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_proposal_id"), ["proposal_id"], unique=False)

    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    for table, action, _ in APPEND_ONLY:
        for statement in triggers.allow(table, action, op.get_bind().dialect.name):
            op.execute(statement)
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_proposal_id"))

    op.drop_table("release")
    op.drop_table("contributor")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_table_id"))
        batch_op.drop_index("ix_proposal_state_received")
        batch_op.drop_index(batch_op.f("ix_proposal_section_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_organization_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_measure_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_goal_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_event_id"))

    op.drop_table("proposal")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_follow_text",
            postgresql_where=sa.text("ended_at IS NULL AND text_id IS NOT NULL"),
            sqlite_where=sa.text("ended_at IS NULL AND text_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_follow_text_id"))
        batch_op.drop_index(batch_op.f("ix_follow_table_id"))
        batch_op.drop_index(batch_op.f("ix_follow_account_id"))

    op.drop_table("follow")
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendee_table_id"))
        batch_op.drop_index(batch_op.f("ix_attendee_registration_id"))

    op.drop_table("attendee")
    with op.batch_alter_table("adoption", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_resolution_id"))

    op.drop_table("adoption")
    with op.batch_alter_table("working_measure_goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_measure_goal_goal_id"))

    op.drop_table("working_measure_goal")
    with op.batch_alter_table("theme_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_theme_table_section_id"))

    op.drop_table("theme_table")
    with op.batch_alter_table("resolution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resolution_consultation_id"))

    op.drop_table("resolution")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_event_status")

    op.drop_table("registration")
    with op.batch_alter_table("event_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_section_section_id"))

    op.drop_table("event_section")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_passage_id"))
        batch_op.drop_index(batch_op.f("ix_decision_measure_id"))
        batch_op.drop_index(batch_op.f("ix_decision_goal_id"))
        batch_op.drop_index(batch_op.f("ix_decision_condensation_id"))

    op.drop_table("decision")
    with op.batch_alter_table("consultation_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_meeting_meeting_id"))

    op.drop_table("consultation_meeting")
    with op.batch_alter_table("working_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_measure_section_id"))

    op.drop_table("working_measure")
    with op.batch_alter_table("working_goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_working_goal_section_id"))

    op.drop_table("working_goal")
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_note_measure_id"))

    op.drop_table("progress_note")
    op.drop_table("process_step")
    op.drop_table("passage")
    with op.batch_alter_table("paper_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_edition_edition_id"))

    op.drop_table("paper_edition")
    with op.batch_alter_table("meeting_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_result_organization_id"))

    op.drop_table("meeting_result")
    with op.batch_alter_table("measure_partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_partner_organization_id"))

    op.drop_table("measure_partner")
    with op.batch_alter_table("measure_life_situation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_life_situation_life_situation_id"))

    op.drop_table("measure_life_situation")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_starts_at"))
        batch_op.drop_index(batch_op.f("ix_event_organization_id"))
        batch_op.drop_index(batch_op.f("ix_event_municipality_id"))

    op.drop_table("event")
    op.drop_table("consultation")
    with op.batch_alter_table("catalogue_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_change_measure_id"))
        batch_op.drop_index(batch_op.f("ix_catalogue_change_goal_id"))

    op.drop_table("catalogue_change")
    with op.batch_alter_table("budget_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_line_measure_id"))

    op.drop_table("budget_line")
    op.drop_table("annex")
    op.drop_table("working_section")
    op.drop_table("working_edition")
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index("uq_succession_pair")
        batch_op.drop_index(batch_op.f("ix_succession_successor_id"))

    op.drop_table("succession")
    with op.batch_alter_table("section_working_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_working_group_organization_id"))

    op.drop_table("section_working_group")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_organization_id"))

    op.drop_table("seat")
    op.drop_table("roadmap_task")
    op.drop_table("responsibility")
    op.drop_table("paper")
    with op.batch_alter_table("municipal_idea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_municipal_idea_section_id"))

    op.drop_table("municipal_idea")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_meeting_organization_day")

    op.drop_table("meeting")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_responsible_id"))

    op.drop_table("measure")
    with op.batch_alter_table("mandate", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mandate_held",
            postgresql_where=sa.text("revoked_at IS NULL"),
            sqlite_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_mandate_organization_id"))

    op.drop_table("mandate")
    with op.batch_alter_table("leadership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leadership_organization_id"))

    op.drop_table("leadership")
    op.drop_table("indicator")
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_good_practice_section_id"))
        batch_op.drop_index(batch_op.f("ix_good_practice_municipality_id"))

    op.drop_table("good_practice")
    op.drop_table("goal")
    op.drop_table("function")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_cut_at"))

    op.drop_table("edition")
    op.drop_table("definition")
    with op.batch_alter_table("condensation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_condensation_section_id"))

    op.drop_table("condensation")
    op.drop_table("chapter")
    op.drop_table("target_group")
    op.drop_table("section")
    with op.batch_alter_table("organization", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organization_parent_id"))

    op.drop_table("organization")
    op.drop_table("municipality")
    op.drop_table("life_situation")
    op.drop_table("glossary_term")
    op.drop_table("concept")
