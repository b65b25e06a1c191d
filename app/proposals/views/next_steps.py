"""What happens after a contribution was sent, and when."""

from datetime import datetime

from flask_babel import gettext as _

from app.moderation.periods import read_by
from app.web.filters import day


def after_sending(at: datetime) -> list[dict[str, object]]:
    return [
        {"when": _("heute"), "title": _("Ihr Beitrag ist da"), "is_done": True},
        {
            "when": _("bis %(day)s", day=day(read_by(at))),
            "title": _("Wir lesen und veröffentlichen ihn"),
            "text": _("Wort für Wort, ohne Ihren Namen. Wenn etwas dagegen spricht, steht der Grund dabei."),
        },
        {
            "when": _("danach"),
            "title": _("Ähnliche Beiträge kommen zusammen, und Sie bekommen eine Antwort"),
            "text": _("Was daraus wird, sehen Sie jederzeit auf der Seite Ihres Beitrags."),
        },
    ]
