"""Why a text is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class TextEmpty(DomainError):
    message = _("Bitte schreiben Sie etwas hinein.")


class QuoteNotFound(DomainError):
    message = _("Diese Stelle steht so nicht im Text. Bitte markieren Sie sie noch einmal.")
