"""A draft laid out, suggestions to its passages, drafts of the desk, who wrote and who released which wording."""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same

revision = "0030_drafting"
down_revision = "0029_catalogue"
branch_labels = None
depends_on = None


def _account_erased(column: str, others: str) -> str:
    return f"{same(others)} AND OLD.{column} IS NOT NULL AND NEW.{column} IS NULL"


ANOTHER_PERSON = """
    NEW.released_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM wording_author
        WHERE wording_author.version_id = NEW.version_id AND wording_author.account_id = NEW.released_by_id
    )
"""
APPEND_ONLY = (
    ("wording_author", "UPDATE", _account_erased("account_id", "id version_id written_at")),
    ("wording_author", "DELETE", ""),
    ("wording_release", "INSERT", ANOTHER_PERSON),
    (
        "wording_release",
        "UPDATE",
        _account_erased("released_by_id", "id version_id released_at is_returned reason"),
    ),
    ("wording_release", "DELETE", ""),
    (
        "hearing",
        "UPDATE",
        same("id number opens_on document is_example created_at"),
    ),
    ("hearing", "DELETE", ""),
    (
        "suggestion",
        "UPDATE",
        same("id hearing_id version_id start stop kind wording_id reason_id organization_id is_office received_at"),
    ),
    ("suggestion", "DELETE", ""),
    ("disposition", "UPDATE", _account_erased("made_by_id", "id suggestion_id outcome reason_id version_id made_at")),
    ("disposition", "DELETE", ""),
)
TABLES = (
    "wording_author",
    "wording_release",
    "hearing",
    "hearing_body",
    "suggestion",
    "suggester",
    "disposition",
    "desk_draft",
)


def upgrade() -> None:
    _create_wording_author()
    _create_wording_release()
    _create_hearing()
    _create_hearing_body()
    _create_suggestion()
    _create_suggester()
    _create_disposition()
    _create_desk_draft()
    dialect = op.get_bind().dialect.name
    for table, action, unless in APPEND_ONLY:
        for statement in triggers.refuse(table, action, dialect, unless=unless):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, action, _unless in APPEND_ONLY:
        for statement in triggers.allow(table, action, dialect):
            op.execute(statement)
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_wording_author() -> None:
    op.create_table(
        "wording_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_wording_author_account_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_wording_author_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_author")),
        sa.UniqueConstraint("version_id", name=op.f("uq_wording_author_version_id")),
    )
    op.create_index(op.f("ix_wording_author_written_at"), "wording_author", ["written_at"], unique=False)


def _create_wording_release() -> None:
    op.create_table(
        "wording_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", UTCDateTime(), nullable=False),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("is_returned = (reason <> '')", name=op.f("ck_wording_release_reason_of_return")),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["account.id"],
            name=op.f("fk_wording_release_released_by_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_wording_release_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_release")),
        sa.UniqueConstraint("version_id", name=op.f("uq_wording_release_version_id")),
    )


def _create_hearing() -> None:
    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_hearing_number_positive")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_hearing_opens_before_it_closes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("number", name=op.f("uq_hearing_number")),
    )


def _create_hearing_body() -> None:
    op.create_table(
        "hearing_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_hearing_body_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_hearing_body_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_body")),
        sa.UniqueConstraint("hearing_id", "organization_id", name=op.f("uq_hearing_body_hearing_id_organization_id")),
    )
    op.create_index(op.f("ix_hearing_body_organization_id"), "hearing_body", ["organization_id"], unique=False)


def _create_suggestion() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("is_office", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("moderated_at", UTCDateTime(), nullable=True),
        sa.Column("is_proven", sa.Boolean(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'drop') = (wording_id IS NULL)", name=op.f("ck_suggestion_words_unless_dropped")),
        sa.CheckConstraint("state <> 'withheld' OR state_reason <> ''", name=op.f("ck_suggestion_reason_given")),
        sa.CheckConstraint("0 <= start AND start < stop", name=op.f("ck_suggestion_range")),
        sa.CheckConstraint("NOT is_office OR organization_id IS NULL", name=op.f("ck_suggestion_one_sender")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_suggestion_author_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_suggestion_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_suggestion_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["text.id"], name=op.f("fk_suggestion_reason_id_text")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_suggestion_version_id_text_version")
        ),
        sa.ForeignKeyConstraint(["wording_id"], ["text.id"], name=op.f("fk_suggestion_wording_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("reason_id", name=op.f("uq_suggestion_reason_id")),
        sa.UniqueConstraint("wording_id", name=op.f("uq_suggestion_wording_id")),
    )
    op.create_index(op.f("ix_suggestion_hearing_id"), "suggestion", ["hearing_id"], unique=False)
    op.create_index(op.f("ix_suggestion_organization_id"), "suggestion", ["organization_id"], unique=False)
    op.create_index("ix_suggestion_queue", "suggestion", ["state", "received_at", "id"], unique=False)
    op.create_index(op.f("ix_suggestion_version_id"), "suggestion", ["version_id"], unique=False)


def _create_suggester() -> None:
    op.create_table(
        "suggester",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("email_confirmed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_suggester_suggestion_id_suggestion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggester")),
        sa.UniqueConstraint("suggestion_id", name=op.f("uq_suggester_suggestion_id")),
    )


def _create_disposition() -> None:
    op.create_table(
        "disposition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("reason_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome <> 'not_adopted' OR version_id IS NULL", name=op.f("ck_disposition_version_only_when_adopted")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_disposition_made_by_id_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["text.id"], name=op.f("fk_disposition_reason_id_text")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_disposition_suggestion_id_suggestion")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["text_version.id"], name=op.f("fk_disposition_version_id_text_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
    )
    op.create_index(op.f("ix_disposition_suggestion_id"), "disposition", ["suggestion_id"], unique=False)
    op.create_index(op.f("ix_disposition_version_id"), "disposition", ["version_id"], unique=False)


def _create_desk_draft() -> None:
    op.create_table(
        "desk_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("begun_at", UTCDateTime(), nullable=False),
        sa.Column("saved_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_desk_draft_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_draft")),
        sa.UniqueConstraint("account_id", "page", name=op.f("uq_desk_draft_account_id_page")),
    )
    op.create_index(op.f("ix_desk_draft_page"), "desk_draft", ["page"], unique=False)
    op.create_index(op.f("ix_desk_draft_saved_at"), "desk_draft", ["saved_at"], unique=False)
