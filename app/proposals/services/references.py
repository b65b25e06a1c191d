"""References such as V-2026-0042, serial in their year, and receipt codes."""

import re
import secrets
from hashlib import sha256

from sqlalchemy import ColumnElement, case, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, transactional
from app.proposals.models import ReferenceYear

REFERENCE = re.compile(r"V-(?P<year>\d{4})-(?P<number>\d{4,7})")
# Without what is mixed up in handwriting: 0 and O, 1, I and L, 5 and S, 8 and B, 2 and Z, U and V
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
GROUPS, GROUP_LENGTH = 4, 4  # 23 ** 16: 72 bits


@transactional
def next_references(year: int, count: int = 1) -> list[str]:
    """The next references of a year. Raising the row's number locks it, so two callers never get the same."""
    last = _raise(year, ReferenceYear.last_number + count)
    return [f"V-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]


def is_reference(value: str, year: int) -> bool:
    """Whether a contribution received in this year may bear it."""
    match = REFERENCE.fullmatch(value)
    return match is not None and int(match["year"]) == year


@transactional
def keep_reference(reference: str) -> None:
    """A contribution brings its reference along: the next of its year come after it."""
    match = REFERENCE.fullmatch(reference)
    assert match is not None
    number = int(match["number"])
    _raise(int(match["year"]), case((ReferenceYear.last_number < number, number), else_=ReferenceYear.last_number))


def _raise(year: int, last_number: ColumnElement[int]) -> int:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(insert(ReferenceYear).values(year=year, last_number=0).on_conflict_do_nothing())
    raised = update(ReferenceYear).where(ReferenceYear.year == year).values(last_number=last_number)
    return db.session.execute(raised.returning(ReferenceYear.last_number)).scalar_one()


def new_receipt_code() -> str:
    """Four groups of four, to be read out or copied by hand; only its digest is kept."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def digest_of_code(code: str) -> str:
    """SHA-256 of the code, whatever case, spaces or hyphens it was typed with."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return sha256(letters.encode()).hexdigest()
