"""Amended and corrected editions, releases of wordings, drafts laid out and suggestions to them only grow, too."""

import pytest
from sqlalchemy import text

from app.concept.models import Amendment, Correction, CorrectionPassage, WordingAuthor, WordingRelease
from app.db import db, now
from app.drafting.models import Disposition, DispositionOutcome
from tests.concept.factories import EditionFactory
from tests.council.factories import ConsultationFactory
from tests.council.factories import text as written
from tests.decisions.factories import editor, organiser
from tests.drafting.factories import SuggestionFactory
from tests.test_migrations import refuse


@pytest.fixture
def rows():
    """One of each, whole; the correction is confirmed."""
    author, second = organiser(), editor()
    base, edition, corrected = EditionFactory.create_batch(3)
    version, suggestion = written("Alle lernen deutsch.").current, SuggestionFactory(author_id=author.id)
    passage = CorrectionPassage(version=version, wording=written("Alle lernen Deutsch."))
    made = {
        "amendment": Amendment(
            edition=edition, base=base, consultation=ConsultationFactory(), made_by_id=author.id
        ),
        "correction": Correction(base=base, reason="Ein Buchstabe", made_by_id=author.id, passages=[passage]),
        "correction_passage": passage,
        "wording_author": WordingAuthor(version=version, account_id=author.id),
        "wording_release": WordingRelease(version=version, released_by_id=second.id),
        "hearing": suggestion.hearing,
        "suggestion": suggestion,
        "disposition": Disposition(
            suggestion=suggestion, outcome=DispositionOutcome.NOT_ADOPTED, reason=written("Weil."), made_by_id=author.id
        ),
    }  # fmt: skip
    db.session.add_all(made.values())
    db.session.flush()
    correction = made["correction"]
    correction.edition_id, correction.confirmed_at, correction.confirmed_by_id = corrected.id, now(), second.id
    db.session.flush()
    return {name: row.id for name, row in made.items()}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("amendment", "base_id = edition_id, made_by_id = NULL"),
        ("amendment", "made_at = '2016-01-01 00:00:00+00:00', made_by_id = NULL"),
        ("correction", "reason = 'Anders'"),
        ("correction", "edition_id = NULL, confirmed_at = NULL, made_by_id = NULL"),
        ("correction_passage", "wording_id = (SELECT MIN(id) FROM text)"),
        ("wording_author", "written_at = '2016-01-01 00:00:00+00:00', account_id = NULL"),
        ("wording_release", "is_returned = TRUE, reason = 'Anders', released_by_id = NULL"),
        ("hearing", "document = 'Anders'"),
        ("hearing", "opens_on = '2016-01-01'"),
        ("suggestion", "start = 0"),
        ("suggestion", "kind = 'drop', wording_id = NULL"),
        ("suggestion", "is_office = TRUE, author_id = NULL"),
        ("disposition", "outcome = 'partly', made_by_id = NULL"),
        ("disposition", "reason_id = (SELECT MIN(id) FROM text), made_by_id = NULL"),
    ],
)
def test_change_is_refused(rows, table, change):
    refuse(f"UPDATE {table} SET {change} WHERE id = :id", id=rows[table])


def test_none_of_them_goes(rows):
    for table, row_id in rows.items():
        refuse(f"DELETE FROM {table} WHERE id = :id", id=row_id)


def test_a_confirmed_correction_gets_no_further_passage(rows):
    refuse(
        "INSERT INTO correction_passage (correction_id, version_id, wording_id) "
        "SELECT :id, MAX(text_version.id), MAX(text.id) FROM text_version, text",
        id=rows["correction"],
    )


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("amendment", "made_by_id"),
        ("correction", "made_by_id"),
        ("correction", "confirmed_by_id"),
        ("wording_author", "account_id"),
        ("wording_release", "released_by_id"),
        ("suggestion", "author_id"),
        ("disposition", "made_by_id"),
    ],
)
def test_an_erased_account_leaves_the_row(rows, table, column):
    done = db.session.execute(text(f"UPDATE {table} SET {column} = NULL WHERE id = :id"), {"id": rows[table]})

    assert done.rowcount == 1
