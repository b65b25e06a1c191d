"""Settings: every value that differs between installations comes from the environment, prefix TEILHABE_."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from cryptography.fernet import Fernet
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).parent
SECRET_KEY_LENGTH = 32
TLS_MODES = {"none", "starttls", "ssl"}
BROKER_SCHEMES = {"redis", "rediss"}


class SettingError(Exception):
    """One sentence that names the setting and what to do."""


@dataclass(frozen=True)
class Setting:
    name: str
    purpose: str
    default: str | None = None

    def read(self, environ: Mapping[str, str]) -> str:
        value = environ.get(self.name, "").strip() or self.default
        if value is None:
            raise SettingError(f"{self.name} fehlt: {self.purpose}.")
        return value


INSTANCE_PATH = Setting("TEILHABE_INSTANCE_PATH", "Ordner für Datenbank, Mails und Dateien", str(ROOT / "instance"))
DATABASE_URL = Setting(
    "TEILHABE_DATABASE_URL", "Adresse der Datenbank, postgresql+psycopg://… oder SQLite im Instanz-Ordner", ""
)
SECRET_KEY = Setting("TEILHABE_SECRET_KEY", "geheimer Schlüssel für Sitzungen und persönliche Links, mind. 32 Zeichen")
MAKES_A_KEY = "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
ENCRYPTION_KEY = Setting(
    "TEILHABE_ENCRYPTION_KEY",
    f"Schlüssel für das, was nur das Team einer Veranstaltung sehen darf; „{MAKES_A_KEY}“ gibt einen aus",
)
BASE_URL = Setting("TEILHABE_BASE_URL", "Adresse der Website, etwa https://teilhabe.example.org")
MAIL_URL = Setting(
    "TEILHABE_MAIL_URL",
    "Weg der Mails, smtp://nutzer:kennwort@host:587?tls=starttls (auch ssl, none), maildir:PFAD oder console:",
)
MAIL_FROM = Setting("TEILHABE_MAIL_FROM", "Absender der Mails, etwa integration@example.org")
BROKER_URL = Setting("TEILHABE_BROKER_URL", "Warteschlange redis://…; leer: die eingebaute im Instanz-Ordner", "")
STORAGE_URL = Setting(
    "TEILHABE_STORAGE_URL", "Ablage für Fotos und Dateien, file:///PFAD; leer: „files“ im Instanz-Ordner", ""
)
COUNTY = Setting(
    "TEILHABE_COUNTY", "Name des Landkreises, wie er auf jeder Seite und in jeder Mail steht", "Landkreis Konstanz"
)
OBJECTION_DAYS = Setting(
    "TEILHABE_OBJECTION_DAYS", "wie viele Tage man einer gemeinsamen Formulierung widersprechen kann, 1 bis 365", "14"
)
REVIEW_DAYS = Setting("TEILHABE_REVIEW_DAYS", "in so vielen Tagen soll ein Beitrag geprüft sein", "7")
APPEAL_DAYS = Setting(
    "TEILHABE_APPEAL_DAYS", "so viele Tage kann man einer Entscheidung der Moderation widersprechen", "30"
)
ANSWER_DAYS = Setting(
    "TEILHABE_ANSWER_DAYS", "so viele Tage nach der Veröffentlichung soll ein Beitrag beantwortet sein", "90"
)
CONTRIBUTOR_MONTHS = Setting(
    "TEILHABE_CONTRIBUTOR_MONTHS",
    "so viele Monate nach dem letzten Schritt eines Beitrags sind Name und Adresse dazu gelöscht, 1 bis 120",
    "24",
)
PAPER_NUMBER = Setting(
    "TEILHABE_PAPER_NUMBER", "Muster der Drucksachen-Nummern, Y und N stehen für Ziffern; „frei“ für keines", "YYYY/NNN"
)
PARTNER_DAYS = Setting(
    "TEILHABE_PARTNER_DAYS", "nach so vielen Tagen erinnern wir Partner, die einer Maßnahme zustimmen sollen", "14"
)
TRANSLATION_URL = Setting(
    "TEILHABE_TRANSLATION_URL", "Adresse eines eigenen Übersetzungsdienstes (LibreTranslate); leer: keiner", ""
)
TRANSLATION_KEY = Setting("TEILHABE_TRANSLATION_KEY", "Schlüssel des Übersetzungsdienstes, wenn er einen will", "")
TRUSTED_PROXIES = Setting("TEILHABE_TRUSTED_PROXIES", "Zahl der eigenen Proxys vor der Anwendung", "0")

SETTINGS = (
    INSTANCE_PATH,
    DATABASE_URL,
    SECRET_KEY,
    ENCRYPTION_KEY,
    BASE_URL,
    MAIL_URL,
    MAIL_FROM,
    BROKER_URL,
    STORAGE_URL,
    COUNTY,
    OBJECTION_DAYS,
    REVIEW_DAYS,
    APPEAL_DAYS,
    ANSWER_DAYS,
    CONTRIBUTOR_MONTHS,
    PARTNER_DAYS,
    PAPER_NUMBER,
    TRANSLATION_URL,
    TRANSLATION_KEY,
    TRUSTED_PROXIES,
)


def load(environ: Mapping[str, str]) -> dict[str, object]:
    """Flask's configuration from the environment; raises SettingError for the first one missing or wrong."""
    instance_path = _checked_folder(INSTANCE_PATH.read(environ))
    base_url = urlsplit(_checked_base_url(BASE_URL.read(environ)))
    return {
        "INSTANCE_PATH": str(instance_path),
        "SQLALCHEMY_DATABASE_URI": _checked_database_url(
            DATABASE_URL.read(environ) or f"sqlite:///{instance_path / 'teilhabe.db'}"
        ),
        "SECRET_KEY": _checked_secret(SECRET_KEY.read(environ)),
        "ENCRYPTION_KEY": _checked_keys(ENCRYPTION_KEY.read(environ)),
        "BASE_URL": base_url.geturl(),
        "SERVER_NAME": base_url.netloc,
        "APPLICATION_ROOT": base_url.path or "/",
        "PREFERRED_URL_SCHEME": base_url.scheme,
        "MAIL_URL": _checked_mail_url(MAIL_URL.read(environ)),
        "MAIL_DEFAULT_SENDER": _checked_address(MAIL_FROM.read(environ)),
        "BROKER_URL": _checked_broker_url(BROKER_URL.read(environ)),
        "STORAGE_PATH": str(_checked_storage(STORAGE_URL.read(environ), instance_path)),
        "COUNTY": COUNTY.read(environ),
        "OBJECTION_DAYS": _checked_days(OBJECTION_DAYS, environ),
        "REVIEW_DAYS": _checked_days(REVIEW_DAYS, environ),
        "APPEAL_DAYS": _checked_days(APPEAL_DAYS, environ),
        "ANSWER_DAYS": _checked_days(ANSWER_DAYS, environ),
        "CONTRIBUTOR_MONTHS": _checked_between(CONTRIBUTOR_MONTHS, environ, 120, "Monaten"),
        "PARTNER_DAYS": _checked_days(PARTNER_DAYS, environ),
        "PAPER_NUMBER": PAPER_NUMBER.read(environ),
        "TRANSLATION_URL": _checked_service(TRANSLATION_URL.read(environ)),
        "TRANSLATION_KEY": TRANSLATION_KEY.read(environ),
        "TRUSTED_PROXIES": _checked_count(TRUSTED_PROXIES.read(environ)),
        "SESSION_COOKIE_SECURE": base_url.scheme == "https",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    }


