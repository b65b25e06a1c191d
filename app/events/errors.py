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


class YearOutside(DomainError):
    message = _("Begründen lässt sich ein Jahr vom Beginn der Reihe bis heute.")


class YearHasEvent(DomainError):
    message = _("In diesem Jahr hat die Reihe eine Veranstaltung.")


class LimitedWithoutChoice(DomainError):
    message = _("Plätze zählen nur bei einem Programmpunkt, den man wählen kann.")


class ItemInUse(DomainError):
    message = _("Diesen Programmpunkt hat schon jemand gewählt. Er bleibt deshalb stehen.")


class NotAPicture(DomainError):
    message = _("Diese Datei ist kein Bild, das wir lesen können. Nehmen Sie ein Foto als JPEG, PNG oder WebP.")


class PictureOfAPhone(NotAPicture):
    message = _(
        "Dieses Foto ist im Format HEIC, das hier niemand öffnen kann. Stellen Sie das iPhone um und nehmen Sie es "
        "neu auf: Einstellungen, Kamera, Formate, „Maximale Kompatibilität“. Oder senden Sie es als JPEG."
    )


class PictureTooLarge(DomainError):
    message = _("Dieses Bild hat zu viele Bildpunkte. Verkleinern Sie es, bevor Sie es hochladen.")


class PhotoThere(DomainError):
    message = _("Dieses Bild ist schon dabei.")


class EventNotOver(DomainError):
    message = _("Die Dokumentation erscheint, wenn die Veranstaltung vorbei ist. Schreiben können Sie schon.")


class ReportIncomplete(DomainError):
    message = _("Es fehlt noch, worum es ging und was herauskam. Schreiben Sie das zuerst.")


class OtherNumberUnexplained(DomainError):
    message = _("Schreiben Sie dazu, woher die andere Zahl kommt.")


class ChangeUnexplained(DomainError):
    message = _("Die Dokumentation ist schon öffentlich. Schreiben Sie in einem Satz, was Sie geändert haben.")
