"""Input about events: what somebody looks for, and what organisers write."""

from app.events.forms.attachments import AttachForm
from app.events.forms.events import EventForm, NewEventForm
from app.events.forms.filters import FilterForm
from app.events.forms.imports import ImportForm, TakeInForm
from app.events.forms.programme import ItemForm
from app.events.forms.series import GapForm, SeriesForm
from app.events.forms.steps import CloneForm, RescheduleForm, TeamForm
from app.events.forms.tables import TableForm

__all__ = [
    "AttachForm",
    "CloneForm",
    "EventForm",
    "FilterForm",
    "GapForm",
    "ImportForm",
    "ItemForm",
    "NewEventForm",
    "RescheduleForm",
    "SeriesForm",
    "TableForm",
    "TakeInForm",
    "TeamForm",
]
