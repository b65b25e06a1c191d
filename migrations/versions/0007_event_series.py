"""Series, programme, attachments and teams of events; how people take part."""

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0007_event_series"
down_revision = "0006_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("is_yearly", sa.Boolean(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_series")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_series_slug")),
    )
    op.create_table(
        "series_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("explained_by_id", sa.Integer(), nullable=True),
        sa.Column("explained_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_series_gap_reason_given")),
        sa.ForeignKeyConstraint(
            ["explained_by_id"], ["account.id"], name=op.f("fk_series_gap_explained_by_id_account")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["event_series.id"], name=op.f("fk_series_gap_series_id_event_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_gap")),
        sa.UniqueConstraint("series_id", "year", name=op.f("uq_series_gap_series_id_year")),
    )
    op.create_table(
        "event_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_body_event_id_event")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_event_body_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_body")),
        sa.UniqueConstraint("event_id", "organization_id", name=op.f("uq_event_body_event_id_organization_id")),
    )
    with op.batch_alter_table("event_body", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_body_organization_id"), ["organization_id"], unique=False)
    op.create_table(
        "event_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_measure_event_id_event")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_event_measure_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_measure")),
        sa.UniqueConstraint("event_id", "measure_id", name=op.f("uq_event_measure_event_id_measure_id")),
    )
    with op.batch_alter_table("event_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_measure_measure_id"), ["measure_id"], unique=False)
    op.create_table(
        "event_municipality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_municipality_event_id_event")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_event_municipality_municipality_id_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_municipality")),
        sa.UniqueConstraint("event_id", "municipality_id", name=op.f("uq_event_municipality_event_id_municipality_id")),
    )
    with op.batch_alter_table("event_municipality", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_municipality_municipality_id"), ["municipality_id"], unique=False)
    op.create_table(
        "event_team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_event_team_member_account_id_account")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_team_member_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_team_member")),
        sa.UniqueConstraint("event_id", "account_id", name=op.f("uq_event_team_member_event_id_account_id")),
    )
    with op.batch_alter_table("event_team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_team_member_account_id"), ["account_id"], unique=False)
    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("ends_at", UTCDateTime(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("room", sa.String(length=120), nullable=False),
        sa.Column("materials", sa.String(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("is_bookable", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_programme_item_capacity_positive")),
        sa.CheckConstraint("capacity IS NULL OR is_bookable", name=op.f("ck_programme_item_limited_is_bookable")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_programme_item_ends_after_start")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_item_event_id_event")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_programme_item_section_id_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
    )
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_item_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_item_section_id"), ["section_id"], unique=False)
    op.create_table(
        "event_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(table_id IS NULL) <> (item_id IS NULL)", name=op.f("ck_event_person_at_one_place")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["programme_item.id"], name=op.f("fk_event_person_item_id_programme_item")
        ),
        sa.ForeignKeyConstraint(["table_id"], ["theme_table.id"], name=op.f("fk_event_person_table_id_theme_table")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_person")),
    )
    with op.batch_alter_table("event_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_person_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_person_table_id"), ["table_id"], unique=False)
    op.create_table(
        "event_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_event_import_made_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_import")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("import_uid", sa.String(length=255), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_event_import_uid"), ["import_uid"])
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("attendance_mode", sa.String(length=24), nullable=False, server_default="on_site")
        )
        batch_op.add_column(sa.Column("online_address", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("latitude", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("longitude", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("online_capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("registration_opens_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("changes_until", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("requires_approval", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("is_by_invitation", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("hold_hours", sa.Integer(), nullable=False, server_default="48"))
        batch_op.add_column(sa.Column("offer_hours", sa.Integer(), nullable=False, server_default="48"))
        batch_op.add_column(sa.Column("offers_stop_hours", sa.Integer(), nullable=False, server_default="24"))
        batch_op.add_column(sa.Column("table_choice", sa.String(length=24), nullable=False, server_default="rank"))
        batch_op.add_column(sa.Column("table_rounds", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("contact", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("motto", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("format", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_event_series_id_event_series"), "event_series", ["series_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_event_opens_before_close"), "registration_opens_at < registration_closes_at"
        )
        batch_op.create_check_constraint(batch_op.f("ck_event_changes_before_end"), "changes_until <= ends_at")
        batch_op.create_check_constraint(batch_op.f("ck_event_online_capacity_positive"), "online_capacity > 0")
        batch_op.create_check_constraint(batch_op.f("ck_event_table_rounds_positive"), "table_rounds > 0")
        batch_op.create_check_constraint(
            batch_op.f("ck_event_hours_positive"), "hold_hours > 0 AND offer_hours > 0 AND offers_stop_hours >= 0"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_event_position_on_earth"), "latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_event_position_whole"), "(latitude IS NULL) = (longitude IS NULL)"
        )


def downgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_event_opens_before_close"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_changes_before_end"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_online_capacity_positive"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_table_rounds_positive"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_hours_positive"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_position_on_earth"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_event_position_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_event_series_id_event_series"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_event_series_id"))
        batch_op.drop_constraint(batch_op.f("uq_event_import_uid"), type_="unique")
        batch_op.drop_column("import_uid")
        batch_op.drop_column("format")
        batch_op.drop_column("motto")
        batch_op.drop_column("contact")
        batch_op.drop_column("table_rounds")
        batch_op.drop_column("table_choice")
        batch_op.drop_column("offers_stop_hours")
        batch_op.drop_column("offer_hours")
        batch_op.drop_column("hold_hours")
        batch_op.drop_column("is_by_invitation")
        batch_op.drop_column("requires_approval")
        batch_op.drop_column("changes_until")
        batch_op.drop_column("registration_opens_at")
        batch_op.drop_column("online_capacity")
        batch_op.drop_column("longitude")
        batch_op.drop_column("latitude")
        batch_op.drop_column("online_address")
        batch_op.drop_column("attendance_mode")
        batch_op.drop_column("series_id")
    with op.batch_alter_table("event_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_person_table_id"))
        batch_op.drop_index(batch_op.f("ix_event_person_item_id"))
    op.drop_table("event_person")
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_item_section_id"))
        batch_op.drop_index(batch_op.f("ix_programme_item_event_id"))
    op.drop_table("programme_item")
    with op.batch_alter_table("event_team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_team_member_account_id"))
    op.drop_table("event_team_member")
    with op.batch_alter_table("event_municipality", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_municipality_municipality_id"))
    op.drop_table("event_municipality")
    with op.batch_alter_table("event_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_measure_measure_id"))
    op.drop_table("event_measure")
    with op.batch_alter_table("event_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_body_organization_id"))
    op.drop_table("event_body")
    op.drop_table("event_import")
    op.drop_table("series_gap")
    op.drop_table("event_series")
