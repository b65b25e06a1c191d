"""What is deleted, how long after what, and why: one table, which the daily job works off and the public page shows."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from app import limits, links
from app.audit import log
from app.calendars import services as calendars
from app.calls.services import sheets
from app.capture.services import photos
from app.comments import services as comments
from app.decisions.services import letters as answer_letters
from app.drafting.services import drafts as desk_drafts
from app.drafting.services import suggestions
from app.local_time import BERLIN
from app.mail import delivery
from app.moderation.services import appeals, reports
from app.privacy import removals
from app.proposals.services import attachments, drafts, follows, intake, supports
from app.registrations.services import retention as registrations
from app.structures import inviting

FIELD_NOTES = "field notes, Standards that bind a county (DSGVO Art. 5 (1) e)"


@dataclass(frozen=True)
class Period:
    """Days, or months as the calendar has them; how many months the installation may say in a setting."""

    days: int = 0
    months: int = 0
    setting: str = ""

    @property
    def months_in_all(self) -> int:
        return current_app.config[self.setting] if self.setting else self.months

    def before(self, at: datetime) -> datetime:
        """So much earlier; months by the clock on the wall, and the 31st of a shorter month is its last day."""
        if not self.months_in_all:
            return at - timedelta(days=self.days)
        local = at.astimezone(BERLIN)
        month = local.year * 12 + local.month - 1 - self.months_in_all
        year, month = month // 12, month % 12 + 1
        day = min(local.day, monthrange(year, month)[1])
        return local.replace(year=year, month=month, day=day)

    def __str__(self) -> str:
        if self.months_in_all:
            return str(ngettext("%(num)s Monat", "%(num)s Monate", self.months_in_all))
        if not self.days:
            return str(gettext("sofort"))
        return str(ngettext("%(num)s Tag", "%(num)s Tage", self.days))


@dataclass(frozen=True)
class Rule:
    """`remove(at)` deletes what the rule is about wherever `since` lies at `at` or before, and says how many."""

    kind: str
    what: object  # as the public reads it: "Was Sie bei der Anmeldung brauchen"
    period: Period
    since: object
    remove: Callable[[datetime], int]
    source: str


EVENT_OVER = _("nach dem Ende der Veranstaltung")
RULES: tuple[Rule, ...] = (
    Rule(
        "unconfirmed_registrations",
        _("Anmeldungen, die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Ablauf der Frist, sie zu bestätigen"),
        registrations.remove_expired_before,
        FIELD_NOTES,
    ),
    Rule(
        "unconfirmed_follows",
        _("Adressen, mit denen jemand auf dem Laufenden bleiben wollte und die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Eintragen"),
        follows.forget_unconfirmed_before,
        FIELD_NOTES,
    ),
    Rule(
        "unconfirmed_supports",
        _("Adressen, mit denen jemand einen Vorschlag unterstützen wollte und die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Absenden"),
        supports.forget_unconfirmed_supports_before,
        FIELD_NOTES,
    ),
    Rule(
        "unconfirmed_contacts",
        _("Adressen zu Vorschlägen, die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Absenden"),
        intake.forget_unconfirmed_before,
        FIELD_NOTES,
    ),
    Rule(
        "withdrawn_contributors",
        _("Name und Adresse zu einem Vorschlag, den jemand zurückgezogen hat"),
        Period(days=7),
        _("nach dem Zurückziehen"),
        removals.forget_withdrawn_before,
        "DSGVO Art. 17",
    ),
    Rule(
        "contributors",
        _("Name und Adresse zu einem Vorschlag; was gesagt wurde und was daraus wurde, bleibt ohne Namen"),
        Period(setting="CONTRIBUTOR_MONTHS"),
        _("nach dem letzten Schritt: dem Eingang, der Moderation oder der Antwort"),
        removals.forget_contributors_before,
        "kept as long as somebody may ask what became of it (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "drafts",
        _("Entwürfe, die jemand später weiterschreiben wollte"),
        Period(days=30),
        _("nach dem letzten Speichern"),
        drafts.remove_before,
        FIELD_NOTES,
    ),
    Rule(
        "hidden_attachments",
        _("Fotos und Dateien zu Vorschlägen, die zurückgezogen oder nicht veröffentlicht sind"),
        Period(months=3),
        _("nach dem Zurückziehen oder Zurückhalten"),
        attachments.remove_hidden_before,
        "kept until an objection is over (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "attempts",
        _("Aus welchem Netz wie viele Vorschläge kamen, als Prüfsumme ohne Adresse"),
        Period(days=1),
        _("nach dem Absenden"),
        limits.remove_before,
        "limits look one hour back",
    ),
    Rule(
        "unconfirmed_commenters",
        _("Adressen zu Kommentaren, die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Absenden"),
        comments.forget_unconfirmed_before,
        FIELD_NOTES,
    ),
    Rule(
        "unconfirmed_reports",
        _("Adressen, mit denen jemand einen Beitrag gemeldet hat und die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Absenden"),
        reports.forget_unconfirmed_before,
        FIELD_NOTES,
    ),
    Rule(
        "answered_reports",
        _("Was jemand zu einem gemeldeten Beitrag geschrieben hat, und unsere Antwort"),
        Period(months=6),
        _("nach der Antwort"),
        reports.forget_answered_before,
        "kept as long as somebody may ask again (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "answered_appeals",
        _("Was jemand in einer Beschwerde geschrieben hat, und unsere Antwort"),
        Period(months=6),
        _("nach der Antwort"),
        appeals.forget_answered_before,
        "kept as long as somebody may ask again (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "kept_passages",
        _("Was unter einer Schwärzung steht"),
        Period(),
        _("nach dem Ende der Frist für eine Beschwerde"),
        appeals.forget_kept_before,
        "mission R72; DSGVO Art. 17",
    ),
    Rule(
        "sheets",
        _("Bilder eingescannter Bögen auf Papier"),
        Period(months=3),
        _("nach dem Abtippen"),
        sheets.forget_pictures_before,
        FIELD_NOTES,
    ),
    Rule(
        "ended_follows",
        _("Adressen, die nicht mehr auf dem Laufenden gehalten werden wollen"),
        Period(days=7),
        _("nach dem Abbestellen"),
        follows.forget_ended_before,
        "DSGVO Art. 7 (3)",
    ),
    Rule(
        "needs",
        _("Was Sie brauchen, um dabei zu sein: Dolmetschen, Zugang, Begleitung, Betreuung, Essen, Anreise"),
        Period(days=14),
        EVENT_OVER,
        registrations.remove_needs_before,
        FIELD_NOTES,
    ),
    Rule(
        "sensitive_answers",
        _(
            "In welcher Rolle Sie kommen, welche Sprachen Sie sprechen, "
            "und Antworten, die als heikel gekennzeichnet sind"
        ),
        Period(days=14),
        EVENT_OVER,
        registrations.remove_sensitive_before,
        FIELD_NOTES,
    ),
    Rule(
        "waiting_list",
        _("Anmeldungen ohne Platz: Warteliste, offene und abgelehnte Anfragen, Abmeldungen"),
        Period(days=14),
        EVENT_OVER,
        registrations.remove_waiting_before,
        FIELD_NOTES,
    ),
    Rule(
        "paper_letters",
        _("Vermerke, welchen Brief wir gedruckt und wen wir angerufen haben"),
        Period(days=30),
        _("nach dem Brief oder Anruf"),
        removals.remove_letters_before,
        FIELD_NOTES,
    ),
    Rule(
        "mail_addresses",
        _("An welche Adresse wir eine E-Mail geschickt haben"),
        Period(days=30),
        _("nach dem Versand"),
        delivery.forget_recipients_before,
        "docs/adr/0004",
    ),
    Rule(
        "answer_addresses",
        _("Anschriften, an die wir die Antwort auf einen Beitrag geschickt haben"),
        Period(months=6),
        _("nach dem letzten Brief, oder seit der Beitrag zurückgezogen oder nicht veröffentlicht ist"),
        answer_letters.forget_addresses_before,
        "kept as long as an answer may be corrected (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "table_seats",
        _("Wer an welchem Tisch sitzen wollte und saß"),
        Period(months=6),
        EVENT_OVER,
        removals.remove_seats_before,
        FIELD_NOTES,
    ),
    Rule(
        "registrations",
        _(
            "Name, Adressen, Telefon, Organisation, Begleitung, Antworten und Einwilligungen Ihrer Anmeldung; "
            "die Zahlen bleiben"
        ),
        Period(months=6),
        EVENT_OVER,
        registrations.anonymise_before,
        FIELD_NOTES,
    ),
    Rule(
        "door_devices",
        _("Wie die Geräte am Einlass hießen"),
        Period(months=6),
        EVENT_OVER,
        removals.remove_device_names_before,
        FIELD_NOTES,
    ),
    Rule(
        "flipchart_photos",
        _("Fotos von den Papieren der Tische; was davon in der Dokumentation steht, bleibt dort"),
        Period(months=6),
        EVENT_OVER,
        photos.remove_photos_before,
        "kept as long as moderation needs them (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "personal_feeds",
        _("Adressen persönlicher Kalender, die beendet sind oder zu denen es keine Anmeldung und kein Konto mehr gibt"),
        Period(days=7),
        _("nach dem Ende oder nach dem Anlegen"),
        calendars.remove_feeds_before,
        "kept as long as they serve (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "used_links",
        _("Dass ein Link zum Einloggen oder eine Rechenaufgabe gegen Roboter benutzt wurde"),
        Period(days=1),
        _("nach der Benutzung"),
        links.remove_used_before,
        "links of accounts hold 30 minutes, proofs of work two hours",
    ),
    Rule(
        "comment_reports",
        _("Was jemand über einen Kommentar gemeldet hat"),
        Period(months=6),
        _("nach der Meldung"),
        comments.remove_reports_before,
        "kept as long as they serve (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "commenters",
        _("Name und Adresse zu einem Kommentar; der Kommentar bleibt"),
        Period(months=12),
        _("nach dem Absenden"),
        comments.forget_commenters_before,
        "kept as long as they serve (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "unconfirmed_suggesters",
        _("Adressen zu Anregungen, die niemand bestätigt hat"),
        Period(days=7),
        _("nach dem Absenden"),
        suggestions.forget_unconfirmed_before,
        FIELD_NOTES,
    ),
    Rule(
        "mandate_invitations",
        _("Adressen eingeladener Kolleginnen und Kollegen, die nicht geantwortet haben"),
        Period(days=14),
        _("nach der Einladung"),
        inviting.forget_before,
        FIELD_NOTES,
    ),
    Rule(
        "suggesters",
        _("Adressen zu Anregungen zum Entwurf; die Anregung bleibt"),
        Period(months=12),
        _("nach dem Absenden"),
        suggestions.forget_suggesters_before,
        "kept as long as they serve (DSGVO Art. 5 (1) e)",
    ),
    Rule(
        "desk_drafts",
        _("Was jemand in der Verwaltung getippt und nicht abgeschickt hat"),
        Period(days=30),
        _("nach dem letzten Speichern"),
        desk_drafts.remove_before,
        FIELD_NOTES,
    ),
    Rule(
        "audit",
        _("Das Protokoll: was wann mit welchem Konto getan wurde, ohne Namen und Inhalte"),
        Period(months=12),
        _("nach dem Eintrag"),
        log.remove_before,
        FIELD_NOTES,
    ),
)
