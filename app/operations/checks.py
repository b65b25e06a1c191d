"""What must hold for an installation to work: each check returns one line or raises CheckFailed."""

import smtplib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import storage as files_on_disk
from app.db import db
from app.mail.transport import TIMEOUT
from app.moderation import translation as translations
from app.publishing import queries as publishing
from app.publishing.models import SentFile
from app.queue import OUT_OF_REACH
from app.registrations import needs


class CheckFailed(Exception):
    """Why, and what to do."""


def database(_app: Flask) -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise CheckFailed(f"nicht erreichbar ({type(error).__name__}): TEILHABE_DATABASE_URL prüfen") from error
    return db.engine.dialect.name


def migrations(app: Flask) -> str:
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(app.extensions["migrate"].directory).get_current_head()
    try:
        current = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError as error:
        raise CheckFailed("die Datenbank antwortet nicht") from error
    if current != head:
        raise CheckFailed(f"Stand {current or 'leer'}, nötig ist {head}: „teilhabe db upgrade“ ausführen")
    return f"Stand {current}"


def queue(app: Flask) -> str:
    try:
        waiting = app.extensions["huey"].pending_count()
    except OUT_OF_REACH as error:
        raise CheckFailed("nicht erreichbar: TEILHABE_BROKER_URL prüfen") from error
    return f"{waiting} Aufträge warten"


def mail(app: Flask) -> str:
    url = app.config["MAIL_URL"]
    if not url.startswith("smtp"):
        return str(url.partition(":")[0])
    server, port = app.config["MAIL_SERVER"], app.config["MAIL_PORT"]
    try:
        connect = smtplib.SMTP_SSL if app.config["MAIL_USE_SSL"] else smtplib.SMTP
        with connect(server, port, timeout=TIMEOUT) as relay:
            relay.noop()
    except OSError as error:
        raise CheckFailed(f"{server}:{port} antwortet nicht: TEILHABE_MAIL_URL prüfen") from error
    return f"{server}:{port} antwortet"


def storage(app: Flask) -> str:
    instance, files = Path(app.config["INSTANCE_PATH"]), Path(app.config["STORAGE_PATH"])
    _check_writable(instance, "TEILHABE_INSTANCE_PATH")
    _check_writable(files, "TEILHABE_STORAGE_URL")
    return str(files)


def sent_files(_app: Flask) -> str:
    """What went out with papers is what it was: each file still has its checksum."""
    try:
        files = publishing.all_sent_files()
    except SQLAlchemyError as error:
        raise CheckFailed("erst zu prüfen, wenn die Datenbank bereit ist") from error
    wrong = [file for file in files if not _is_as_sent(file)]
    if wrong:
        named = ", ".join(sorted({f"/vorlagen/{file.paper_id}" for file in wrong}))
        raise CheckFailed(f"{len(wrong)} von {len(files)} Dateien fehlen oder sind verändert ({named}): Ablage prüfen")
    return f"{len(files)} Dateien, wie sie hinausgingen"


def _is_as_sent(file: SentFile) -> bool:
    try:
        return sha256(files_on_disk.read(file.key or "")).hexdigest() == file.sha256
    except files_on_disk.FileMissing:
        return False


def encryption(app: Flask) -> str:
    try:
        unreadable = needs.count_unreadable()
    except SQLAlchemyError as error:
        raise CheckFailed("erst zu prüfen, wenn die Datenbank bereit ist") from error
    if unreadable:
        raise CheckFailed(f"{unreadable} Einträge mit Bedarf öffnet kein Schlüssel: TEILHABE_ENCRYPTION_KEY prüfen")
    count = len(str(app.config["ENCRYPTION_KEY"]).split(","))
    return "ein Schlüssel" if count == 1 else f"{count} Schlüssel"


def fonts(app: Flask) -> str:
    found = sorted(Path(app.static_folder or "").glob("vendor/*.woff2"))
    if not found:
        raise CheckFailed("fehlen: „make assets“ ausführen")
    return f"{len(found)} Dateien"


def translation(_app: Flask) -> str:
    if not translations.is_offered():
        return "kein Dienst eingestellt"
    try:
        known = translations.known_languages()
    except translations.Unavailable as error:
        name = translations.service_name()
        raise CheckFailed(f"{name} {error}: TEILHABE_TRANSLATION_URL prüfen") from error
    return f"{translations.service_name()} übersetzt aus {len(known)} Sprachen"


CHECKS: dict[str, Callable[[Flask], str]] = {
    "Datenbank": database,
    "Migrationen": migrations,
    "Warteschlange": queue,
    "Mail": mail,
    "Ablage": storage,
    "Vorlagen": sent_files,
    "Verschlüsselung": encryption,
    "Schriften": fonts,
    "Übersetzung": translation,
}
READINESS = (database, migrations, queue)


def _check_writable(folder: Path, setting: str) -> None:
    """A folder that is missing is made, unless the one above it is missing, too."""
    try:
        folder.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        raise CheckFailed(f"{folder} ist nicht beschreibbar: {setting} prüfen") from error
