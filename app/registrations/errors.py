"""Why a registration, or something with one, is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError, LinkInvalid


class RegistrationClosed(DomainError):
    """`instead`: label and address of what can be done now; the page that refuses fills it."""

    message = _("Die Anmeldung zu dieser Veranstaltung ist geschlossen.")
    instead: tuple[tuple[object, str], ...] = ()


class EventCalledOff(RegistrationClosed):
    message = _("Diese Veranstaltung ist abgesagt.")


class EventOver(RegistrationClosed):
    message = _("Diese Veranstaltung ist schon vorbei.")


class PartyTooLarge(DomainError):
    message = _("So viele Plätze hat diese Veranstaltung nicht.")


class NoRoomForMore(DomainError):
    message = _("So viele Plätze sind nicht frei. Ihre Anmeldung bleibt, wie sie ist.")


class NoRoomForGuests(DomainError):
    message = _(
        "Es ist kein Platz mehr frei. Über die Grenze hinaus lässt nur das Team der Veranstaltung jemanden ein."
    )


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
