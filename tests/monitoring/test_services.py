from app.monitoring import queries, services
from app.monitoring.models import Progress
from app.process_date import ProcessDate
from tests.concept.factories import MeasureFactory
from tests.structures.factories import OrganizationFactory


def test_note_progress_keeps_earlier_notes_and_the_last_one_holds():
    measure, other = MeasureFactory(), MeasureFactory()
    office = OrganizationFactory()

    services.note_progress(measure, progress=Progress.PLANNED, noted=ProcessDate("2025"), by=None)
    services.note_progress(
        measure,
        progress=Progress.STARTED,
        noted=ProcessDate("2026-03"),
        organization=office,
        text="Der erste Kurs läuft.",
        by=None,
    )

    notes = queries.notes_of([measure.id, other.id])
    assert [note.progress for note in notes] == [Progress.PLANNED, Progress.STARTED]
    held = queries.progress_of([measure.id, other.id])
    assert list(held) == [measure.id]
    assert (held[measure.id].organization, held[measure.id].text.current.content) == (office, "Der erste Kurs läuft.")
    assert notes[0].text is None
