"""What can be done with progress: note it."""

from datetime import datetime

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept.models import Measure
from app.db import db, now, transactional
from app.monitoring.models import Progress, ProgressNote
from app.process_date import ProcessDate
from app.structures.models import Organization
from app.texts import services as texts


@transactional
def note_progress(
    measure: Measure,
    *,
    progress: Progress,
    noted: ProcessDate,
    organization: Organization | None = None,
    text: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> ProgressNote:
    """Say how far a measure is; the last note holds, earlier ones stay. Those who follow it are told."""
    note = ProgressNote(
        measure=measure,
        progress=progress,
        noted=noted,
        organization=organization,
        text=texts.write(text, language="de").text if text.strip() else None,
        recorded_at=at or now(),
    )
    db.session.add(note)
    log.record("monitoring.note_progress", note, by=by)
    queue.wake_after_commit("proposals.tell_followers")
    return note
