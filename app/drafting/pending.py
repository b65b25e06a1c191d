"""What is in work: how the working edition differs from the one in force, what waits, what people suggest to it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.concept import queries as concept
from app.concept import releases
from app.concept.catalogue import Catalogue
from app.concept.comparison import Change, Kind, SectionChanges, compare
from app.concept.models import Edition, Goal, Measure
from app.db import db, now
from app.drafting import queries
from app.local_time import day_of

SHOWN = (Kind.ADDED, Kind.REWORDED, Kind.DROPPED, Kind.MOVED)  # what lay people ask for, in this order


@dataclass(frozen=True)
class Pending:
    """By code of a goal or measure; `against` is the edition in force, if there is one."""

    against: Edition | None
    sections: Sequence[SectionChanges]
    texts: Mapping[str, int]  # where to suggest something
    open: Mapping[str, int]  # published suggestions nobody has decided on
    unreleased: frozenset[str]
    is_laid_out: bool

    def change(self, code: str) -> Change | None:
        return next((each for each in self._changes() if each.code == code), None)

    def in_section(self, slug: str) -> tuple[Change, ...]:
        return next((each.changes for each in self.sections if each.section.slug == slug), ())

    def open_in(self, codes: Sequence[str]) -> int:
        return sum(self.open.get(code, 0) for code in codes)

    @property
    def counts(self) -> list[tuple[Kind, int]]:
        """How many goals and measures are new, reworded, dropped and moved."""
        counted = Counter(kind for each in self._changes() for kind in each.kinds)
        return [(kind, counted[kind]) for kind in SHOWN if counted[kind]]

    def _changes(self) -> list[Change]:
        return [change for section in self.sections for change in section.changes]


def pending_of(catalogue: Catalogue) -> Pending | None:
    """For the working edition; a fixed number of queries."""
    if not catalogue.is_working:
        return None
    in_force = concept.edition_in_force()
    texts = _texts([item.code for section in catalogue.sections for item in section.items])
    counts = queries.count_open_by_text()
    waiting = {each.version.text_id for each in releases.unreleased()}
    return Pending(
        against=in_force,
        # each goal and measure by itself, as it stands on the page: parts of a split are new, what was split is gone
        sections=compare(concept.catalogue_of(in_force), catalogue, method=1).sections if in_force else (),
        texts=texts,
        open={code: counts[text_id] for code, text_id in texts.items() if text_id in counts},
        unreleased=frozenset(code for code, text_id in texts.items() if text_id in waiting),
        is_laid_out=bool(queries.open_hearings(day_of(now()))),
    )


def _texts(codes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for model in (Goal, Measure):
        found |= dict(db.session.execute(select(model.code, model.text_id).where(model.code.in_(codes))).all())
    return found
