"""Every letter: how its registration stands, and what arrives."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.db import db
from app.events.models import EventStatus, ProgrammeItem
from app.registrations.models import Booking, BookingStatus, LetterKind, RegistrationStatus
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory

K = LetterKind
S = RegistrationStatus
QUEUE = (
    "Die Warteliste geht nach der Reihenfolge der Anmeldung. Gruppen bleiben zusammen: Wird nur ein Platz frei und Sie "
    "sind zu zweit, bekommt ihn die nächste Person, die hineinpasst. Sie bleiben dabei vorn."
)
NOT_YOU = "Haben Sie sich nicht angemeldet? Dann müssen Sie nichts tun. Wir löschen die Angaben von selbst."
WAITING_LIST = "Wenn Sie nicht kommen können, sagen Sie bitte ab. Dann freut sich jemand von der Warteliste."
STARTS_AT = datetime(2030, 6, 22, 7, 30, tzinfo=UTC)
TODAY = datetime(2030, 5, 2, 8, tzinfo=UTC)


@dataclass
class Scene:
    """How the registration stands, and what is told about it."""

    status: RegistrationStatus = S.CONFIRMED
    is_confirmed: bool = True
    event_status: EventStatus = EventStatus.OPEN
    new_email: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    told_as: LetterKind | None = None
    has_booking: bool = False

    def make(self):
        event = EventFactory(
            title="Beispieldialog",
            starts_at=STARTS_AT,
            status=self.event_status,
            place="Bürgersaal",
            address="Marktplatz 1, Beispielstadt",
            contact="Beispielamt, 07531 0000",
        )
        confirmed_at = {} if self.is_confirmed else {"confirmed_at": None}
        registration = RegistrationFactory(
            event=event,
            name="Beispielperson",
            email="person@example.org",
            persons=2,
            status=self.status,
            **confirmed_at,
        )
        registration.new_email = self.new_email
        if self.has_booking:
            self.parameters = {"booking_id": book(registration, "Rundgang").id}
        return registration


def book(registration, title, status=BookingStatus.BOOKED):
    item = ProgrammeItem(
        event=registration.event,
        title=title,
        starts_at=STARTS_AT.replace(hour=9, minute=0),
        ends_at=STARTS_AT.replace(hour=10, minute=30),
        is_bookable=True,
    )
    booking = Booking(registration=registration, item=item, status=status)
    db.session.add(booking)
    db.session.flush()
    return booking


BOOKED = "Rundgang, 11 bis 12.30 Uhr"
UNTIL = "04.05.2030, 10 Uhr"
# How the registration stands; the subject; all sentences but greeting, event, contact and link; where the link leads
LETTER_SCENES = {
    K.HELD: (
        Scene(S.HELD, is_confirmed=False),
        "Bitte bestätigen: Beispieldialog",
        [
            f"Ihre Anmeldung für 2 Personen ist da. Sie zählt, sobald Sie sie hier bestätigen, spätestens bis {UNTIL}:",
            *("So lange halten wir den Platz für Sie frei.", NOT_YOU),
        ],
        "/bestaetigung",
    ),
    K.WAITING: (
        Scene(S.WAITING, is_confirmed=False),
        "Bitte bestätigen: Warteliste für Beispieldialog",
        [
            (
                "zurzeit ist für 2 Personen nichts frei. Wenn Sie auf die Warteliste möchten, bestätigen Sie das hier, "
                f"spätestens bis {UNTIL}:"
            ),
            *(QUEUE, NOT_YOU),
        ],
        "/bestaetigung",
    ),
    K.REQUEST: (
        Scene(S.REQUESTED, is_confirmed=False, told_as=K.REQUESTED),
        "Bitte bestätigen: Ihre Anfrage für Beispieldialog",
        [
            f"Ihre Anfrage für 2 Personen ist da. Bitte bestätigen Sie sie hier, spätestens bis {UNTIL}:",
            "Danach sieht das Team Ihre Anfrage und sagt Ihnen, ob Sie einen Platz bekommen.",
            NOT_YOU,
        ],
        "/bestaetigung",
    ),
    K.REQUESTED: (
        Scene(S.REQUESTED),
        "Wir prüfen Ihre Anmeldung: Beispieldialog",
        [
            (
                "danke, Ihre Anfrage für 2 Personen ist bestätigt. Das Team entscheidet und schreibt Ihnen dann. "
                "Noch haben Sie keinen Platz."
            ),
            "Hier sehen Sie, wo Ihre Anfrage steht, und können sie ändern oder zurückziehen:",
        ],
        "",
    ),
    K.CONFIRMED: (
        Scene(),
        "Sie haben einen Platz: Beispieldialog",
        [
            "wir freuen uns auf Sie. Ihr Platz gilt für 2 Personen.",
            "Hier können Sie ändern, absagen und den Termin in Ihren Kalender holen:",
            WAITING_LIST,
        ],
        "",
    ),
    K.JOINED: (
        Scene(S.WAITING),
        "Sie stehen auf der Warteliste: Beispieldialog",
        [
            "Sie stehen auf der Warteliste, an Stelle 1. Wird ein Platz für Sie frei, schreiben wir Ihnen.",
            QUEUE,
            "Hier sehen Sie, wo Sie stehen, und können sich abmelden:",
        ],
        "",
    ),
    K.APPROVED: (
        Scene(),
        "Zusage: Beispieldialog",
        [
            "das Team hat Ihnen zugesagt. Wir freuen uns auf Sie. Ihr Platz gilt für 2 Personen.",
            "Hier können Sie ändern, absagen und den Termin in Ihren Kalender holen:",
            WAITING_LIST,
        ],
        "",
    ),
    K.DECLINED: (
        Scene(S.DECLINED, parameters={"reason": "Es gibt nur 20 Plätze."}),
        "Leider kein Platz: Beispieldialog",
        [
            "leider können wir Ihnen für diese Veranstaltung keinen Platz zusagen:",
            "Es gibt nur 20 Plätze.",
            "Hier steht, worum es geht und was danach geschieht:",
        ],
        "event",
    ),
    K.OFFER: (
        Scene(S.OFFERED),
        "Für Sie ist Platz: Beispieldialog",
        [
            (
                f"es ist Platz für 2 Personen frei geworden. Er gehört Ihnen, wenn Sie ihn bis {UNTIL} annehmen. "
                "Annehmen oder ablehnen können Sie hier:"
            ),
            "Wenn wir bis dahin nichts hören, bekommt jemand anderes den Platz.",
        ],
        "/annahme",
    ),
    K.OFFER_EXPIRED: (
        Scene(S.WAITING, is_confirmed=False),
        "Das Angebot ist abgelaufen: Beispieldialog",
        [
            "wir haben nichts von Ihnen gehört. Der Platz geht an die Nächsten auf der Warteliste.",
            (
                f"Möchten Sie noch kommen? Dann bestätigen Sie es hier bis {UNTIL}. Sie stehen dann am Ende der "
                "Warteliste, oder haben gleich einen Platz, wenn noch etwas frei ist:"
            ),
            "Sonst müssen Sie nichts tun. Wir löschen die Angaben von selbst.",
        ],
        "/bestaetigung",
    ),
    K.OFFER_CLOSED: (
        Scene(S.WAITING, is_confirmed=False, event_status=EventStatus.CLOSED, told_as=K.OFFER_EXPIRED),
        "Das Angebot ist abgelaufen: Beispieldialog",
        [
            "wir haben nichts von Ihnen gehört. Der Platz geht an die Nächsten auf der Warteliste.",
            "Die Anmeldung ist inzwischen geschlossen. Sie müssen nichts tun. Wir löschen die Angaben von selbst.",
        ],
        None,
    ),
    K.BOOKING_PROMOTED: (
        Scene(has_booking=True),
        "Sie sind nachgerückt: Beispieldialog",
        [
            *("für Sie ist ein Platz frei geworden, auf den Sie gewartet haben:", BOOKED),
            "Sie haben ihn schon und müssen nichts tun.",
            "Wenn es Ihnen nicht mehr passt, können Sie es hier ändern:",
        ],
        "",
    ),
    K.MOVED: (
        Scene(has_booking=True),
        "Etwas hat sich für Sie geändert: Beispieldialog",
        [
            *("das Team hat Ihnen einen anderen Platz gegeben. Für Sie gilt jetzt:", BOOKED),
            "Wenn es Ihnen so nicht passt, können Sie es hier ändern:",
        ],
        "",
    ),
    K.SEATED: (
        Scene(parameters={"seats": "Tisch 3: Wohnen"}),
        "Ihr Tisch: Beispieldialog",
        [
            *("die Plätze an den Tischen sind verteilt. Sie sitzen hier:", "Tisch 3: Wohnen"),
            "Alles zu Ihrer Anmeldung steht hier:",
        ],
        "",
    ),
    K.CHANGED: (
        Scene(),
        "Ihre Änderung ist gespeichert: Beispieldialog",
        [
            "Ihre Angaben sind gespeichert. Ihre Anmeldung ist jetzt für 2 Personen.",
            "Hier sehen Sie alles und können noch einmal ändern oder absagen:",
        ],
        "",
    ),
    K.EMAIL_CHANGED: (
        Scene(new_email="neu@example.org"),
        "Ihre Adresse soll geändert werden: Beispieldialog",
        [
            (
                "für Ihre Anmeldung hat jemand eine andere E-Mail-Adresse angegeben. Sobald sie bestätigt ist, "
                "schreiben wir nur noch dorthin."
            ),
            "Waren Sie das nicht? Dann melden Sie sich bitte gleich bei uns. Um diese Veranstaltung geht es:",
        ],
        "event",
    ),
    K.CANCELLED: (
        Scene(S.CANCELLED),
        "Sie sind abgemeldet: Beispieldialog",
        [
            "danke, dass Sie Bescheid gegeben haben. Sie sind abgemeldet.",
            "Möchten Sie doch kommen? Dann melden Sie sich bitte noch einmal an:",
        ],
        "event",
    ),
    K.EVENT_CHANGED: (
        Scene(),
        "Zeit oder Ort hat sich geändert: Beispieldialog",
        [
            "bitte beachten Sie: Die Veranstaltung findet jetzt so statt:",
            "Ihre Anmeldung gilt weiter. Wenn es Ihnen so nicht passt, können Sie hier ändern oder absagen:",
        ],
        "",
    ),
    K.EVENT_POSTPONED: (
        Scene(event_status=EventStatus.POSTPONED),
        "Verschoben: Beispieldialog",
        [
            "diese Veranstaltung findet nicht zu dieser Zeit statt:",
            (
                "Sie bleiben angemeldet. Sobald der neue Termin feststeht, schreiben wir Ihnen. Wenn Sie nicht mehr "
                "kommen möchten, können Sie hier absagen:"
            ),
        ],
        "",
    ),
    K.EVENT_CLOSED: (
        Scene(S.WAITING, event_status=EventStatus.CLOSED),
        "Die Anmeldung ist geschlossen: Beispieldialog",
        [
            "zu dieser Veranstaltung nehmen wir keine Anmeldungen mehr an:",
            (
                "Sie stehen weiter auf der Warteliste. Freie Plätze vergeben wir jetzt nur noch von Hand und melden "
                "uns dann bei Ihnen. Ihre Anmeldung sehen Sie hier:"
            ),
        ],
        "",
    ),
    K.EVENT_REOPENED: (
        Scene(S.WAITING),
        "Die Anmeldung ist wieder offen: Beispieldialog",
        [
            "zu dieser Veranstaltung nehmen wir wieder Anmeldungen an:",
            (
                "Sie stehen weiter auf der Warteliste und behalten Ihre Reihenfolge. Wird ein Platz frei, bieten wir "
                "ihn Ihnen an. Ihre Anmeldung sehen Sie hier:"
            ),
        ],
        "",
    ),
    K.EVENT_CANCELLED: (
        Scene(event_status=EventStatus.CANCELLED),
        "Abgesagt: Beispieldialog",
        [
            "diese Veranstaltung findet leider nicht statt:",
            "Sie müssen nichts tun. Hier steht, wenn es einen neuen Termin gibt:",
        ],
        "event",
    ),
    K.REMINDER: (
        Scene(),
        "Bald ist es so weit: Beispieldialog",
        [
            "wir freuen uns auf Sie. Ihr Platz gilt für 2 Personen.",
            "Können Sie doch nicht kommen? Dann sagen Sie bitte hier ab. Jemand von der Warteliste freut sich:",
        ],
        "",
    ),
    K.THANKS: (
        Scene(),
        "Danke: Beispieldialog",
        [
            "schön, dass Sie dabei waren. Danke für Ihre Zeit und für das, was Sie gesagt haben.",
            "Wir schreiben Ihnen, sobald die Ergebnisse da sind. Hier stehen sie dann:",
        ],
        "event",
    ),
    K.RESULTS: (
        Scene(),
        "Die Ergebnisse sind da: Beispieldialog",
        [
            (
                "Sie waren dabei. Jetzt steht fest, was an den Tischen gesagt wurde und was daraus wird. "
                "Hier können Sie es lesen:"
            ),
            "Danke, dass Sie mitgeredet haben.",
        ],
        "results",
    ),
}
