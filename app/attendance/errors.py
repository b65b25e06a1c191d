"""Why somebody is not let in, or something at the door is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError, LinkInvalid


class NotAdmitted(DomainError):
    """A ticket that opens nothing."""


class TicketForged(NotAdmitted):
    message = _("Das ist kein Ticket von dieser Seite.")


class TicketForeign(NotAdmitted):
    message = _("Dieses Ticket gilt für eine andere Veranstaltung.")


class TicketOver(NotAdmitted):
    message = _("Dieses Ticket ist abgelaufen: Die Veranstaltung ist vorbei.")


class TicketOutdated(NotAdmitted):
    message = _("Dieses Ticket gilt nicht mehr: Die Anmeldung hat inzwischen ein neues.")


class TicketCancelled(NotAdmitted):
    message = _("Zu diesem Ticket gibt es keinen Platz mehr: Die Anmeldung ist abgemeldet.")


class TicketUnknown(NotAdmitted):
    message = _("Wer auf diesem Ticket steht, ist nicht mehr angemeldet.")


class NoTicketYet(DomainError):
    message = _("Ein Ticket gibt es, sobald Ihr Platz vor Ort fest ist.")


class DoorLinkEnded(LinkInvalid):
    message = _("Dieser Link zum Einlass gilt nicht mehr. Einen neuen gibt Ihnen das Team der Veranstaltung.")


class NothingToUndo(DomainError):
    message = _("Diese Ankunft ist schon zurückgenommen.")


class NotThere(DomainError):
    message = _("Eine Bestätigung gibt es für alle, die am Einlass als anwesend vermerkt sind.")


class NameMissing(DomainError):
    message = _("Geben Sie den Namen an, auf den die Bestätigung lauten soll.")


class CertificateNotOver(DomainError):
    message = _("Die Bestätigung gibt es nach dem Ende der Veranstaltung.")