def _checked_folder(value: str) -> Path:
    folder = Path(value).absolute()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise SettingError(f"{INSTANCE_PATH.name} ist kein Ordner, in den die Anwendung schreiben darf: „{value}“.")
    return folder


def _checked_secret(value: str) -> str:
    if len(value) < SECRET_KEY_LENGTH:
        raise SettingError(f"{SECRET_KEY.name} ist zu kurz: Es braucht mindestens {SECRET_KEY_LENGTH} Zeichen.")
    return value


def _checked_keys(value: str) -> str:
    keys = [key.strip() for key in value.split(",")]
    try:
        for key in keys:
            Fernet(key)
    except ValueError as error:
        raise SettingError(
            f"{ENCRYPTION_KEY.name} ist kein Schlüssel aus 32 Bytes in Base64: „{MAKES_A_KEY}“ gibt einen aus."
        ) from error
    return ",".join(keys)


def _checked_base_url(value: str) -> str:
    parts = _split(value)
    if parts is None or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise SettingError(f"{BASE_URL.name} ist keine Web-Adresse: „{value}“.")
    return value.rstrip("/")


def _checked_database_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError as error:
        raise SettingError(f"{DATABASE_URL.name} ist keine Datenbank-Adresse.") from error
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise SettingError(f"{DATABASE_URL.name} beginnt mit sqlite:/// oder postgresql+psycopg://.")
    return value


