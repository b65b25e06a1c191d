"""Events, their series, programme and tables."""

from app.events.models.attachments import EventBody, EventMeasure, EventMunicipality, EventSection, TeamMember
from app.events.models.events import (
    ATTENDANCE_MODE_LABELS,
    EVENT_KIND_LABELS,
    HOLD_HOURS,
    OFFER_HOURS,
    OFFERS_STOP_HOURS,
    TABLE_CHOICE_LABELS,
    AttendanceMode,
    Event,
    EventKind,
    EventStatus,
    TableChoice,
)
from app.events.models.programme import (
    PERSON_ROLE_LABELS,
    EventPerson,
    PersonRole,
    ProgrammeItem,
    ThemeTable,
    overlapping,
)
from app.events.models.series import EventSeries, SeriesGap

__all__ = [
    "ATTENDANCE_MODE_LABELS",
    "EVENT_KIND_LABELS",
    "HOLD_HOURS",
    "OFFERS_STOP_HOURS",
    "OFFER_HOURS",
    "PERSON_ROLE_LABELS",
    "TABLE_CHOICE_LABELS",
    "AttendanceMode",
    "Event",
    "EventBody",
    "EventKind",
    "EventMeasure",
    "EventMunicipality",
    "EventPerson",
    "EventSection",
    "EventSeries",
    "EventStatus",
    "PersonRole",
    "ProgrammeItem",
    "SeriesGap",
    "TableChoice",
    "TeamMember",
    "ThemeTable",
    "overlapping",
]
