import sys

import pytest

import config
from app import cli
from tests.conftest import settings

NO_KEY = (
    "TEILHABE_ENCRYPTION_KEY ist kein Schlüssel aus 32 Bytes in Base64: "
    "„python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'“ gibt einen aus."
)
KEY = "YSBrZXkgZm9yIHRlc3RzIG9mIGp1c3QgMzIgYnl0ZXM="
WRONG = [
    ("TEILHABE_SECRET_KEY", "zu kurz", "TEILHABE_SECRET_KEY ist zu kurz: Es braucht mindestens 32 Zeichen."),
    *[
        ("TEILHABE_ENCRYPTION_KEY", value, NO_KEY)
        for value in ("geheim", "schlüssel", KEY[:-1], f"{KEY},", f",{KEY}", f"{KEY},geheim", KEY[4:])
    ],
    ("TEILHABE_BASE_URL", "teilhabe", "TEILHABE_BASE_URL ist keine Web-Adresse: „teilhabe“."),
    ("TEILHABE_BASE_URL", "https://", "TEILHABE_BASE_URL ist keine Web-Adresse: „https://“."),
    ("TEILHABE_BASE_URL", "ftp://example.org", "TEILHABE_BASE_URL ist keine Web-Adresse: „ftp://example.org“."),
    ("TEILHABE_BASE_URL", "http://a.org:hier", "TEILHABE_BASE_URL ist keine Web-Adresse: „http://a.org:hier“."),
    ("TEILHABE_BASE_URL", "https://a.org/?b", "TEILHABE_BASE_URL ist keine Web-Adresse: „https://a.org/?b“."),
    ("TEILHABE_DATABASE_URL", "datenbank", "TEILHABE_DATABASE_URL ist keine Datenbank-Adresse."),
    *[
        ("TEILHABE_DATABASE_URL", url, "TEILHABE_DATABASE_URL beginnt mit sqlite:/// oder postgresql+psycopg://.")
        for url in ("mysql://localhost/teilhabe", "postgresql://localhost/teilhabe")
    ],
    *[
        ("TEILHABE_MAIL_URL", url, "TEILHABE_MAIL_URL beginnt mit smtp://HOST, maildir:PFAD oder console:.")
        for url in ("sendmail:", "maildir:", "smtp://", "smtp:587", "smtp://relay.example.org:viel", "relay")
    ],
    (
        "TEILHABE_MAIL_URL",
        "smtp://relay.example.org?tls=vielleicht",
        "TEILHABE_MAIL_URL kennt nur tls=starttls, tls=ssl und tls=none.",
    ),
    ("TEILHABE_MAIL_FROM", "integration", "TEILHABE_MAIL_FROM ist keine E-Mail-Adresse: „integration“."),
    *[
        ("TEILHABE_BROKER_URL", url, "TEILHABE_BROKER_URL beginnt mit redis://HOST oder rediss://HOST.")
        for url in ("warteschlange", "amqp://localhost", "redis://", "redis://localhost:viel")
    ],
    *[
        ("TEILHABE_STORAGE_URL", url, f"TEILHABE_STORAGE_URL beginnt mit file:/// und einem Pfad: „{url}“.")
        for url in ("/srv/dateien", "s3://eimer", "file:dateien", "file://rechner/dateien")
    ],
    ("TEILHABE_TRUSTED_PROXIES", "viele", "TEILHABE_TRUSTED_PROXIES ist keine ganze Zahl: „viele“."),
    ("TEILHABE_TRUSTED_PROXIES", "-1", "TEILHABE_TRUSTED_PROXIES ist keine ganze Zahl: „-1“."),
    *[
        (
            "TEILHABE_OBJECTION_DAYS",
            days,
            f"TEILHABE_OBJECTION_DAYS ist keine Zahl von Tagen zwischen 1 und 365: „{days}“.",
        )
        for days in ("0", "366", "zwei", "-1", "²")
    ],
    (
        "TEILHABE_CONTRIBUTOR_MONTHS",
        "121",
        "TEILHABE_CONTRIBUTOR_MONTHS ist keine Zahl von Monaten zwischen 1 und 120: „121“.",
    ),
]
REQUIRED = [setting for setting in config.SETTINGS if setting.default is None]


