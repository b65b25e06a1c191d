import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from app.db import db, reading
from app.texts import services as texts
from app.texts.models import LinkKind
from app.texts.services import Span
from tests.factories import AccountFactory

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


@pytest.fixture
def empty_app(own_app, databases):
    app = own_app(TEILHABE_DATABASE_URL=databases.empty())
    with app.app_context():
        yield app


@pytest.fixture
def migrated_app(own_app):
    """On a copy of the database that the run has brought from empty to the newest revision."""
    app = own_app()
    with app.app_context():
        yield app


def triggers(databases):
    with reading():
        return db.session.execute(text(TRIGGERS[databases.kind])).all()


def tables():
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_upgrade_from_empty_makes_all_tables(migrated_app):
    assert tables() == set(db.metadata.tables)


def test_upgrade_leaves_no_drift_between_models_and_tables(migrated_app):
    command.check(current_app.extensions["migrate"].migrate.get_config())


def test_downgrade_by_one_and_upgrade_again_loses_nothing(migrated_app, databases):
    before = triggers(databases)

    downgrade(revision="-1")
    upgrade()

    assert (triggers(databases), tables()) == (before, set(db.metadata.tables))


def test_downgrade_to_the_start_leaves_nothing(migrated_app, databases):
    downgrade(revision="base")

    assert (triggers(databases), tables()) == ([], set())


def test_no_migration_loses_a_trigger(empty_app, databases):
    """Batch mode on SQLite builds a table anew, without its triggers (docs/adr/0006)."""
    scripts = ScriptDirectory(empty_app.extensions["migrate"].directory)
    kept: set[str] = set()
    for revision in reversed([script.revision for script in scripts.walk_revisions()]):
        upgrade(revision=revision)
        found = {name for name, _ in triggers(databases)}
        assert kept - found == set(), revision
        kept = found
    assert "text_version_refuse_delete" in kept


@pytest.fixture
def thread():
    """Rows in every table of the foundation that only grows."""
    account = AccountFactory()
    said = texts.write("Deutschkurse am Abend, sagt Frau Beispiel.", language="de")
    written = texts.write("Deutschkurse am Abend.", language="de")
    link = texts.link(LinkKind.CONDENSED, Span(said, 0, 21), Span.whole(written))
    redaction = texts.redact(Span.of(said, "Frau Beispiel"), role="moderator", reason="Name", by=account)
    return {"text_version": written, "thread_link": link, "redaction": redaction, "role_grant": account.grants[0]}


def refuse(statement: str, **values: object) -> None:
    connection = db.session.connection()
    with pytest.raises(DBAPIError, match="is append-only"), connection.begin_nested():
        connection.execute(text(statement), values)


@pytest.mark.parametrize(
    ("table", "column"),
    [("text_version", "content"), ("text_version", "digest"), ("thread_link", "kind"), ("redaction", "reason")],
)
def test_rows_that_only_grow_refuse_another_value(thread, table, column):
    refuse(f"UPDATE {table} SET {column} = 'x' WHERE id = :id", id=thread[table].id)


@pytest.mark.parametrize("table", ["text_version", "thread_link", "redaction", "role_grant"])
def test_rows_that_only_grow_refuse_to_go(thread, table):
    refuse(f"DELETE FROM {table} WHERE id = :id", id=thread[table].id)


BLACKEN = "UPDATE text_version SET content = :content, salt = NULL WHERE id = :id"


def test_text_changes_only_when_the_trace_of_its_redaction_is_there(thread):
    version = thread["text_version"]
    black = "█" * len(version.content)
    refuse(BLACKEN, id=version.id, content=black)

    trace = "INSERT INTO redaction (version_id, start, stop, role, reason, created_at) VALUES (:id, 0, 5, '', '', :now)"
    db.session.execute(text(trace), {"id": version.id, "now": "2017-06-24 10:00:00+00:00"})

    refuse(BLACKEN, id=version.id, content=f"{black}█")
    refuse(f"{BLACKEN.replace('salt = NULL', 'salt = salt')}", id=version.id, content=black)
    refuse(f"{BLACKEN.replace('salt = NULL', 'digest = salt')}", id=version.id, content=black)
    db.session.execute(text(BLACKEN), {"id": version.id, "content": black})
    db.session.refresh(version)
    assert version.content == black


MOMENT = "2017-06-24 10:00:00+00:00"
PARTY = f"""
INSERT INTO event (id, title, kind, status, starts_at, ends_at, is_all_day, place, address, registration_closes_at,
  summary, guiding_question, accessibility, offers, is_example, created_at, revised_at, sequence)
VALUES (1, 'E', 'dialogue', 'open', '{MOMENT}', '2017-06-24 12:00:00+00:00', false, '', '', '{MOMENT}', '', '', '',
  '[]', false, '{MOMENT}', '{MOMENT}', 0);
INSERT INTO theme_table (id, event_id, number, title, languages, note, link_generation)
VALUES (3, 1, 1, 'T', '[]', '', 1);
INSERT INTO registration (id, event_id, status, name, email, language, wants_updates, created_at, queued_at,
  confirmed_at, link_generation)
VALUES (5, 1, 'confirmed', 'B', 'b@example.org', 'de', false, '{MOMENT}', '{MOMENT}', '{MOMENT}', 1);
INSERT INTO attendee (id, registration_id, name, table_id) VALUES (7, 5, 'B', 3), (8, 5, '', 3)
"""


def test_the_table_a_party_named_is_its_first_wish_and_comes_back(empty_app):
    upgrade(revision="0006_proposals")
    with db.engine.begin() as connection:
        for statement in PARTY.split(";"):
            connection.exec_driver_sql(statement)

    upgrade(revision="0008_parties")
    with db.engine.begin() as connection:
        wishes = connection.execute(text("SELECT registration_id, table_id, rank FROM table_wish")).all()
    downgrade(revision="0007_event_series")
    with db.engine.begin() as connection:
        tables = connection.execute(text("SELECT id, table_id FROM attendee ORDER BY id")).all()

    assert (wishes, tables) == ([(5, 3, 1)], [(7, 3), (8, 3)])
