"""Which editions were cut from another one: changed by a body in its deliberation, corrected, completed for print.

And what of that waits for a second person.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept import queries
from app.concept.models import Adoption, Concept, Edition, EditionChange, Effect, PaperEdition
from app.council.models import Consultation, Meeting, Paper, Resolution
from app.db import db

Origins = Mapping[int, EditionChange]  # by the edition that was cut


class Decided(NamedTuple):
    """What holds for an edition: one corrected or completed takes it over from the one it was cut from."""

    adoptions: list[Adoption]
    papers: list[PaperEdition]


def origins() -> Origins:
    """Of all editions that were cut from another one; with its base, the body and its meeting."""
    statement = select(EditionChange).where(EditionChange.edition_id.is_not(None))
    found = db.session.scalars(
        statement.options(
            joinedload(EditionChange.base),
            joinedload(EditionChange.edition),
            joinedload(EditionChange.meeting),
            joinedload(EditionChange.consultation).joinedload(Consultation.organization),
        ).order_by(EditionChange.confirmed_at, EditionChange.id)
    )
    return {each.edition_id: each for each in found if each.edition_id is not None}


def changed_in(meeting: Meeting) -> list[EditionChange]:
    """What a body changed in this meeting, as far as it is confirmed."""
    return [each for each in origins().values() if each.meeting_id == meeting.id]


def cut_from(edition: Edition, known: Origins) -> list[EditionChange]:
    """What was changed of this one, in the order in which it was confirmed."""
    return [each for each in known.values() if each.base_id == edition.id]


def decided(edition: Edition, known: Origins) -> Decided:
    """Also on the edition this one corrects or completes, and so on back."""
    chain = list(_corrected_by(edition, known))
    return Decided([each for one in chain for each in one.adoptions], [each for one in chain for each in one.papers])


def adoptions_in_progress(concept: Concept) -> list[Adoption]:
    """What bodies made of its editions since one was adopted for good, in the order in which it was recorded."""
    found: list[Adoption] = []
    statement = select(Adoption).join(Adoption.edition).where(Edition.concept_id == concept.id)
    loaded = joinedload(Adoption.resolution).joinedload(Resolution.consultation)
    for each in db.session.scalars(statement.options(loaded).order_by(Adoption.id)):
        found = [] if each.effect is Effect.FINAL else [*found, each]
    return found


def provisional_acts(adoptions: Iterable[Adoption]) -> set[int]:
    """The resolutions by which a body adopted an edition for the time being."""
    return {each.resolution_id for each in adoptions if each.effect is Effect.PROVISIONAL}


def adoptions_of(edition: Edition | None) -> list[Adoption]:
    """What bodies decided on it; nothing on the working edition."""
    return decided(edition, origins()).adoptions if edition else []


def last_of(paper: Paper) -> Edition | None:
    """The last edition a paper is about, without typing errors that were found since, completed for print."""
    editions = queries.editions_of(paper)
    if not editions:
        return None
    known = origins()
    last = editions[-1]
    while found := next((each for each in cut_from(last, known) if each.keeps_standing), None):
        assert found.edition is not None, "confirmed"
        last = found.edition
    return last


def waiting_change(edition: Edition) -> EditionChange | None:
    """What waits for a second person, of this edition."""
    waiting = select(EditionChange).where(EditionChange.base_id == edition.id, EditionChange.edition_id.is_(None))
    return db.session.scalars(waiting).first()


def waiting_changes() -> Sequence[EditionChange]:
    """All that wait for a second person, the earliest first."""
    waiting = select(EditionChange).where(EditionChange.edition_id.is_(None)).options(joinedload(EditionChange.base))
    return db.session.scalars(waiting.order_by(EditionChange.id)).all()


def _corrected_by(edition: Edition, known: Origins) -> Iterator[Edition]:
    """The editions it corrects or completes, the oldest first, and itself."""
    origin = known.get(edition.id)
    if origin is not None and origin.keeps_standing:
        yield from _corrected_by(origin.base, known)
    yield edition