@pytest.fixture
def command(monkeypatch, capsys):
    """The exit status and what stood on stderr."""

    def run(environ, *arguments):
        for setting in config.SETTINGS:
            monkeypatch.delenv(setting.name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["teilhabe", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, capsys.readouterr().err

    return run


def test_settings_without_a_default_are_these():
    assert [setting.name for setting in REQUIRED] == [
        *("TEILHABE_SECRET_KEY", "TEILHABE_ENCRYPTION_KEY", "TEILHABE_BASE_URL"),
        *("TEILHABE_MAIL_URL", "TEILHABE_MAIL_FROM"),
    ]


@pytest.mark.no_database
@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("setting", REQUIRED, ids=lambda setting: setting.name)
def test_missing_setting_stops_the_start_with_its_name(setting, value, command, tmp_path):
    environ = settings(tmp_path)
    del environ[setting.name]
    given = environ if value is None else {**environ, setting.name: value}

    assert command(given, "doctor") == (1, f"{setting.name} fehlt: {setting.purpose}.\n")


@pytest.mark.no_database
@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_wrong_setting_stops_the_start_with_its_name(name, value, sentence, command, tmp_path):
    assert command({**settings(tmp_path), name: value}, "doctor") == (1, f"{sentence}\n")


@pytest.mark.no_database
def test_instance_path_that_is_a_file_stops_the_start(command, tmp_path):
    file = tmp_path / "datei"
    file.touch()

    for path in (file, file / "darin"):
        sentence = f"TEILHABE_INSTANCE_PATH ist kein Ordner, in den die Anwendung schreiben darf: „{path}“.\n"
        assert command(settings(path), "doctor") == (1, sentence)


@pytest.mark.no_database
def test_wrong_usage_ends_with_2(command, tmp_path):
    assert command(settings(tmp_path), "mail", "deliver", "--bald")[0] == 2


@pytest.mark.no_database
def test_load_derives_what_flask_needs(tmp_path):
    loaded = config.load({**settings(tmp_path), "TEILHABE_BASE_URL": "https://beteiligung.example.org/teilhabe/"})

    names = ("BASE_URL", "SERVER_NAME", "APPLICATION_ROOT", "PREFERRED_URL_SCHEME", "SESSION_COOKIE_SECURE")
    assert [loaded[name] for name in names] == [
        *("https://beteiligung.example.org/teilhabe", "beteiligung.example.org", "/teilhabe", "https", True)
    ]
    assert loaded["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/teilhabe.db"
    assert loaded["STORAGE_PATH"] == f"{tmp_path}/files"


@pytest.mark.no_database
def test_load_reads_where_files_lie(tmp_path):
    loaded = config.load({**settings(tmp_path), "TEILHABE_STORAGE_URL": "file:///srv/teilhabe/Dateien%20und%20Fotos"})

    assert loaded["STORAGE_PATH"] == "/srv/teilhabe/Dateien und Fotos"


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEILHABE_MAIL_URL", "smtp://amt:geheim%40@relay.example.org:587?tls=starttls"),
        ("TEILHABE_MAIL_URL", "console:"),
        ("TEILHABE_ENCRYPTION_KEY", f"{KEY}, {KEY}"),
        ("TEILHABE_MAIL_FROM", "Amt für Integration <integration@example.org>"),
        ("TEILHABE_STORAGE_URL", "file:///srv/teilhabe/dateien"),
        ("TEILHABE_BROKER_URL", "redis://127.0.0.1:6379/0"),
        ("TEILHABE_BROKER_URL", ""),
        ("TEILHABE_DATABASE_URL", "postgresql+psycopg://teilhabe@127.0.0.1/teilhabe"),
    ],
)
def test_load_takes_what_is_right(name, value, tmp_path):
    config.load({**settings(tmp_path), name: value})
