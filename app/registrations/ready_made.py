"""Questions many events ask, to be taken over with one click. Food, childcare and interpreting are needs."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _

from app.registrations.models import QuestionKind


class ReadyMade(NamedTuple):
    kind: QuestionKind
    label: object
    help: object = ""
    options: tuple[object, ...] = ()


READY_MADE = {
    "gehoert": ReadyMade(
        QuestionKind.ONE,
        _("Wie sind Sie auf uns aufmerksam geworden?"),
        _("So wissen wir, wo wir das nächste Mal einladen."),
        (
            _("Zeitung oder Amtsblatt"),
            _("Website oder soziale Medien"),
            _("Einladung per Post oder E-Mail"),
            _("Verein, Kurs oder Beratung"),
            _("Familie, Freunde oder Nachbarn"),
            _("Anders"),
        ),
    ),
    "schon-dabei": ReadyMade(QuestionKind.YES_NO, _("Waren Sie schon einmal bei einer solchen Veranstaltung?")),
    "thema": ReadyMade(
        QuestionKind.LONG_TEXT,
        _("Was soll auf jeden Fall zur Sprache kommen?"),
        _("Die Moderation liest es vorher."),
    ),
    "anreise": ReadyMade(
        QuestionKind.ONE,
        _("Wie kommen Sie zu uns?"),
        _("So planen wir Parkplätze und Stellplätze für Fahrräder."),
        (_("Zu Fuß oder mit dem Fahrrad"), _("Mit Bus oder Bahn"), _("Mit dem Auto")),
    ),
    "buffet": ReadyMade(
        QuestionKind.YES_NO,
        _("Bringen Sie etwas für das gemeinsame Buffet mit?"),
        _("Freiwillig. Es ist auch so genug da."),
    ),
}
