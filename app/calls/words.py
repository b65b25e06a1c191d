"""How long a call is still open, as people say it."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls.models import Call, CallState
from app.local_time import day_of
from app.web.filters import clock

WEEKS_FROM = 21  # days; from here on nobody counts them


def time_left(call: Call, at: datetime) -> str:
    """Noch 12 Tage; endet heute um 24 Uhr; beginnt in 3 Tagen. Empty for what is over or no more than a draft."""
    state = call.state(at)
    if state is CallState.COMING:
        days = (call.first_day - day_of(at)).days
        return str(_("beginnt heute") if days == 0 else ngettext("beginnt morgen", "beginnt in %(num)s Tagen", days))
    if state is not CallState.OPEN:
        return ""
    days = (call.last_day - day_of(at)).days
    if days == 0:
        return str(_("endet heute um %(time)s Uhr", time=_end_of_day(call)))
    if days >= WEEKS_FROM:
        return str(ngettext("noch eine Woche", "noch %(num)s Wochen", days // 7))
    return str(ngettext("endet morgen", "noch %(num)s Tage", days))


def _end_of_day(call: Call) -> str:
    """24 for the end of the day, which a clock would call 0."""
    return "24" if day_of(call.closes_at) != call.last_day else clock(call.closes_at)
