"""The database keeps which edition was cut from which, and what was corrected, whatever a script tries."""

import pytest
from sqlalchemy import text

from app.concept.models import Amendment, Correction, CorrectionPassage
from app.db import db, now
from tests.concept.factories import EditionFactory
from tests.council.factories import ConsultationFactory
from tests.council.factories import text as written
from tests.decisions.factories import editor, organiser
from tests.test_migrations import refuse


@pytest.fixture
def rows():
    """One of each, whole; the correction is confirmed."""
    author, second = organiser(), editor()
    base, edition, corrected = EditionFactory.create_batch(3)
    passage = CorrectionPassage(
        version=written("Alle lernen deutsch.").current, wording=written("Alle lernen Deutsch.")
    )
    correction = Correction(base=base, reason="Ein Buchstabe", made_by_id=author.id, passages=[passage])
    amendment = Amendment(edition=edition, base=base, consultation=ConsultationFactory(), made_by_id=author.id)
    db.session.add_all([amendment, correction])
    db.session.flush()
    correction.edition_id, correction.confirmed_at, correction.confirmed_by_id = corrected.id, now(), second.id
    db.session.flush()
    return {"amendment": amendment.id, "correction": correction.id, "correction_passage": passage.id}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("amendment", "base_id = edition_id, made_by_id = NULL"),
        ("amendment", "made_at = '2016-01-01 00:00:00+00:00', made_by_id = NULL"),
        ("correction", "reason = 'Anders'"),
        ("correction", "edition_id = NULL, confirmed_at = NULL, made_by_id = NULL"),
        ("correction_passage", "wording_id = (SELECT MIN(id) FROM text)"),
    ],
)
def test_change_is_refused(rows, table, change):
    refuse(f"UPDATE {table} SET {change} WHERE id = :id", id=rows[table])


@pytest.mark.parametrize("table", ["amendment", "correction", "correction_passage"])
def test_going_is_refused(rows, table):
    refuse(f"DELETE FROM {table} WHERE id = :id", id=rows[table])


def test_a_confirmed_correction_gets_no_further_passage(rows):
    refuse(
        "INSERT INTO correction_passage (correction_id, version_id, wording_id) "
        "SELECT :id, MAX(text_version.id), MAX(text.id) FROM text_version, text",
        id=rows["correction"],
    )


@pytest.mark.parametrize(
    ("table", "column"),
    [("amendment", "made_by_id"), ("correction", "made_by_id"), ("correction", "confirmed_by_id")],
)
def test_an_erased_account_leaves_the_row(rows, table, column):
    done = db.session.execute(text(f"UPDATE {table} SET {column} = NULL WHERE id = :id"), {"id": rows[table]})

    assert done.rowcount == 1
