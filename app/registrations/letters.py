"""All letters about a registration in one place: to whom, when, when they have lost their reason, and where they lead.

Mails, printed letters and words to read out come from the same templates (templates/mail/registrations).
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from app.events.models import EventStatus
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.models.letters import LetterKind
from app.registrations.placeholders import COMMON, Placeholder, unknown_in

K = LetterKind
P = Placeholder
S = RegistrationStatus


class Action(Enum):
    """Where the one link of a letter leads."""

    CONFIRM = "registrations.confirm"
    ACCEPT_OFFER = "registrations.accept_offer"
    CONFIRM_EMAIL = "registrations.confirm_email"
    OWN = "registrations.show"
    EVENT = "events.show"


ACTION_LABELS = {
    Action.CONFIRM: _("Jetzt bestätigen"),
    Action.ACCEPT_OFFER: _("Platz annehmen oder ablehnen"),
    Action.CONFIRM_EMAIL: _("Adresse bestätigen"),
    Action.OWN: _("Meine Anmeldung öffnen"),
    Action.EVENT: _("Zur Veranstaltung"),
}


class LetterType(NamedTuple):
    label: object
    occasion: object  # when it goes, and to whom
    fits: Callable[[Registration], bool]  # else it has lost its reason; an event that is called off is asked apart
    action: Action = Action.OWN
    needs_link: bool = False  # without it nobody could do what the letter asks for
    more: tuple[Placeholder, ...] = ()  # besides those of every letter


def _is_unconfirmed(*statuses: RegistrationStatus) -> Callable[[Registration], bool]:
    return lambda registration: registration.status in statuses and not registration.is_confirmed_by_mail


def _stands(*statuses: RegistrationStatus) -> Callable[[Registration], bool]:
    return lambda registration: registration.status in statuses


def _is_in_line(registration: Registration) -> bool:
    return registration.status is S.WAITING and registration.is_confirmed_by_mail


def _is_there(registration: Registration) -> bool:
    return registration.status in {S.CONFIRMED, S.OFFERED, S.WAITING, S.REQUESTED}


def _waits_while(status: EventStatus) -> Callable[[Registration], bool]:
    return lambda registration: registration.event.status is status and _is_in_line(registration)


def _takes_part(registration: Registration) -> bool:
    return registration.event.takes_place and registration.status is S.CONFIRMED


LETTERS: dict[LetterKind, LetterType] = {
    K.HELD: LetterType(
        _("Bitte bestätigen"),
        _("sofort nach der Anmeldung, wenn ein Platz frei ist"),
        _is_unconfirmed(S.HELD, S.WAITING),
        *(Action.CONFIRM, True, (P.UNTIL,)),
    ),
    K.WAITING: LetterType(
        _("Bitte bestätigen: Warteliste"),
        _("sofort nach der Anmeldung, wenn nichts frei ist"),
        _is_unconfirmed(S.HELD, S.WAITING),
        *(Action.CONFIRM, True, (P.UNTIL, P.QUEUE_RULE)),
    ),
    K.REQUEST: LetterType(
        _("Bitte bestätigen: Anfrage"),
        _("sofort nach der Anmeldung, wenn Sie über jede Anmeldung entscheiden"),
        _is_unconfirmed(S.REQUESTED, S.HELD, S.WAITING),
        *(Action.CONFIRM, True, (P.UNTIL,)),
    ),
    K.REQUESTED: LetterType(
        _("Wir prüfen Ihre Anmeldung"),
        _("wenn jemand bestätigt hat und Sie noch entscheiden"),
        _stands(S.REQUESTED),
    ),
    K.CONFIRMED: LetterType(
        _("Sie haben einen Platz"),
        _("wenn jemand bestätigt oder ein Angebot annimmt"),
        _stands(S.CONFIRMED),
    ),
    K.JOINED: LetterType(
        _("Sie stehen auf der Warteliste"),
        _("wenn jemand bestätigt und nichts frei ist"),
        _is_in_line,
        more=(P.POSITION, P.QUEUE_RULE),
    ),
    K.APPROVED: LetterType(
        _("Zusage"),
        _("wenn Sie einer Anmeldung zusagen und Platz ist"),
        _stands(S.CONFIRMED),
    ),
    K.DECLINED: LetterType(
        _("Absage an eine Anfrage"),
        _("wenn Sie einer Anmeldung nicht zusagen"),
        _stands(S.DECLINED),
        Action.EVENT,
        more=(P.REASON,),
    ),
    K.OFFER: LetterType(
        _("Für Sie ist Platz"),
        _("wenn ein Platz für jemanden von der Warteliste frei wird"),
        _stands(S.OFFERED),
        *(Action.ACCEPT_OFFER, True, (P.UNTIL,)),
    ),
    K.OFFER_EXPIRED: LetterType(
        _("Das Angebot ist abgelaufen"),
        _("wenn niemand auf ein Angebot antwortet"),
        _stands(S.WAITING, S.EXPIRED),
        *(Action.CONFIRM, True, (P.UNTIL,)),
    ),
    K.OFFER_CLOSED: LetterType(
        _("Das Angebot ist abgelaufen, die Anmeldung geschlossen"),
        _("wenn niemand bis zum Anmeldeschluss auf ein Angebot antwortet"),
        _stands(S.WAITING, S.EXPIRED),
        Action.EVENT,
    ),
    K.BOOKING_PROMOTED: LetterType(
        _("Nachgerückt"),
        _("wenn bei einem gewählten Programmpunkt, Tisch oder Angebot Platz frei wird"),
        _stands(S.CONFIRMED),
        more=(P.BOOKING,),
    ),
    K.MOVED: LetterType(
        _("Anderer Tisch oder Programmpunkt"),
        _("wenn Sie jemanden umsetzen"),
        _is_there,
        more=(P.BOOKING,),
    ),
    K.SEATED: LetterType(
        _("Ihr Tisch"),
        _("wenn Sie die Sitzordnung veröffentlichen"),
        _stands(S.CONFIRMED),
        more=(P.SEATS,),
    ),
    K.CHANGED: LetterType(
        _("Ihre Änderung"),
        _("wenn jemand Angaben ändert"),
        _is_there,
    ),
    K.CONFIRM_EMAIL: LetterType(
        _("Neue Adresse bestätigen"),
        _("an die neue E-Mail-Adresse, wenn jemand sie ändert"),
        lambda registration: registration.new_email is not None,
        *(Action.CONFIRM_EMAIL, True),
    ),
    K.EMAIL_CHANGED: LetterType(
        _("Ihre Adresse soll geändert werden"),
        _("an die bisherige E-Mail-Adresse, wenn jemand sie ändert"),
        lambda registration: registration.anonymised_at is None,  # also after it was changed: it may be a theft
        Action.EVENT,  # by then the link to the registration belongs to the new address alone
    ),
    K.CANCELLED: LetterType(
        _("Sie sind abgemeldet"),
        _("wenn jemand absagt"),
        _stands(S.CANCELLED),
        Action.EVENT,
    ),
    K.EVENT_CHANGED: LetterType(
        _("Zeit oder Ort hat sich geändert"),
        _("an alle mit Platz oder auf der Warteliste, wenn Sie Zeit oder Ort ändern"),
        lambda registration: registration.event.takes_place and registration.status is not S.CANCELLED,
    ),
    K.EVENT_POSTPONED: LetterType(
        _("Verschoben"),
        _("an alle mit Platz oder auf der Warteliste, wenn Sie die Veranstaltung verschieben"),
        lambda registration: registration.event.status is EventStatus.POSTPONED and _is_there(registration),
    ),
    K.EVENT_CLOSED: LetterType(
        _("Die Anmeldung ist geschlossen"),
        _("an die Warteliste, wenn Sie die Anmeldung schließen"),
        _waits_while(EventStatus.CLOSED),
    ),
    K.EVENT_REOPENED: LetterType(
        _("Die Anmeldung ist wieder offen"),
        _("an die Warteliste, wenn Sie die Anmeldung wieder öffnen"),
        _waits_while(EventStatus.OPEN),
        more=(P.POSITION, P.QUEUE_RULE),
    ),
    K.EVENT_CANCELLED: LetterType(
        _("Abgesagt"),
        _("an alle mit Platz oder auf der Warteliste, wenn die Veranstaltung ausfällt"),
        lambda registration: registration.event.is_cancelled and registration.status is not S.CANCELLED,
        Action.EVENT,
    ),
    K.REMINDER: LetterType(
        _("Erinnerung"),
        _("an alle mit Platz, vor dem Beginn"),
        _takes_part,
    ),
    K.THANKS: LetterType(
        _("Dank"),
        _("an alle, die dabei waren, nach dem Ende"),
        _takes_part,
        Action.EVENT,
        more=(P.MORE,),
    ),
    K.RESULTS: LetterType(
        _("Ergebnisse"),
        _("an alle, die dabei waren, wenn Sie die Ergebnisse veröffentlichen"),
        _takes_part,
        Action.EVENT,
    ),
}


class Problem(NamedTuple):
    """What is wrong with an event's own wording, and in which field."""

    field: str
    message: object


