"""Why something with the concept is refused."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NoWorkingEdition(DomainError):
    message = _("Es gibt noch keine Arbeitsfassung.")


class NotInWorkingEdition(DomainError):
    message = _("Das steht nicht mehr in der Arbeitsfassung.")


class AlreadyInWorkingEdition(DomainError):
    message = _("Dieses Thema steht schon in der Arbeitsfassung.")


class SectionNotEmpty(DomainError):
    message = _("Zu diesem Thema stehen noch Ziele, Maßnahmen, Ideen oder Beispiele in der Arbeitsfassung.")


class ReasonMissing(DomainError):
    message = _("Sagen Sie, warum: Der Grund steht später im Vergleich der Fassungen.")


class GoalMissing(DomainError):
    message = _("Eine Maßnahme gehört zu mindestens einem Unterziel der Arbeitsfassung.")


class WordingChanged(DomainError):
    """Somebody else reworded it since the page was opened."""

    message = _("Jemand hat den Wortlaut inzwischen geändert.")


class SlugTaken(DomainError):
    message = _("Diese Adresse gehört schon einer anderen Fassung oder Seite.")


class NumberTaken(DomainError):
    message = _("Eine Fassung dieses Konzepts mit dieser Nummer gibt es schon.")


class Incomplete(DomainError):
    """The working edition lacks something that an edition has to have."""

    def __init__(self, shortcomings: Sequence[str]) -> None:
        super().__init__(gettext("Die Arbeitsfassung ist nicht vollständig. %(what)s", what=" ".join(shortcomings)))
        self.shortcomings = list(shortcomings)


class PaperWithoutEdition(DomainError):
    message = _("Zu dieser Vorlage gibt es keine Fassung, über die ein Gremium beschließen könnte.")


class AnotherPaper(DomainError):
    message = _("Diese Fassung gehört zu einer anderen Vorlage.")


class ChangedMeanwhile(DomainError):
    """Somebody else changed the row since the page was opened."""

    message = _("Jemand hat das inzwischen geändert.")


class NotPrintable(DomainError):
    """A body names what there is not, or shows a picture without saying what is on it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = list(problems)


class TermThere(DomainError):
    message = _("Diesen Begriff gibt es im Glossar schon.")


class FigureInUse(DomainError):
    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            gettext(
                "Diese Kennzahl gehört zum Zielwert von %(codes)s. Ändern Sie dort erst die Angaben.",
                codes=", ".join(codes),
            )
        )
