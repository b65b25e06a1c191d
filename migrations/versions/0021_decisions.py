"""Referrals, recommendations, answers."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.process_date import ProcessDateColumn

revision = "0021_decisions"
down_revision = "0020_workbench"
branch_labels = None
depends_on = None

# Erasing an account empties who typed it, and nothing else.
UNLINKED = """
    OLD.id = NEW.id AND OLD.made_by_id IS NOT NULL AND NEW.made_by_id IS NULL AND OLD.made_at = NEW.made_at
    AND OLD.outcome = NEW.outcome AND OLD.reason_id = NEW.reason_id
"""
APPEND_ONLY = [
    ("recommendation", "UPDATE", UNLINKED),
    ("recommendation", "DELETE", ""),
    ("forwarding", "UPDATE", ""),
    ("forwarding", "DELETE", ""),
    ("objection_reply", "UPDATE", ""),
    ("objection_reply", "DELETE", ""),
]


def upgrade() -> None:
    op.add_column("follow", sa.Column("rhythm", sa.String(length=24), server_default="at_once", nullable=False))
    op.add_column("contributor", sa.Column("postal_address", sa.String(length=300), server_default="", nullable=False))
    _create_referral()
    _create_recommendation()
    _create_forwarding()
    _create_objection_reply()
    _create_answer_letter()
    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    for table, action, _unless in APPEND_ONLY:
        for statement in triggers.allow(table, action, op.get_bind().dialect.name):
            op.execute(statement)
    for table in ("answer_letter", "objection_reply", "forwarding", "recommendation", "referral"):
        op.drop_table(table)
    op.drop_column("contributor", "postal_address")
    op.drop_column("follow", "rhythm")


def _create_referral() -> None:
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("condensation_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("referred_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("(condensation_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_referral_one_subject")),
        sa.CheckConstraint(
            "returned_on IS NULL OR returned_on >= referred_on", name=op.f("ck_referral_returned_later")
        ),
        *_keys("referral", condensation_id="condensation", proposal_id="proposal", organization_id="organization"),
        _account("referral", "referred_by_id"),
        _account("referral", "returned_by_id"),
    )
    for column in ("condensation_id", "proposal_id", "organization_id"):
        op.create_index(op.f(f"ix_referral_{column}"), "referral", [column])
    is_open = sa.text("returned_on IS NULL")
    for subject in ("condensation", "proposal"):
        op.create_index(
            f"uq_referral_{subject}_open",
            "referral",
            [f"{subject}_id", "organization_id"],
            unique=True,
            postgresql_where=is_open,
            sqlite_where=is_open,
        )


def _create_recommendation() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("recommended", ProcessDateColumn(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        *_keys("recommendation", referral_id="referral", reason_id="text", wording_id="text"),
        _account("recommendation", "made_by_id"),
    )
    op.create_index(op.f("ix_recommendation_referral_id"), "recommendation", ["referral_id"])


def _create_forwarding() -> None:
    op.create_table(
        "forwarding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("office_address", sa.String(length=300), nullable=False),
        sa.Column("forwarded_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "level <> 'municipality' OR municipality_id IS NOT NULL", name=op.f("ck_forwarding_which_one")
        ),
        *_keys("forwarding", decision_id="decision", municipality_id="municipality"),
        sa.UniqueConstraint("decision_id", name=op.f("uq_forwarding_decision_id")),
    )
    op.create_index(op.f("ix_forwarding_municipality_id"), "forwarding", ["municipality_id"])


def _create_objection_reply() -> None:
    op.create_table(
        "objection_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        *_keys("objection_reply", decision_id="decision", reason_id="text"),
        sa.UniqueConstraint("decision_id", name=op.f("uq_objection_reply_decision_id")),
    )


def _create_answer_letter() -> None:
    op.create_table(
        "answer_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contributor_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contributor_id"],
            ["contributor.id"],
            name=op.f("fk_answer_letter_contributor_id_contributor"),
            ondelete="CASCADE",
        ),
        *_keys("answer_letter", decision_id="decision"),
        _account("answer_letter", "sent_by_id"),
        sa.UniqueConstraint("contributor_id", "decision_id", name=op.f("uq_answer_letter_contributor_id_decision_id")),
    )
    op.create_index(op.f("ix_answer_letter_decision_id"), "answer_letter", ["decision_id"])


def _keys(table: str, **targets: str) -> list[sa.Constraint]:
    """The primary key, and the foreign keys by column."""
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return [
        primary,
        *(
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
            for column, target in targets.items()
        ),
    ]


def _account(table: str, column: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        [column], ["account.id"], name=op.f(f"fk_{table}_{column}_account"), ondelete="SET NULL"
    )
