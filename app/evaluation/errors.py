"""Why something with a survey or a review is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError, LinkUsed


class SurveyNotOpenYet(DomainError):
    message = _("Die Umfrage beginnt nach dem Ende der Veranstaltung.")


class SurveyClosed(DomainError):
    message = _("Diese Umfrage ist beendet. Danke, dass Sie antworten wollten.")


class AnsweredAlready(LinkUsed):
    message = _("Über diesen Link ist schon geantwortet worden. Danke!")


class NothingAnswered(DomainError):
    message = _("Beantworten Sie mindestens eine Frage.")


class SurveyHasAnswers(DomainError):
    message = _("Es gibt schon Antworten. Die Fragen bleiben deshalb, wie sie sind.")


class NotAChoice(DomainError):
    message = _("Eine Auswahl braucht mindestens zwei Antworten, eine je Zeile.")


class ReviewClosed(DomainError):
    message = _("Diese Rückschau ist abgeschlossen.")


class NothingInForce(DomainError):
    message = _("Es gilt noch keine Fassung des Konzepts, auf deren Ziele man zurückschauen könnte.")
