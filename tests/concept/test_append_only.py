"""The database keeps what changed a frozen edition, whatever a script tries."""

import pytest
from sqlalchemy import text

from app.concept.models import EditionChange, EditionChangeKind, EditionChangePassage
from app.db import db, now
from tests.concept.factories import EditionFactory
from tests.council.factories import text as written
from tests.decisions.factories import editor, organiser
from tests.test_migrations import refuse


@pytest.fixture
def rows():
    """One of each, whole; the change is confirmed."""
    author, second = organiser(), editor()
    base, corrected = EditionFactory.create_batch(2)
    passage = EditionChangePassage(
        version=written("Alle lernen deutsch.").current, wording=written("Alle lernen Deutsch.")
    )
    change = EditionChange(
        kind=EditionChangeKind.CORRECTED, base=base, reason="Ein Buchstabe", made_by_id=author.id, passages=[passage]
    )
    db.session.add(change)
    db.session.flush()
    change.edition_id, change.confirmed_at, change.confirmed_by_id = corrected.id, now(), second.id
    db.session.flush()
    return {"edition_change": change.id, "edition_change_passage": passage.id}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("edition_change", "reason = 'Anders'"),
        ("edition_change", "edition_id = NULL, confirmed_at = NULL, made_by_id = NULL"),
        ("edition_change", "source = 'Anders', made_by_id = NULL"),
        ("edition_change", "kind = 'completed', made_by_id = NULL"),
        ("edition_change", "base_id = edition_id, made_by_id = NULL"),
        ("edition_change", "made_at = '2016-01-01 00:00:00+00:00', made_by_id = NULL"),
        ("edition_change", "confirmed_at = '2016-01-01 00:00:00+00:00', made_by_id = NULL"),
        ("edition_change_passage", "wording_id = (SELECT MIN(id) FROM text)"),
        ("edition_change_passage", "wording_id = NULL"),
    ],
)
def test_change_is_refused(rows, table, change):
    refuse(f"UPDATE {table} SET {change} WHERE id = :id", id=rows[table])


@pytest.mark.parametrize("table", ["edition_change", "edition_change_passage"])
def test_going_is_refused(rows, table):
    refuse(f"DELETE FROM {table} WHERE id = :id", id=rows[table])


def test_who_proposed_a_change_that_waits_cannot_be_swapped(rows):
    made_by = db.session.get_one(EditionChange, rows["edition_change"]).made_by_id
    waiting = EditionChange(
        kind=EditionChangeKind.CORRECTED, base=EditionFactory(), reason="Ein Buchstabe", made_by_id=made_by
    )
    db.session.add(waiting)
    db.session.flush()

    refuse("UPDATE edition_change SET made_by_id = (SELECT MAX(id) FROM account) WHERE id = :id", id=waiting.id)


def test_a_confirmed_change_gets_no_further_passage(rows):
    refuse(
        "INSERT INTO edition_change_passage (change_id, version_id, wording_id) "
        "SELECT :id, MAX(text_version.id), MAX(text.id) FROM text_version, text",
        id=rows["edition_change"],
    )


@pytest.mark.parametrize("column", ["made_by_id", "confirmed_by_id"])
def test_an_erased_account_leaves_the_row(rows, column):
    statement = text(f"UPDATE edition_change SET {column} = NULL WHERE id = :id")

    assert db.session.execute(statement, {"id": rows["edition_change"]}).rowcount == 1