def known_placeholders(kind: LetterKind) -> tuple[Placeholder, ...]:
    return (*COMMON, *LETTERS[kind].more)


def problem_with(kind: LetterKind, subject: str, body: str) -> Problem | None:
    """Nobody gets a mail with a placeholder that means nothing, or without the link it speaks of."""
    for field, text in (("subject", subject), ("body", body)):
        if not text.strip():
            return Problem(field, _("Schreiben Sie etwas, oder nehmen Sie wieder den Standard."))
        unknown = next(unknown_in(text, known_placeholders(kind)), None)
        if unknown is not None:
            return Problem(field, _("%(written)s bedeutet hier nichts.", written=unknown))
    if "\n" in subject or "\r" in subject:
        return Problem("subject", _("Der Betreff ist eine Zeile."))
    if P.LINK.written in subject:
        return Problem("subject", _("Der Link gehört in den Text."))
    if LETTERS[kind].needs_link and P.LINK.written not in body:
        return Problem("body", _("Der Link fehlt: {link}. Ohne ihn kann niemand tun, worum Sie bitten."))
    return None


def kind_now(kind: LetterKind, registration: Registration, at: datetime) -> LetterKind:
    """What a letter has become by the time it goes: nobody is asked to do what is not possible any more."""
    if kind is K.OFFER_EXPIRED and not registration.event.accepts_registrations(at):
        return K.OFFER_CLOSED
    if kind is K.REQUESTED and not registration.is_confirmed_by_mail:
        return K.REQUEST
    return kind


def has_reason(kind: LetterKind, registration: Registration, at: datetime) -> bool:
    """Whether the registration still is where the letter finds it; who is called off hears that, and nothing else."""
    if registration.event.is_cancelled and kind is not K.EVENT_CANCELLED:
        return False
    if kind is K.REMINDER and registration.event.starts_at <= at:
        return False
    return LETTERS[kind].fits(registration)