def _checked_mail_url(value: str) -> str:
    scheme, _, rest = value.partition(":")
    parts = _split(value)
    is_complete = {"smtp": parts is not None, "maildir": bool(rest), "console": True}
    if not is_complete.get(scheme):
        raise SettingError(f"{MAIL_URL.name} beginnt mit smtp://HOST, maildir:PFAD oder console:.")
    if parts is not None and not TLS_MODES.issuperset(parse_qs(parts.query).get("tls", [])):
        raise SettingError(f"{MAIL_URL.name} kennt nur tls=starttls, tls=ssl und tls=none.")
    return value


def _checked_address(value: str) -> str:
    try:
        validate_email(parseaddr(value)[1], check_deliverability=False)
    except EmailNotValidError as error:
        raise SettingError(f"{MAIL_FROM.name} ist keine E-Mail-Adresse: „{value}“.") from error
    return value


def _checked_broker_url(value: str) -> str:
    parts = _split(value)
    if value and (parts is None or parts.scheme not in BROKER_SCHEMES):
        raise SettingError(f"{BROKER_URL.name} beginnt mit redis://HOST oder rediss://HOST.")
    return value


def _checked_storage(value: str, instance_path: Path) -> Path:
    parts = urlsplit(value)
    if value and not (parts.scheme == "file" and not parts.netloc and parts.path.startswith("/") and not parts.query):
        raise SettingError(f"{STORAGE_URL.name} beginnt mit file:/// und einem Pfad: „{value}“.")
    return Path(unquote(parts.path)) if value else instance_path / "files"


def _split(value: str) -> SplitResult | None:
    """The parts of an address with a host; None for anything else."""
    try:
        parts = urlsplit(value)
        has_valid_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    return parts if parts.hostname and has_valid_port else None


def _checked_service(value: str) -> str:
    parts = _split(value)
    if value and (parts is None or parts.scheme not in {"http", "https"} or parts.query or parts.fragment):
        raise SettingError(f"{TRANSLATION_URL.name} ist keine Web-Adresse: „{value}“.")
    return value.rstrip("/")


def _checked_count(value: str) -> int:
    if not value.isdecimal():
        raise SettingError(f"{TRUSTED_PROXIES.name} ist keine ganze Zahl: „{value}“.")
    return int(value)


def _checked_days(setting: Setting, environ: Mapping[str, str]) -> int:
    return _checked_between(setting, environ, 365, "Tagen")


def _checked_between(setting: Setting, environ: Mapping[str, str], most: int, unit: str) -> int:
    value = setting.read(environ)
    if not value.isascii() or not value.isdecimal() or not 1 <= int(value) <= most:
        raise SettingError(f"{setting.name} ist keine Zahl von {unit} zwischen 1 und {most}: „{value}“.")
    return int(value)
