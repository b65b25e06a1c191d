from datetime import UTC, datetime

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
    "sqlite": "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid), tgrelid::regclass::text FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY tgname",
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
    kept: dict[str, str] = {}
    for revision in reversed([script.revision for script in scripts.walk_revisions()]):
        upgrade(revision=revision)
        found = {name: table for name, _, table in triggers(databases)}
        still_there = tables()
        assert {name for name, table in kept.items() if table in still_there} - found.keys() == set(), revision
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


WHEN = datetime(2018, 6, 24, 10, tzinfo=UTC)
EDITION = {"concept_id": 1, "title": "K", "document": "{}", "sha256": "", "cut_at": WHEN}
CHANGE = {"base_id": 1, "made_at": WHEN, "made_by_id": 1, "confirmed_at": WHEN}
CHANGED_EDITIONS = (
    ("account", {"id": 1, "email": "a@example.org", "name": "A"}),
    ("account", {"id": 2, "email": "b@example.org", "name": "B"}),
    ("organization", {"id": 1, "slug": "o", "name": "O", "short_name": "O", "kind": "committee"}),
    ("concept", {"id": 1, "slug": "k", "title": "K", "kind": "overall"}),
    ("edition", {"id": 1, "slug": "1", "number": "1.0", **EDITION}),
    ("edition", {"id": 2, "slug": "2", "number": "1.1", "reason": "Antrag", **EDITION}),
    ("edition", {"id": 3, "slug": "3", "number": "1.0.1", **EDITION}),
    ("text", {"id": 1}),
    ("text_version", {"id": 1, "text_id": 1, "number": 1, "language": "de", "content": "W", "digest": "1"}),
    ("wording_author", {"version_id": 1, "account_id": 1, "written_at": WHEN}),
    ("wording_release", {"version_id": 1, "released_at": WHEN, "edition_id": 1}),
    (
        "paper",
        {
            "id": 1,
            "slug": "v",
            "kind": "information",
            "title": "V",
            "organization_id": 1,
            "proposal_id": 1,
            "facts_id": 1,
            "financial_id": 1,
            "financial_effect": "none",
        },
    ),
    ("consultation", {"id": 1, "paper_id": 1, "position": 1, "organization_id": 1, "role": "advice"}),
    (
        "edition_change",
        {"id": 7, "kind": "amended", "reason": "Antrag", "consultation_id": 1, "edition_id": 2, **CHANGE},
    ),
    ("edition_change", {"id": 4, "kind": "corrected", "reason": "Wort", "base_id": 1, "made_by_id": 1}),
    ("edition_change", {"id": 9, "kind": "completed", "reason": "Druck", "edition_id": 3, **CHANGE}),
    ("edition_change_passage", {"change_id": 4, "version_id": 1, "wording_id": 1}),
)
FORMER = ("amendment", "correction")
TOLD = (
    "SELECT kind, base_id, reason, consultation_id, edition_id, made_by_id FROM edition_change ORDER BY kind, id",
    "SELECT version_id, wording_id FROM edition_change_passage",
    "SELECT version_id, edition_id, released_by_id FROM wording_release",
)


def test_what_changed_editions_and_what_went_out_unread_goes_both_ways(empty_app):
    upgrade()
    with db.engine.begin() as connection:
        for name, values in CHANGED_EDITIONS:
            connection.execute(db.metadata.tables[name].insert(), values)
        before = [connection.execute(text(each)).all() for each in TOLD]
    downgrade(revision="0036_emptied")
    with db.engine.begin() as connection:
        former = [connection.execute(text(f"SELECT base_id, made_by_id FROM {name}")).all() for name in FORMER]
    upgrade()
    with db.engine.begin() as connection:
        after = [connection.execute(text(each)).all() for each in TOLD]
        another = {"kind": "corrected", "reason": "Noch eine", "base_id": 3}
        connection.execute(db.metadata.tables["edition_change"].insert(), another)  # ids go on behind those there are

    assert former == [[(1, 1)], [(1, 1), (1, 1)]]
    amended, corrected = ("amended", 1, "Antrag", 1, 2, 1), ("corrected", 1, "Wort", None, None, 1)
    printed = (1, "Druck", None, 3, 1)
    assert before[0] == [amended, ("completed", *printed), corrected]
    assert after[0] == [amended, corrected, ("corrected", *printed)]
    assert after[1:] == before[1:] == [[(1, 1)], [(1, 1, None)]]
