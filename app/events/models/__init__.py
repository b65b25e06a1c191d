"""Events, their series, programme and tables."""

from app.events.models.attachments import EventBody, EventMeasure, EventMunicipality, EventSection, TeamMember
from app.events.models.documentation import EventPhoto, EventReport, EventReportChange, TableReport
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
    TableChoice,
)
from app.events.models.imports import EventImport
from app.events.models.programme import (
    PERSON_ROLE_LABELS,
    EventPerson,
    PersonRole,
    ProgrammeItem,
    ThemeTable,
    overlapping,
)
from app.events.models.series import EventSeries, SeriesGap
from app.events.models.states import STATE_LABELS, STATE_TONES, TRANSITIONS, EventState, EventStatus

__all__ = [
    "ATTENDANCE_MODE_LABELS",
    "EVENT_KIND_LABELS",
    "HOLD_HOURS",
    "OFFERS_STOP_HOURS",
    "OFFER_HOURS",
    "PERSON_ROLE_LABELS",
    "STATE_LABELS",
    "STATE_TONES",
    "TABLE_CHOICE_LABELS",
    "TRANSITIONS",
    "AttendanceMode",
    "Event",
    "EventBody",
    "EventImport",
    "EventKind",
    "EventMeasure",
    "EventMunicipality",
    "EventPerson",
    "EventPhoto",
    "EventReport",
    "EventReportChange",
    "EventSection",
    "EventSeries",
    "EventState",
    "EventStatus",
    "PersonRole",
    "ProgrammeItem",
    "SeriesGap",
    "TableChoice",
    "TableReport",
    "TeamMember",
    "ThemeTable",
    "overlapping",
]
