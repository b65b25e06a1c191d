"""One table for all that changes a frozen edition, confirmed by a second person; which wordings went out unread.

So far a wording counted as gone out when an edition was cut later, wherever that came from.
"""

import sqlalchemy as sa
from alembic import op

from app import triggers
from app.db import UTCDateTime
from app.triggers import same, same_or_emptied

revision = "0037_second_person"
down_revision = "0036_emptied"
branch_labels = None
depends_on = None


# A change of an edition changes once, when another person confirms it; after that erasing an account empties who it was
PROPOSED = same("id kind base_id reason consultation_id meeting_id source made_at")
WAITING = f"{PROPOSED} AND {same_or_emptied('made_by_id')} AND OLD.edition_id IS NULL"
CONFIRMED = f"""
    {PROPOSED} AND {same("edition_id confirmed_at")} AND {same_or_emptied("made_by_id")}
    AND {same_or_emptied("confirmed_by_id")}
"""
IS_OPEN = "EXISTS (SELECT 1 FROM edition_change WHERE id = {row}.change_id AND edition_id IS NULL)"
GUARDS = (
    ("edition_change", "UPDATE", f"({WAITING}) OR ({CONFIRMED})"),
    ("edition_change", "DELETE", "OLD.edition_id IS NULL"),
    ("edition_change_passage", "UPDATE", ""),
    ("edition_change_passage", "DELETE", IS_OPEN.format(row="OLD")),
    ("edition_change_passage", "INSERT", IS_OPEN.format(row="NEW")),
)
EMPTIED = "OLD.released_by_id IS NOT NULL AND NEW.released_by_id IS NULL"
ANOTHER_PERSON = """
    NEW.released_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM wording_author
        WHERE wording_author.version_id = NEW.version_id AND wording_author.account_id = NEW.released_by_id
    )
"""
RELEASED_BEFORE = (
    ("wording_release", "INSERT", ANOTHER_PERSON),
    ("wording_release", "UPDATE", f"{same('id version_id released_at is_returned reason')} AND {EMPTIED}"),
    ("wording_release", "DELETE", ""),
)
WENT_OUT = "NEW.released_by_id IS NULL AND NEW.edition_id IS NOT NULL AND NOT NEW.is_returned"
RELEASED = (
    ("wording_release", "INSERT", f"({WENT_OUT}) OR ({ANOTHER_PERSON})"),
    ("wording_release", "UPDATE", f"{same('id version_id released_at is_returned reason edition_id')} AND {EMPTIED}"),
    ("wording_release", "DELETE", ""),
)
# As 0027 made them
FORMERLY = same("id base_id reason made_at")
FORMERLY_CONFIRMED = f"""
    {FORMERLY} AND {same("edition_id confirmed_at")} AND {same_or_emptied("made_by_id")}
    AND {same_or_emptied("confirmed_by_id")}
"""
WAS_OPEN = "EXISTS (SELECT 1 FROM correction WHERE id = {row}.correction_id AND edition_id IS NULL)"
FORMER_GUARDS = (
    (
        "amendment",
        "UPDATE",
        f"{same('id edition_id base_id consultation_id meeting_id made_at')} AND {same_or_emptied('made_by_id')}",
    ),
    ("amendment", "DELETE", ""),
    ("correction", "UPDATE", f"({FORMERLY} AND OLD.edition_id IS NULL) OR ({FORMERLY_CONFIRMED})"),
    ("correction", "DELETE", "OLD.edition_id IS NULL"),
    ("correction_passage", "UPDATE", ""),
    ("correction_passage", "DELETE", WAS_OPEN.format(row="OLD")),
    ("correction_passage", "INSERT", WAS_OPEN.format(row="NEW")),
)

MOVE = (
    """
    INSERT INTO edition_change
        (id, kind, base_id, reason, source, made_at, made_by_id, edition_id, confirmed_at, confirmed_by_id)
    SELECT id, 'corrected', base_id, reason, '', made_at, made_by_id, edition_id, confirmed_at, confirmed_by_id
    FROM correction
    """,
    """
    INSERT INTO edition_change
        (id, kind, base_id, reason, consultation_id, meeting_id, source, made_at, made_by_id, edition_id, confirmed_at)
    SELECT amendment.id + (SELECT COALESCE(MAX(id), 0) FROM correction), 'amended', base_id, edition.reason,
        consultation_id, meeting_id, '', made_at, made_by_id, edition_id, made_at
    FROM amendment JOIN edition ON edition.id = amendment.edition_id
    """,
    """
    INSERT INTO edition_change_passage (id, change_id, version_id, wording_id)
    SELECT id, correction_id, version_id, wording_id FROM correction_passage
    """,
)
MOVE_BACK = (
    """
    INSERT INTO correction (id, base_id, reason, made_at, made_by_id, edition_id, confirmed_at, confirmed_by_id)
    SELECT id, base_id, reason, made_at, made_by_id, edition_id, confirmed_at, confirmed_by_id
    FROM edition_change WHERE kind = 'corrected' OR (kind = 'completed' AND edition_id IS NOT NULL)
    """,
    """
    INSERT INTO amendment (id, edition_id, base_id, consultation_id, meeting_id, made_at, made_by_id)
    SELECT id, edition_id, base_id, consultation_id, meeting_id, made_at, made_by_id
    FROM edition_change WHERE kind = 'amended' AND edition_id IS NOT NULL
    """,
    """
    INSERT INTO correction_passage (id, correction_id, version_id, wording_id)
    SELECT id, change_id, version_id, wording_id FROM edition_change_passage
    WHERE change_id IN (SELECT id FROM correction)
    """,
)
# The first edition that was cut from the working edition after a person wrote it
WENT_OUT_SO_FAR = """
INSERT INTO wording_release (version_id, released_at, is_returned, reason, edition_id)
SELECT wording_author.version_id, edition.cut_at, false, '', edition.id
FROM wording_author JOIN edition ON edition.id = (
    SELECT later.id FROM edition AS later WHERE later.cut_at >= wording_author.written_at
    AND later.id NOT IN (SELECT edition_id FROM edition_change WHERE edition_id IS NOT NULL)
    ORDER BY later.cut_at, later.id LIMIT 1
)
WHERE wording_author.version_id NOT IN (SELECT version_id FROM wording_release)
"""


