"""Words for what the pages about the concept show."""

from flask_babel import lazy_gettext as _

from app.concept.comparison import Kind
from app.concept.models import ChangeKind, Duration
from app.monitoring.models import Progress

KIND_LABELS = {
    Kind.ADDED: _("neu"),
    Kind.REWORDED: _("neu gefasst"),
    Kind.MOVED: _("umgestellt"),
    Kind.RENUMBERED: _("neue Nummer"),
    Kind.AMENDED: _("Angaben geändert"),
    Kind.DROPPED: _("entfallen"),
    Kind.RETITLED: _("umbenannt"),
    Kind.SPLIT: _("aufgeteilt"),
    Kind.MERGED: _("zusammengeführt"),
    Kind.CONTINUED: _("unter neuem Code"),
}
KIND_TONES = {
    Kind.ADDED: "success",
    Kind.DROPPED: "warning",
    Kind.REWORDED: "info",
    Kind.SPLIT: "info",
    Kind.MERGED: "info",
    Kind.CONTINUED: "info",
}
AMENDED_LABELS = {
    "duration": _("Dauer"),
    "priority": _("Vorrang"),
    "responsible": _("verantwortlich"),
    "partners": _("Mitwirkende"),
    "life_situations": _("Lebenslagen"),
    "starts": _("Beginn"),
    "ends": _("Ende"),
    "target_groups": _("Zielgruppen"),
    "target": _("Zielwert"),
    "indicator": _("Kennzahl"),
    "target_from": _("Ausgangswert"),
    "target_to": _("Zielwert"),
    "target_by": _("Zu erreichen"),
    "budget": _("Geld im Haushalt"),
    "responsible_name": _("Name der zuständigen Stelle"),
    "kind": _("Art"),
    "content": _("was nach dem Text folgt"),
    "focus": _("Schwerpunkt"),
    "source": _("Quelle"),
    "municipality": _("Gemeinde"),
    "municipality_name": _("Name der Gemeinde"),
    "organization_name": _("Organisation"),
    "since": _("seit wann"),
}
LEFT_TITLES = {
    ChangeKind.DROPPED: _("Entfallen."),
    ChangeKind.SPLIT: _("Aufgeteilt."),
    ChangeKind.MERGED: _("Zusammengeführt."),
}
# One sentence each, with the day
WHAT_HAPPENED = {
    ChangeKind.ADDED: _("Am %(day)s aufgenommen."),
    ChangeKind.REWORDED: _("Am %(day)s neu gefasst."),
    ChangeKind.MOVED: _("Am %(day)s umgestellt."),
    ChangeKind.AMENDED: _("Am %(day)s mit anderen Angaben versehen."),
    ChangeKind.BUDGETED: _("Am %(day)s mit Geld versehen."),
    ChangeKind.DROPPED: _("Am %(day)s gestrichen."),
    ChangeKind.SPLIT: _("Am %(day)s aufgeteilt."),
    ChangeKind.MERGED: _("Am %(day)s zusammengeführt."),
    ChangeKind.CARRIED: _("Am %(day)s wieder aufgenommen."),
}
PROGRESS_TONES = {Progress.COMPLETED: "success", Progress.ADVANCED: "info", Progress.STARTED: "info"}
COMPLETED_LABELS = {Duration.PROJECT: _("abgeschlossen"), Duration.PERMANENT: _("auf Dauer eingerichtet")}
# From the furthest to the earliest, as the bar shows them; short words, because they stand beside a number
PROGRESS_COUNTS = {
    Progress.COMPLETED: _("abgeschlossen oder auf Dauer eingerichtet"),
    Progress.ADVANCED: _("fortgeschritten"),
    Progress.STARTED: _("begonnen"),
    Progress.PLANNED: _("geplant"),
    Progress.NOT_PLANNED: _("noch nicht geplant"),
}
