"""The database keeps what was suggested, answered, written and released, whatever a script tries."""

import pytest
from sqlalchemy import text

from app.accounts.models import Role
from app.concept import services
from app.db import db
from app.drafting.models import DispositionOutcome
from app.drafting.services import dispositions
from tests.drafting.factories import SuggestionFactory, goal
from tests.factories import AccountFactory
from tests.test_migrations import refuse


@pytest.fixture
def rows():
    """One of each, whole."""
    author, second = (AccountFactory(roles=(Role.EDITOR,)) for _each in "ab")
    made = SuggestionFactory(owner=goal())
    dispositions.dispose([made], outcome=DispositionOutcome.NOT_ADOPTED, reason="Nein.", by=author)
    owner = goal("Alle wohnen.")
    version = services.reword_goal(owner, wording="Alle wohnen gut.", reason="Mehr", by=author)
    services.release_wordings([version.id], by=second)
    found = {
        "hearing": made.hearing_id,
        "suggestion": made.id,
        "disposition": made.disposition.id,
        "wording_author": db.session.scalar(text("SELECT MAX(id) FROM wording_author")),
        "wording_release": db.session.scalar(text("SELECT MAX(id) FROM wording_release")),
    }
    db.session.commit()
    return found


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("hearing", "document = 'Anders'"),
        ("hearing", "number = number + 1"),
        ("suggestion", "wording_id = reason_id"),
        ("suggestion", "stop = stop - 1"),
        ("suggestion", "hearing_id = NULL"),
        ("disposition", "outcome = 'adopted', made_by_id = NULL"),
        ("disposition", "reason_id = (SELECT MIN(id) FROM text), made_by_id = NULL"),
        ("wording_author", "written_at = '2016-01-01 00:00:00+00:00', account_id = NULL"),
        ("wording_release", "version_id = (SELECT MIN(id) FROM text_version), released_by_id = NULL"),
        ("wording_release", "released_at = '2016-01-01 00:00:00+00:00', released_by_id = NULL"),
        ("wording_release", "is_returned = true, reason = 'Doch nicht', released_by_id = NULL"),
    ],
)
def test_change_is_refused(rows, table, change):
    refuse(f"UPDATE {table} SET {change} WHERE id = :id", id=rows[table])


@pytest.mark.parametrize("table", ["hearing", "suggestion", "disposition", "wording_author", "wording_release"])
def test_going_is_refused(rows, table):
    refuse(f"DELETE FROM {table} WHERE id = :id", id=rows[table])


@pytest.mark.parametrize(
    ("table", "column"),
    [("disposition", "made_by_id"), ("wording_author", "account_id"), ("wording_release", "released_by_id")],
)
def test_an_erased_account_leaves_the_row(rows, table, column):
    done = db.session.execute(text(f"UPDATE {table} SET {column} = NULL WHERE id = :id"), {"id": rows[table]})

    assert done.rowcount == 1
