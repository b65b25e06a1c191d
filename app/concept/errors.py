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


class GoalMissing(DomainError):
    message = _("Eine Maßnahme gehört zu mindestens einem Unterziel der Arbeitsfassung.")


class WordingChanged(DomainError):
    """Somebody else reworded it since the page was opened."""

    message = _("Jemand hat den Wortlaut inzwischen geändert.")


class SlugTaken(DomainError):
    message = _("Diese Adresse gehört schon einer anderen Fassung oder Seite.")


class NumberTaken(DomainError):
    message = _("Eine Fassung dieses Konzepts mit dieser Nummer gibt es schon.")


class NumberTooLow(DomainError):
    def __init__(self, last: str) -> None:
        super().__init__(gettext("Die letzte Fassung ist %(last)s. Nehmen Sie eine höhere Nummer.", last=last))


class Incomplete(DomainError):
    """The working edition lacks something that an edition has to have."""

    def __init__(self, shortcomings: Sequence[str]) -> None:
        super().__init__(gettext("Die Arbeitsfassung ist nicht vollständig. %(what)s", what=" ".join(shortcomings)))
        self.shortcomings = list(shortcomings)


class PaperWithoutEdition(DomainError):
    message = _("Zu dieser Vorlage gibt es keine Fassung, über die ein Gremium beschließen könnte.")


class AnnexWithoutEdition(DomainError):
    message = _(
        "Eine Anlage dieser Vorlage kommt aus dem Konzept. Wählen Sie eine Fassung, oder entfernen Sie die Anlage."
    )


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


class NoFormerWording(DomainError):
    message = _("Vor diesem Wortlaut stand hier nichts. Streichen Sie den Eintrag, wenn er nicht bleiben soll.")


class StepThere(DomainError):
    message = _("Diese Nummer hat schon ein anderer Schritt.")


class TaskDone(DomainError):
    message = _("Dieser Schritt ist schon erledigt.")


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


class FileRefused(DomainError):
    """A file with a concept is not taken in; nothing has changed."""

    message = _("Was in der Datei steht, widerspricht sich oder dem, was es hier schon gibt. Nichts ist geändert.")


class NotAConcept(FileRefused):
    message = _("Das ist keine unveränderte Datei mit einem Konzept, wie Teilhabe sie schreibt (konzept.json).")


class UnknownFormat(FileRefused):
    message = _("Das Format dieser Datei kennt diese Installation nicht.")


class FileTooLarge(FileRefused):
    message = _("Die Datei ist zu groß für ein Konzept.")


class WordingForged(FileRefused):
    message = _("Ein Wortlaut in der Datei passt nicht zu seiner Prüfsumme.")


class ReadableHere(FileRefused):
    message = _("Ein Wortlaut ist in der Datei geschwärzt und hier nicht. Schwärzen Sie ihn erst hier.")


class CodeTaken(FileRefused):
    def __init__(self, code: str) -> None:
        super().__init__(gettext("%(code)s ist hier schon etwas anderes.", code=code))


class EditionDiffers(FileRefused):
    message = _("Eine andere Fassung mit dieser Adresse gibt es hier schon. Eine Fassung ändert sich nie.")


class WorkingEditionThere(FileRefused):
    message = _("Hier gibt es schon eine Arbeitsfassung, und sie sagt etwas anderes. Sie bleibt, wie sie ist.")


class NewerThanWorkingEdition(FileRefused):
    message = _("Die Datei ist neuer als die Arbeitsfassung hier. Lesen Sie die neueste Fassung zuerst ein.")


class PictureNumberTaken(FileRefused):
    def __init__(self, number: int) -> None:
        super().__init__(gettext("Das Bild %(number)s ist hier schon ein anderes.", number=number))


class PictureOfAnother(FileRefused):
    def __init__(self, number: int) -> None:
        super().__init__(
            gettext("Das Bild %(number)s fehlt in der Datei, und hier gehört es nicht zum Konzept.", number=number)
        )


class PartnerAsked(DomainError):
    message = _("Diese Organisation wurde schon gefragt oder hat geantwortet. Tragen Sie ein, was sie jetzt sagt.")


class FieldWanted(DomainError):
    message = _("Ideen für Städte und Gemeinden gibt es nur zu Handlungsfeldern.")


class AlreadyTakenUp(DomainError):
    message = _("Diese Gemeinde hat die Idee schon übernommen.")


class NotTakenUp(DomainError):
    message = _("Diese Gemeinde hat die Idee nicht übernommen, oder sie hat es schon zurückgenommen.")


class TooFewParts(DomainError):
    message = _("Aufteilen heißt: mindestens zwei Teile, jeder mit eigenem Wortlaut.")


class TooFewToMerge(DomainError):
    message = _("Zusammenführen heißt: mindestens zwei, die noch in der Arbeitsfassung stehen.")


class NotAlike(DomainError):
    message = _("Ein Oberziel und ein Unterziel lassen sich nicht zusammenführen.")


class StillInWorkingEdition(DomainError):
    message = _("Das steht schon in der Arbeitsfassung.")


class NotANumber(DomainError):
    message = _("Schreiben Sie die Nummer so: 1.0, 1.1 oder 1.1.1.")


class NothingChanged(DomainError):
    message = _("Daran ist nichts anders als in der Fassung.")


class NotCorrectable(DomainError):
    message = _("Berichtigen lässt sich nur eine Fassung, die gilt oder vorläufig verabschiedet ist.")


class ChangeWaiting(DomainError):
    message = _("Zu dieser Fassung wartet schon eine Änderung. Bestätigen oder verwerfen Sie zuerst diese.")


class ChangeDone(DomainError):
    message = _("Diese Änderung ist schon bestätigt.")


class BaseReplaced(DomainError):
    message = _(
        "Zu dieser Vorlage gibt es inzwischen eine neuere Fassung. Tragen Sie die Änderung dort noch einmal ein."
    )


class AnotherConcept(DomainError):
    message = _("Die Arbeitsfassung gehört inzwischen zu einem anderen Konzept.")


class NotHeld(DomainError):
    message = _(
        "Geänderten Wortlaut gibt es erst nach der Sitzung. "
        "Tragen Sie bei der Vorlage ein, in welcher Sitzung das Gremium beraten hat."
    )


class TooMuchChanged(DomainError):
    """A text is less alike than a correction may leave it."""

    def __init__(self, version_id: int) -> None:
        super().__init__(
            gettext("Das ist mehr als ein Schreibfehler: Mindestens vier Fünftel des Wortlauts müssen bleiben.")
        )
        self.version_id = version_id


class TermUsed(DomainError):
    message = _(
        "Der Begriff ist in Gebrauch und behält seinen Namen. "
        "Legen Sie einen neuen an, und lassen Sie diesen darin aufgehen."
    )


class MergedIntoItself(DomainError):
    message = _("Ein Begriff kann nicht in sich selbst aufgehen, auch nicht über andere.")
