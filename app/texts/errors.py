"""Why a text is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class TextEmpty(DomainError):
    message = _("Bitte schreiben Sie etwas hinein.")


class AlreadyBlackened(DomainError):
    message = _("Ein Teil dieser Stelle ist schon geschwärzt. Bitte laden Sie die Seite neu.")


class NothingKept(DomainError):
    message = _("Was hier stand, ist für immer gelöscht oder steht schon wieder da.")


class QuoteNotFound(DomainError):
    message = _("Diese Stelle steht so nicht im Text. Bitte markieren Sie sie noch einmal.")
