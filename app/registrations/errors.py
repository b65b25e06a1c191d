"""Why a registration, or something with one, is refused."""

from datetime import datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.errors import DomainError, LinkInvalid
from app.web.filters import clock, moment


class RegistrationClosed(DomainError):
    """`instead`: label and address of what can be done now; the page that refuses fills it."""

    message = _("Die Anmeldung zu dieser Veranstaltung ist geschlossen.")
    instead: tuple[tuple[object, str], ...] = ()


class EventCalledOff(RegistrationClosed):
    message = _("Diese Veranstaltung ist abgesagt.")


class EventOver(RegistrationClosed):
    message = _("Diese Veranstaltung ist schon vorbei.")


class EventPostponed(RegistrationClosed):
    message = _("Diese Veranstaltung ist verschoben. Anmelden können Sie sich wieder, wenn der neue Termin feststeht.")


class RegistrationNotOpenYet(RegistrationClosed):
    def __init__(self, opens_at: datetime) -> None:
        super().__init__(gettext("Die Anmeldung öffnet am %(moment)s.", moment=moment(opens_at)))


class ChangesClosed(DomainError):
    """`contact`: whom to ask instead, in words."""

    def __init__(self, until: datetime, contact: str) -> None:
        sentence = gettext("Ändern und absagen ging bis %(moment)s.", moment=moment(until))
        ask = gettext("Bitte wenden Sie sich an das Team.")
        super().__init__(f"{sentence} {ask} {contact}".strip())


class PartyTooLarge(DomainError):
    message = _("So viele Plätze hat diese Veranstaltung nicht.")


class PartyTooLargeForThing(PartyTooLarge):
    def __init__(self, title: str) -> None:
        super().__init__(gettext("So viele Plätze hat „%(title)s“ nicht.", title=title))


class PartyOutOfRange(PartyTooLarge):
    message = _("Anmelden können Sie 1 bis 50 Personen. Sind Sie mehr, rufen Sie uns bitte an.")


class NoRoomForMore(DomainError):
    message = _("So viele Plätze sind nicht frei. Ihre Anmeldung bleibt, wie sie ist.")


class NoRoomForGuests(DomainError):
    message = _(
        "Es ist kein Platz mehr frei. Über die Grenze hinaus lässt nur das Team der Veranstaltung jemanden ein."
    )


class NoRoomAt(NoRoomForMore):
    def __init__(self, title: str) -> None:
        super().__init__(
            gettext("So viele Plätze sind bei „%(title)s“ nicht frei. Alles bleibt, wie es ist.", title=title)
        )


class NoSuchChoice(DomainError):
    message = _("Das gehört nicht zu dieser Veranstaltung oder ist nicht mehr wählbar. Bitte laden Sie die Seite neu.")


class TooManyChoices(DomainError):
    """`title`: the question that takes one answer, or nothing for tables."""

    message = _("So viele können Sie hier nicht wählen.")


class ItemsOverlap(DomainError):
    """Nobody can be at both; each with its title and its times."""

    def __init__(self, first: tuple[str, datetime, datetime], second: tuple[str, datetime, datetime]) -> None:
        super().__init__(
            gettext(
                "%(first)s und %(second)s überschneiden sich. Bitte wählen Sie eines davon.",
                first=_with_times(*first),
                second=_with_times(*second),
            )
        )


class CodeInvalid(DomainError):
    """The sentence belongs at the field of the code."""

    message = _("Diesen Einladungscode kennen wir nicht, oder er gilt nicht mehr.")


class CodeMissing(CodeInvalid):
    message = _("Für diese Veranstaltung brauchen Sie einen Einladungscode. Er steht in Ihrer Einladung.")


class CodeUsedUp(CodeInvalid):
    message = _("Mit diesem Einladungscode haben sich schon so viele angemeldet, wie eingeladen sind.")


class NotConfirmedYet(DomainError):
    message = _("Diese Anmeldung ist noch nicht bestätigt. Entscheiden können Sie, sobald die Mail beantwortet ist.")


class RequestDeclined(DomainError):
    message = _("Zu dieser Anmeldung haben wir abgesagt. Den Grund finden Sie in unserer Mail.")


class NotInLine(DomainError):
    message = _("Einen Platz bekommt nur angeboten, wer bestätigt auf der Warteliste steht.")


class CapacityTaken(DomainError):
    message = _("So viele Plätze sind schon vergeben. Weniger geht erst, wenn sich jemand abmeldet.")


class AlreadyCancelled(DomainError):
    message = _("Diese Anmeldung ist abgemeldet. Wenn Sie doch kommen möchten, melden Sie sich bitte neu an.")


class RegistrationGone(LinkInvalid):
    message = _("Diesen Link kennen wir nicht, oder die Anmeldung dazu ist gelöscht. Sie können sich neu anmelden.")


class NeedNotAsked(DomainError):
    message = _("Danach fragt diese Veranstaltung nicht mehr. Bitte laden Sie die Seite neu.")


class NeedsExceedParty(DomainError):
    message = _("Das sind mehr Personen, als Sie anmelden.")


class ConsentMissing(DomainError):
    message = _("Damit wir Ihren Bedarf speichern dürfen, brauchen wir Ihr Einverständnis.")


class QuestionAnswered(DomainError):
    message = _("Diese Frage ist schon beantwortet. Ihre Art bleibt deshalb, wie sie ist.")


class QuestionNeeded(DomainError):
    message = _("Eine andere Frage hängt an dieser. Ändern Sie zuerst die andere.")


class OptionChosen(DomainError):
    message = _("Diese Antwort hat schon jemand gewählt. Sie bleibt deshalb in der Liste.")


class OptionsMissing(DomainError):
    message = _("Geben Sie mindestens zwei Antworten vor.")


class ConditionTooLate(DomainError):
    message = _("Eine Frage kann nur von einer früheren abhängen. Bitte ordnen Sie die Fragen anders.")


class CodeNotEnough(DomainError):
    message = _("So viele Codes auf einmal gehen nicht. Höchstens 500.")


class WordingRefused(DomainError):
    """What is wrong with an event's own wording stands in the message."""


class ReminderRefused(DomainError):
    message = _("Eine Erinnerung liegt zwischen 1 Stunde und 60 Tagen, und keine kommt zweimal vor.")


def _with_times(title: str, starts_at: datetime, ends_at: datetime) -> str:
    return str(
        gettext("„%(title)s“ (%(start)s bis %(end)s Uhr)", title=title, start=clock(starts_at), end=clock(ends_at))
    )
