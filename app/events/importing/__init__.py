"""Take in events from CSV or iCalendar: every row is new, known already, or refused with its reason."""

from app.events.importing.reading import read_content, read_events
from app.events.importing.rows import FileUnreadable, ImportRow
from app.events.importing.taking_in import Outcome, import_rows, judge

__all__ = ["FileUnreadable", "ImportRow", "Outcome", "import_rows", "judge", "read_content", "read_events"]
