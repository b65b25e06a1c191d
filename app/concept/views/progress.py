"""Measures with how far they are and who works on them: what several pages show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.concept import queries
from app.concept.catalogue import CatalogueMeasure
from app.concept.views.words import PROGRESS_COUNTS
from app.monitoring.models import Progress, ProgressNote
from app.monitoring.queries import progress_of


@dataclass(frozen=True)
class MeasureRow:
    measure: CatalogueMeasure
    partners: Sequence[str]  # names of those who agree to be named today
    note: ProgressNote | None  # the last one


def rows(measures: Sequence[CatalogueMeasure]) -> dict[str, MeasureRow]:
    """By code."""
    codes = [measure.code for measure in measures]
    notes = notes_by_code(codes)
    agreed = queries.partners_who_agree(codes)
    named = queries.named_organizations({slug for measure in measures for slug in measure.partners})
    return {
        measure.code: MeasureRow(
            measure=measure,
            partners=[
                named[slug].name for slug in measure.partners if slug in named and (measure.code, slug) in agreed
            ],
            note=notes.get(measure.code),
        )
        for measure in measures
    }


def notes_by_code(codes: Collection[str]) -> dict[str, ProgressNote]:
    """The last note of each measure that has one."""
    ids = queries.measure_ids(codes)
    found = progress_of(ids.values())
    return {code: found[measure_id] for code, measure_id in ids.items() if measure_id in found}


def parts_of(measures: Sequence[CatalogueMeasure], notes: Mapping[str, ProgressNote | None]) -> list[dict[str, object]]:
    """How many measures are where, for the bar; one without a note counts as not planned yet."""
    found = [notes.get(measure.code) for measure in measures]
    counts = Counter(note.progress if note else Progress.NOT_PLANNED for note in found)
    return [{"label": label, "count": counts[progress]} for progress, label in PROGRESS_COUNTS.items()]
