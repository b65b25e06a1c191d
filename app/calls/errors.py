"""Why something with a call is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class CallNotOpen(DomainError):
    message = _(
        "Dieser Aufruf nimmt gerade keine Beiträge an. Ihr Text ist noch da: Senden Sie ihn ohne Aufruf, "
        "dann lesen wir ihn wie jeden anderen."
    )


class OutsideCall(DomainError):
    message = _("An diesem Tag war der Aufruf nicht offen. Wählen Sie keinen Aufruf, oder berichtigen Sie den Tag.")


class CallBegun(DomainError):
    message = _("Der Aufruf hat schon begonnen. Sein Ende verschieben Sie mit einem Grund, den alle lesen.")


class CallNotPublished(DomainError):
    message = _("Dieser Aufruf ist noch nicht veröffentlicht. Ändern Sie seine Tage in den Angaben.")


class EndPast(DomainError):
    message = _("Dieser Tag ist schon vorbei. Um den Aufruf zu beenden, wählen Sie „Jetzt beenden“.")


class EventTaken(DomainError):
    message = _("Zu dieser Veranstaltung gibt es schon einen Aufruf.")


class SheetClosed(DomainError):
    message = _("Dieser Bogen ist schon abgetippt oder weggelegt.")


class FileUnusable(DomainError):
    message = _("Diese Datei lässt sich nicht lesen. Scannen Sie die Bögen als PDF, JPEG oder PNG.")


class FileEmpty(FileUnusable):
    message = _("Diese Datei ist leer. Wählen Sie den Scan noch einmal aus.")


class FileEncrypted(FileUnusable):
    message = _("Diese PDF-Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort.")


class FileTooLarge(FileUnusable):
    message = _("Diese Datei ist größer als 10 MB. Teilen Sie den Stapel, oder scannen Sie mit 150 dpi.")


class TooManyPages(FileUnusable):
    message = _("Diese Datei hat mehr als 60 Seiten. Teilen Sie den Stapel.")


class PageTooLarge(FileUnusable):
    message = _("Eine Seite dieser Datei ist zu groß, um sie zu zeigen. Scannen Sie mit 150 dpi auf A4.")
