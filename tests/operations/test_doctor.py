import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask.testing import FlaskCliRunner

from app.db import db
from app.registrations.models import Need
from app.registrations.needs import seal
from tests.registrations.factories import RegistrationFactory
from tests.servers import free_port, running_relay

FINE = [
    "ok      Einstellungen: vollständig",
    "ok      Datenbank: {database}",
    "ok      Migrationen: Stand {head}",
    "ok      Warteschlange: 0 Aufträge warten",
    "ok      Mail: maildir",
    "ok      Ablage: {instance}/files",
    "ok      Vorlagen: 0 Dateien, wie sie hinausgingen",
    "ok      Verschlüsselung: ein Schlüssel",
    "ok      Schriften: {fonts} Dateien",
    "ok      Übersetzung: kein Dienst eingestellt",
]


@pytest.fixture
def head(app):
    return ScriptDirectory(app.extensions["migrate"].directory).get_current_head()


def examine(app):
    """Exit status and lines of `teilhabe doctor`."""
    result = FlaskCliRunner(app).invoke(args=["doctor"])
    return result.exit_code, result.output.splitlines()


def failures(app):
    status, lines = examine(app)
    return status, [line for line in lines if not line.startswith("ok ")]


def count_fonts(app):
    return len(list(Path(app.static_folder, "vendor").glob("*.woff2")))


def test_doctor_finds_nothing_on_a_sound_installation(own_app, databases, head):
    app = own_app()

    status, lines = examine(app)

    values = {"database": databases.kind, "head": head, "instance": app.instance_path, "fonts": count_fonts(app)}
    assert (status, lines) == (0, [line.format_map(values) for line in FINE])


def test_doctor_says_that_the_database_is_away(own_app, tmp_path):
    app = own_app(TEILHABE_DATABASE_URL=f"sqlite:///{tmp_path / 'weg' / 'teilhabe.db'}")

    assert failures(app) == (
        1,
        [
            "FEHLER  Datenbank: nicht erreichbar (OperationalError): TEILHABE_DATABASE_URL prüfen",
            "FEHLER  Migrationen: die Datenbank antwortet nicht",
            "FEHLER  Vorlagen: erst zu prüfen, wenn die Datenbank bereit ist",
            "FEHLER  Verschlüsselung: erst zu prüfen, wenn die Datenbank bereit ist",
        ],
    )


def test_doctor_says_that_migrations_are_missing(own_app, databases, head):
    app = own_app(TEILHABE_DATABASE_URL=databases.empty())

    assert failures(app) == (
        1,
        [
            f"FEHLER  Migrationen: Stand leer, nötig ist {head}: „teilhabe db upgrade“ ausführen",
            "FEHLER  Vorlagen: erst zu prüfen, wenn die Datenbank bereit ist",
            "FEHLER  Verschlüsselung: erst zu prüfen, wenn die Datenbank bereit ist",
        ],
    )


def test_doctor_says_that_the_queue_is_away(own_app):
    app = own_app(TEILHABE_BROKER_URL=f"redis://127.0.0.1:{free_port()}")

    assert failures(app) == (1, ["FEHLER  Warteschlange: nicht erreichbar: TEILHABE_BROKER_URL prüfen"])


def test_doctor_asks_the_relay(own_app):
    with running_relay() as (_relay, url):
        app = own_app(TEILHABE_MAIL_URL=url)
        address = url.removeprefix("smtp://")

        assert f"ok      Mail: {address} antwortet" in examine(app)[1]

    assert failures(app) == (1, [f"FEHLER  Mail: {address} antwortet nicht: TEILHABE_MAIL_URL prüfen"])


def test_doctor_says_that_nothing_can_be_stored(own_app):
    app = own_app()
    shutil.rmtree(app.instance_path)
    Path(app.instance_path).touch()
    app.extensions["huey"].storage.close()

    lines = failures(app)[1]

    assert lines[-1] == (f"FEHLER  Ablage: {app.instance_path} ist nicht beschreibbar: TEILHABE_INSTANCE_PATH prüfen")


def test_doctor_says_that_the_storage_is_away(own_app, tmp_path):
    app = own_app(TEILHABE_STORAGE_URL=f"file://{tmp_path}/weg/dateien")

    assert failures(app) == (
        *(1, [f"FEHLER  Ablage: {tmp_path}/weg/dateien ist nicht beschreibbar: TEILHABE_STORAGE_URL prüfen"]),
    )


def test_doctor_says_that_a_key_is_lost(own_app):
    app = own_app()
    with app.app_context():
        registration = RegistrationFactory()
        need = Need(registration_id=registration.id, event_id=registration.event_id, ciphertext=seal([]))
        db.session.add(need)
        db.session.commit()
    app.config["ENCRYPTION_KEY"] = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="

    sentence = "FEHLER  Verschlüsselung: 1 Einträge mit Bedarf öffnet kein Schlüssel: TEILHABE_ENCRYPTION_KEY prüfen"
    assert failures(app) == (1, [sentence])


def test_doctor_says_that_fonts_are_missing(own_app, tmp_path):
    app = own_app()
    app.static_folder = str(tmp_path)

    assert failures(app) == (1, ["FEHLER  Schriften: fehlen: „make assets“ ausführen"])
