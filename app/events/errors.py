"""Why something with an event is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class EndsTooEarly(DomainError):
    message = _("Das Ende muss nach dem Anfang liegen.")


class ClosesTooLate(DomainError):
    message = _("Die Anmeldung kann nicht länger offen sein, als die Veranstaltung dauert.")


class OpensTooLate(DomainError):
    message = _("Die Anmeldung muss öffnen, bevor sie schließt.")


class ChangesTooLate(DomainError):
    message = _("Ändern und absagen kann man höchstens bis zum Ende der Veranstaltung.")


class DeadlinePassed(DomainError):
    message = _("Die Anmeldefrist ist schon vorbei. Setzen Sie zuerst eine neue Frist.")


class NewTimeNeeded(DomainError):
    message = _("Der neue Termin muss in der Zukunft liegen.")


class EventCancelled(DomainError):
    message = _("Diese Veranstaltung ist abgesagt. Es lässt sich nichts mehr daran ändern.")


class TableNumberTaken(DomainError):
    message = _("Diese Nummer hat schon ein anderer Tisch.")


class TableInUse(DomainError):
    message = _("An diesem Tisch wurde schon etwas gesagt, oder jemand hat ihn gewählt. Er bleibt deshalb stehen.")


class AlreadyInTeam(DomainError):
    message = _("Diese Person gehört schon zum Team.")


class NotAnOrganiser(DomainError):
    message = _("Zum Team kann nur gehören, wer die Rolle „Organisation“ hat.")


class LastInTeam(DomainError):
    message = _("Eine Person muss im Team bleiben. Nehmen Sie zuerst jemand anderen auf.")


class OutsideTheEvent(DomainError):
    message = _("Ein Programmpunkt liegt innerhalb der Veranstaltung.")


class ItemInUse(DomainError):
    message = _("Diesen Programmpunkt hat schon jemand gewählt. Er bleibt deshalb stehen.")