def upgrade() -> None:
    _create_edition_change()
    _create_edition_change_passage()
    _run(*MOVE)
    _count_on("edition_change", "edition_change_passage")
    _allow(FORMER_GUARDS)
    for table in ("correction_passage", "correction", "amendment"):
        op.drop_table(table)
    _allow(RELEASED_BEFORE)
    _run(
        "ALTER TABLE wording_release ADD COLUMN edition_id INTEGER "
        "CONSTRAINT fk_wording_release_edition_id_edition REFERENCES edition (id)",
        WENT_OUT_SO_FAR,
    )
    _refuse(RELEASED + GUARDS)


def downgrade() -> None:
    """The way back; what was completed for print is a correction, so that its edition keeps its standing.

    Lost is what a body changed or was to be completed and nobody has confirmed, and where the minutes say so.
    """
    _allow(RELEASED + GUARDS)
    _run(
        "DELETE FROM wording_release WHERE edition_id IS NOT NULL", "ALTER TABLE wording_release DROP COLUMN edition_id"
    )
    _refuse(RELEASED_BEFORE)
    _create_former()
    _run(*MOVE_BACK)
    _count_on("amendment", "correction", "correction_passage")
    for table in ("edition_change_passage", "edition_change"):
        op.drop_table(table)
    _refuse(FORMER_GUARDS)


def _run(*statements: str) -> None:
    for statement in statements:
        op.execute(statement)


def _count_on(*tables: str) -> None:
    """The rows came with their ids: PostgreSQL gives the next one behind them."""
    if op.get_bind().dialect.name == "postgresql":
        for table in tables:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            op.execute(f"SELECT setval({sequence}, COALESCE(MAX(id), 0) + 1, false) FROM {table}")  # noqa: S608 -- ours


def _refuse(guards: tuple[tuple[str, str, str], ...]) -> None:
    for table, action, unless in guards:
        _run(*triggers.refuse(table, action, op.get_bind().dialect.name, unless=unless))


def _allow(guards: tuple[tuple[str, str, str], ...]) -> None:
    for table, action, _unless in guards:
        _run(*triggers.allow(table, action, op.get_bind().dialect.name))


def _reference(table: str, column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _create_edition_change() -> None:
    op.create_table(
        "edition_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(edition_id IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_edition_change_cut_when_confirmed")
        ),
        sa.CheckConstraint("confirmed_by_id <> made_by_id", name=op.f("ck_edition_change_two_persons")),
        sa.CheckConstraint(
            "(kind = 'amended') = (consultation_id IS NOT NULL)",
            name=op.f("ck_edition_change_amended_in_consultation"),
        ),
        sa.CheckConstraint(
            "consultation_id IS NOT NULL OR meeting_id IS NULL", name=op.f("ck_edition_change_meeting_of_consultation")
        ),
        _reference("edition_change", "base_id", "edition"),
        _reference("edition_change", "consultation_id", "consultation"),
        _reference("edition_change", "meeting_id", "meeting"),
        _reference("edition_change", "made_by_id", "account", ondelete="SET NULL"),
        _reference("edition_change", "edition_id", "edition"),
        _reference("edition_change", "confirmed_by_id", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_change")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_edition_change_edition_id")),
    )
    for column in ("base_id", "consultation_id", "meeting_id"):
        op.create_index(op.f(f"ix_edition_change_{column}"), "edition_change", [column])


def _create_edition_change_passage() -> None:
    op.create_table(
        "edition_change_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        _reference("edition_change_passage", "change_id", "edition_change"),
        _reference("edition_change_passage", "version_id", "text_version"),
        _reference("edition_change_passage", "wording_id", "text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_change_passage")),
        sa.UniqueConstraint("change_id", "version_id", name=op.f("uq_edition_change_passage_change_id_version_id")),
    )
    op.create_index(op.f("ix_edition_change_passage_version_id"), "edition_change_passage", ["version_id"])


def _create_former() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        _reference("amendment", "edition_id", "edition"),
        _reference("amendment", "base_id", "edition"),
        _reference("amendment", "consultation_id", "consultation"),
        _reference("amendment", "meeting_id", "meeting"),
        _reference("amendment", "made_by_id", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_amendment_edition_id")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(edition_id IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_correction_cut_when_confirmed")
        ),
        sa.CheckConstraint("confirmed_by_id <> made_by_id", name=op.f("ck_correction_two_persons")),
        _reference("correction", "base_id", "edition"),
        _reference("correction", "edition_id", "edition"),
        _reference("correction", "made_by_id", "account", ondelete="SET NULL"),
        _reference("correction", "confirmed_by_id", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_correction_edition_id")),
    )
    op.create_table(
        "correction_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        _reference("correction_passage", "correction_id", "correction"),
        _reference("correction_passage", "version_id", "text_version"),
        _reference("correction_passage", "wording_id", "text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_passage")),
        sa.UniqueConstraint("correction_id", "version_id", name=op.f("uq_correction_passage_correction_id_version_id")),
    )
    for table, column in (
        ("amendment", "base_id"),
        ("amendment", "consultation_id"),
        ("correction", "base_id"),
        ("correction_passage", "version_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
