"""Why something about a table is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError, LinkInvalid


class TableClosed(DomainError):
    message = _(
        "Dieser Tisch ist abgeschlossen. Bitten Sie die Organisation, ihn wieder zu öffnen, wenn noch etwas fehlt."
    )


class ReopeningUnexplained(DomainError):
    message = _("Schreiben Sie, warum der Tisch wieder geöffnet wird.")


class WallEnded(DomainError):
    message = _("Diese Wand ist zu Ende. Was gesagt wurde, lesen Sie nach der Prüfung unter „Vorschläge“.")


class TooManyPhotos(DomainError):
    message = _("Von einem Tisch gibt es höchstens zwölf Fotos. Löschen Sie eines, dann ist wieder Platz.")


class PhotoReleased(DomainError):
    message = _("Dieses Foto steht schon in der Dokumentation.")


class ScribeLinkEnded(LinkInvalid):
    message = _(
        "Dieser Link galt bis zwei Wochen nach der Veranstaltung. Was am Tisch gesagt wurde, ist da. Fehlt noch etwas, "
        "sagen Sie es der Organisation: Sie schreibt es auf."
    )
